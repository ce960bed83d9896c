"""Whole ledgers of contracts and lines, written set by set. The import engine checked the rows and keeps the audit entry."""

from collections.abc import Sequence

from duban.contracts.domain.events import ContractActivated
from duban.contracts.models import Contract, ContractLine
from duban.contracts.selectors.imports import contract_values, line_values
from duban.kernel.actor import Actor
from duban.platform.events import announce
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.states import advance_many


def contracts_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new contracts and change drafts, by office and number; those marked so are put into performance.

    Putting into performance asks for the right to do so. Lines come with their own ledger, which refuses doubled service.
    """
    counts = upsert(
        Contract,
        (contract_values(row) for row in rows),
        key=("office_id", "number"),
        existing=Contract.objects.for_actor(actor),
        progress=progress,
        narrow="number",
    )
    running = {row["number"] for row in rows if row["is_in_performance"]}
    offices = {row["office"] for row in rows}
    drafts = Contract.objects.filter(number__in=running, office_id__in=offices, state="draft")
    for contract in advance_many(drafts.select_related("office", "vendor__unit"), "activate", actor=actor):
        announce(ContractActivated(contract.pk))
    return counts


def lines_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new lines and change lines of drafts, by contract and number."""
    return upsert(
        ContractLine,
        (line_values(row) for row in rows),
        key=("contract_id", "number"),
        existing=ContractLine.objects.for_actor(actor),
        progress=progress,
    )
