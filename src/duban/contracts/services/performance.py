"""The life of a contract after it is signed: into performance, suspended, terminated, expired."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from duban.contracts.domain.events import ContractActivated, ContractEnded
from duban.contracts.models import Contract, ContractLine
from duban.contracts.permissions import Code
from duban.contracts.selectors import line_gates, notices_due, outsourcing_with, overlapping_lines
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs.selectors import people_with
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.notices.services import notify
from duban.platform.states import advance, advance_many


@transaction.atomic
def contract_activate(*, actor: Actor, contract: Contract, note: str = "") -> Contract:
    """Put a draft into performance.

    Raises `Invalid` without lines, or where a line claims days on which another contract already serves the same
    estate with the same service. A closed licence gate or a red R-941 alarm does not stop a person, but then a note
    must say why; both land in the audit trail. Announces `ContractActivated`.
    """
    lines = list(
        ContractLine.objects.filter(contract=contract).select_related("contract__vendor", "contract__office", "estate")
    )
    if not lines:
        raise Invalid(mark("A contract without lines cannot be put into performance."))
    _refuse_overlaps(contract)
    warnings = activation_warnings(contract, lines)
    if warnings and not note.strip():
        raise Invalid(
            errors=(
                FieldError(
                    "note", mark("There are warnings; please say why the contract is put into performance all the same.")
                ),
            )
        )
    locked = advance(contract, "activate", actor=actor, note=note)
    if warnings:
        write_entry(
            actor=actor, record=locked, action="activate_with_warnings", changes={"warnings": [None, warnings]}, reason=note
        )
    announce(ContractActivated(locked.pk))
    return locked


def activation_warnings(contract: Contract, lines: list[ContractLine]) -> list[str]:
    """What speaks against putting a contract into performance, as plain codes: closed licence gates, red R-941 alarms."""
    gates = line_gates(lines, contract.starts_on)
    closed = [
        f"licence:{line.number}:{finding.requirement.certificate_kind}:{finding.verdict}"
        for line in lines
        for finding in gates[line.pk].problems
    ]
    red = [f"r941:{row.estate.code}" for row in outsourcing_with(contract) if row.assessment.alarm == "red"]
    return closed + red


def _refuse_overlaps(contract: Contract) -> None:
    text = mark("Line {number}: {other} already serves this estate from {starts_on} to {ends_on}.")
    errors = tuple(
        FieldError(
            f"lines.{found.number}",
            text,
            {
                "number": found.number,
                "other": found.other,
                "starts_on": found.shared.starts_on.isoformat(),
                "ends_on": found.shared.ends_on.isoformat(),
            },
        )
        for found in overlapping_lines(contract)
    )
    if errors:
        raise Invalid(mark("Two contracts may not serve the same estate with the same service on the same day."), errors=errors)


@transaction.atomic
def contract_suspend(*, actor: Actor, contract: Contract, note: str) -> Contract:
    """Suspend performance for a reason; evidence and money of the time before stay as they are."""
    return advance(contract, "suspend", actor=actor, note=note)


@transaction.atomic
def contract_resume(*, actor: Actor, contract: Contract, note: str) -> Contract:
    """Resume a suspended contract, for a reason."""
    return advance(contract, "resume", actor=actor, note=note)


@transaction.atomic
def contract_terminate(*, actor: Actor, contract: Contract, on: date, note: str) -> Contract:
    """End a contract before its term, `on` being the last day of performance. Lines that run longer end on that day.

    Raises `Invalid` for a day outside the term or in the future. Announces `ContractEnded`.
    """
    if on not in contract.term or on > timezone.localdate():
        raise Invalid(errors=(FieldError("on", mark("The last day must lie inside the term and not in the future.")),))
    locked = advance(contract, "terminate", actor=actor, note=note)
    with audited(actor=actor, record=locked, action="set_last_day", reason=note):
        locked.terminated_on = on
        locked.save(update_fields=["terminated_on", "changed_at"])
    cut = ContractLine.objects.filter(contract=locked, starts_on__lte=on, ends_on__gt=on)
    before = {str(line.number): line.ends_on.isoformat() for line in cut.order_by("number")}
    if cut.update(ends_on=on):
        write_entry(actor=actor, record=locked, action="cut_lines", changes={"ends_on": [before, on.isoformat()]}, reason=note)
    announce(ContractEnded(locked.pk, on, is_terminated=True))
    return locked


def contracts_remind(*, actor: Actor, today: date) -> int:
    """Remind who may draw up contracts of every notice day that is near (30 and 7 days before), once each; how many."""
    return sum(1 for contract, days in notices_due(actor.tenant_path, today) if _remind(actor, contract, days))


@transaction.atomic
def _remind(actor: Actor, contract: Contract, days: int) -> bool:
    fresh = Contract.objects.filter(pk=contract.pk, last_reminder_days=contract.last_reminder_days)
    if not fresh.update(last_reminder_days=days):
        return False
    changes = {"last_reminder_days": [contract.last_reminder_days, days]}
    write_entry(actor=actor, record=contract, action="remind", changes=changes)
    notify(
        people=people_with(Code.EDIT, contract.office.path),
        kind="contracts.expiring",
        title=mark("{contract} ends on {day}"),
        body=mark("The last day for notice is {notice}."),
        params={"contract": contract.title, "day": contract.ends_on.isoformat(), "notice": contract.notice_on.isoformat()},
        url=reverse("contracts:detail", args=[contract.code]),
    )
    return True


@transaction.atomic
def contracts_expire(*, actor: Actor, today: date) -> list[Contract]:
    """Let every contract expire whose last day has passed. A clock calls this; calling it twice changes nothing."""
    due = Contract.objects.filter(ends_on__lt=today, office__path__startswith=actor.tenant_path).select_related("office")
    expired = advance_many(due, "expire", actor=actor)
    for contract in expired:
        announce(ContractEnded(contract.pk, contract.ends_on, is_terminated=False))
    return expired
