"""Reading and verifying the audit trail."""

from dataclasses import dataclass

from django.db import models

from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.audit.services import entry_hash


@dataclass(frozen=True)
class ChainFault:
    """Where a chain is broken and how."""

    scope: str
    sequence: int
    problem: str


def history(record: models.Model) -> "models.QuerySet[AuditEntry]":
    """All entries about one record the caller has already been allowed to see, newest first."""
    return AuditEntry.objects.about(record)


def verify_chains() -> tuple[int, list[ChainFault]]:
    """Recompute every chain from its first entry: the number of entries read, and every fault found.

    Finds altered entries (hash), removed or inserted ones (order, previous hash) and a cut-off end (head).
    """
    faults: list[ChainFault] = []
    count = 0
    for head in AuditHead.objects.order_by("scope"):
        sequence, previous = 0, ""
        for entry in AuditEntry.objects.filter(scope=head.scope).order_by("sequence").iterator(chunk_size=2000):
            count += 1
            sequence += 1
            faults += _entry_faults(entry, sequence, previous)
            sequence, previous = entry.sequence, entry.hash
        if (sequence, previous) != (head.sequence, head.hash):
            faults.append(ChainFault(head.scope, sequence, "the end of the chain is missing or was replaced"))
    return count, faults


def _entry_faults(entry: AuditEntry, expected_sequence: int, previous: str) -> list[ChainFault]:
    problems = []
    if entry.sequence != expected_sequence:
        problems.append(f"entry {expected_sequence} is missing")
    if entry.previous_hash != previous:
        problems.append("does not continue the entry before it")
    if entry.hash != entry_hash(entry):
        problems.append("its content was altered")
    return [ChainFault(entry.scope, entry.sequence, problem) for problem in problems]
