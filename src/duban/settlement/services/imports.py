"""Whole ledgers of counted work; the import engine checked the rows and keeps the audit entry of the run."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_id
from duban.kernel.actor import Actor, system_actor
from duban.kernel.period import Period
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.settlement.models import WorkCount
from duban.settlement.permissions import speaks_for
from duban.settlement.selectors.imports import work_of
from duban.settlement.services.building import statements_rebuild


def counts_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new quantities for the actor's side; what is counted already stays as it is. Open statements are computed anew."""
    lines = lines_by_id({row["line"] for row in rows})
    counts = upsert(
        WorkCount,
        (_values(row, lines[row["line"]], actor) for row in rows),
        key=("line_id", "period_code", "name"),
        existing=WorkCount.objects.exclude(state="withdrawn"),
        progress=progress,
        update=False,
    )
    if counts.created:
        _rebuild(rows, lines)
    return counts


def _values(row: ImportRow, line: ContractLine, actor: Actor) -> dict[str, Any]:
    work = work_of(row, line)
    return {
        **{name: row[name] for name in ("period_code", "name", "quantity", "note")},
        "line_id": line.pk,
        "unit": work.unit if work else "",
        "price": work.price if work else line.unit_price_amount,
        "is_by_vendor": not speaks_for(actor, line, is_vendor=False),
        "entered_by_id": actor.person_id,
        "answer": "",
    }


def _rebuild(rows: Sequence[ImportRow], lines: dict[int, ContractLine]) -> None:
    by_month: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        contract = lines[row["line"]].contract
        by_month[contract.office.tenant_path, row["period_code"]].add(contract.pk)
    for (tenant, code), contracts in sorted(by_month.items()):
        statements_rebuild(system_actor(tenant), Period.parse(code), contracts)
