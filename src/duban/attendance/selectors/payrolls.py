"""What a sheet of payrolls looks up and is checked against."""

from collections.abc import Collection, Iterable, Sequence

from duban.attendance.permissions import can_roster
from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.vendors.models import Worker

Texts = tuple[str, ...]
NOT_YOURS = Reason(mark("Only the line's own vendor hands in its payroll."), mark("Take the row out, or let the vendor do it."))
OUT_OF_TERM = Reason(
    mark("The month lies outside the term of the contract line, {starts} – {ends}."), mark("Correct the month or the line.")
)


def payroll_lines(keys: Collection[int]) -> dict[int, ContractLine]:
    """Contract lines by key with what a payroll needs: one statement."""
    return ContractLine.objects.select_related("contract__vendor__unit").in_bulk(keys)


def payroll_people(codes: Collection[Texts], *, actor: Actor) -> dict[Texts, int]:
    """(contract, line, person) → key of one of the vendor's people, by code or name. A name that two share is left out."""
    lines = lines_by_reference({code[:2] for code in codes}, actor=actor)
    vendors = dict(ContractLine.objects.filter(pk__in=set(lines.values())).values_list("id", "contract__vendor_id"))
    rows = Worker.objects.filter(company__in=set(vendors.values()), anonymised_at__isnull=True)
    found: dict[tuple[int, str], set[int]] = {}
    for pk, company, code, name in rows.values_list("id", "company_id", "code", "name"):
        for text in (code, name):
            found.setdefault((company, text), set()).add(pk)
    keys = {code: found.get((vendors[lines[code[:2]]], code[2]), set()) for code in codes if code[:2] in lines}
    return {code: next(iter(people)) for code, people in keys.items() if len(people) == 1}


def payroll_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Lines of another vendor, and months outside the term of the line."""
    lines = payroll_lines({row["line"] for row in rows})
    for row in rows:
        line, month = lines[row["line"]], Period.month_of(row["month"])
        if not can_roster(actor, line):
            yield row.problem("line", NOT_YOURS)
        elif month.end < line.starts_on or month.start > line.ends_on:
            yield row.problem("month", OUT_OF_TERM, starts=line.starts_on, ends=line.ends_on)
