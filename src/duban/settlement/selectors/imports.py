"""What a ledger of counted work is checked against, and what goes out again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_id
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period, PeriodKind
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.settlement.domain.counting import Countable
from duban.settlement.models import Statement, WorkCount
from duban.settlement.permissions import speaks_for
from duban.settlement.selectors.counts import count_list, countables_of

NO_MONTH = Reason(mark("“{text}” is no month."), mark("Write a month such as 2026-10."))
NOT_YOURS = Reason(mark("You do not count work on this line."), mark("Leave the row to the two sides of the contract."))
BY_MONTH = Reason(mark("This line is paid by the month; nothing is counted on it."), mark("Leave the row out."))
NO_WORK = Reason(mark("The price list of the line has no “{name}”."), mark("Write the work as the contract names it."))
NOT_RUNNING = Reason(mark("The line does not run in {month}."), mark("Correct the month or the line."))
IN_FUTURE = Reason(mark("{month} is still to come."), mark("Correct the month."))
IS_FINAL = Reason(mark("The statement of {month} is final."), mark("Enter an adjustment instead."))
COUNTED = Reason(mark("This work is counted as {code} with another quantity."), mark("Correct it there."))
FROZEN = ("final", "paid")


def month_of(text: str) -> Period | None:
    """The month written as `2026-10`, or `None`."""
    try:
        period = Period.parse(text)
    except Invalid:
        return None
    return period if period.kind is PeriodKind.MONTH else None


def work_of(row: ImportRow, line: ContractLine) -> Countable | None:
    """The kind of work a row names, with its price."""
    return next((work for work in countables_of(line) if work.name == row["name"]), None)


def count_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterator[RowProblem]:
    """Rows of lines that are not counted or not the actor's, unknown work, impossible months, other quantities: 3 queries."""
    lines = lines_by_id({row["line"] for row in rows})
    months = {row["period_code"] for row in rows}
    final = set(
        Statement.objects.current()
        .filter(contract__in={line.contract_id for line in lines.values()}, period_code__in=months, state__in=FROZEN)
        .values_list("contract_id", "period_code")
    )
    counted = WorkCount.objects.filter(line__in=lines, period_code__in=months).exclude(state="withdrawn")
    known = {(count.line_id, count.period_code, count.name): count for count in counted}
    for row in rows:
        line = lines[row["line"]]
        yield from _line_problems(row, line, actor)
        yield from _month_problems(row, line, is_final=(line.contract_id, row["period_code"]) in final)
        stored = known.get((line.pk, row["period_code"], row["name"]))
        if stored is not None and stored.quantity != row["quantity"]:
            yield row.problem("quantity", COUNTED, code=stored.code)


def _line_problems(row: ImportRow, line: ContractLine, actor: Actor) -> Iterator[RowProblem]:
    if not any(speaks_for(actor, line, is_vendor=is_vendor) for is_vendor in (False, True)):
        yield row.problem("line", NOT_YOURS)
    elif not countables_of(line):
        yield row.problem("line", BY_MONTH)
    elif work_of(row, line) is None:
        yield row.problem("name", NO_WORK, name=row["name"])


def _month_problems(row: ImportRow, line: ContractLine, *, is_final: bool) -> Iterator[RowProblem]:
    month, term = month_of(row["period_code"]), line.performed_term
    if month is None:
        yield row.problem("period_code", NO_MONTH, text=row["period_code"])
    elif term is None or not month.overlap_days(term.starts_on, term.ends_on):
        yield row.problem("period_code", NOT_RUNNING, month=month.code)
    elif month.start > timezone.localdate():
        yield row.problem("period_code", IN_FUTURE, month=month.code)
    elif is_final:
        yield row.problem("period_code", IS_FINAL, month=month.code)


def count_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every quantity that stands, as an import would bring it in."""
    for count in count_list(actor).exclude(state="withdrawn").order_by("period_code", "pk"):
        same = {name: getattr(count, name) for name in ("period_code", "name", "quantity", "note")}
        yield {"contract": count.line.contract.code, "line": count.line.number, **same}
