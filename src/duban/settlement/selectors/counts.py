"""Counted quantities: what can be counted, what was, and what of it is paid."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.platform.ui.components import Badge, badge_of
from duban.settlement.domain.counting import COUNTED, Countable, countables
from duban.settlement.domain.fees import PricedQuantity
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.states import COUNT_STATES
from duban.settlement.models import StatementLine, WorkCount
from duban.settlement.permissions import Code


def count_list(actor: Actor) -> QuerySet[WorkCount]:
    """Counted quantities of the actor's scope, with everything a row shows."""
    return WorkCount.objects.for_actor(actor).with_names().select_related("line__contract__vendor")


def count_get(actor: Actor, code: str) -> WorkCount:
    """One counted quantity; `NotFound` outside the actor's scope."""
    return get_by_code(count_list(actor).select_related("entered_by"), code)


def countable_lines(actor: Actor) -> QuerySet[ContractLine]:
    """Lines paid by count for which the actor's side may enter quantities; drafts do not count."""
    offices = actor.office_paths(Code.COUNT)
    mine = within("contract__office__path", offices) | within("estate__office__path", offices)
    mine |= within("contract__vendor__unit__path", actor.vendor_paths(Code.COUNT))
    rows = ContractLine.objects.for_actor(actor).filter(mine, fee_basis__in=COUNTED).exclude(contract__state="draft")
    return rows.select_related("contract__office", "contract__vendor__unit", "estate__office").order_by("estate__name", "pk")


def countables_of(line: ContractLine) -> tuple[Countable, ...]:
    """The kinds of work of one line with their prices."""
    return countables(line.fee_basis, line.unit_price_amount, line.price_list)


def work_words(name: str, basis: str) -> str:
    """The kind of work for reading; the line's own price has no name of its own."""
    if name:
        return name
    return gettext("Service visit") if basis == "per_visit" else gettext("Work as agreed")


def work_options(actor: Actor) -> list[tuple[str, str]]:
    """`line key:position` and words of every kind of work the actor may count: one query."""
    return [
        (f"{line.pk}:{position}", _option_words(line, work))
        for line in countable_lines(actor)
        for position, work in enumerate(countables_of(line))
    ]


def work_chosen(actor: Actor, option: str) -> tuple[ContractLine, str]:
    """The line and the name of the work behind an option of `work_options`."""
    key, position = option.split(":")
    line = countable_lines(actor).get(pk=key)
    return line, countables_of(line)[int(position)].name


def _option_words(line: ContractLine, work: Countable) -> str:
    price = f"{work.price.normalize():f}" + (f"/{work.unit}" if work.unit else "")
    return f"{line_label(line)} · {work_words(work.name, line.fee_basis)} · {price}"


@dataclass(frozen=True)
class LineCounts:
    """What of one line's month both sides confirmed, and how many quantities still wait."""

    items: tuple[PricedQuantity, ...] = ()
    open_count: int = 0


def counts_by_month(lines: Collection[int], months: Iterable[Period]) -> dict[tuple[int, str], LineCounts]:
    """(line, month) → what is paid of it: one query."""
    codes = [month.code for month in months]
    rows = WorkCount.objects.filter(line__in=lines, period_code__in=codes).exclude(state="withdrawn")
    items: defaultdict[tuple[int, str], list[PricedQuantity]] = defaultdict(list)
    waiting: defaultdict[tuple[int, str], int] = defaultdict(int)
    for row in rows.order_by("name", "pk"):
        key = (row.line_id, row.period_code)
        if row.state == "confirmed":
            items[key].append(PricedQuantity(row.name, row.price, row.quantity))
        else:
            waiting[key] += 1
    return {key: LineCounts(tuple(items[key]), waiting[key]) for key in {*items, *waiting}}


def counts_behind(line: ContractLine, period_code: str) -> QuerySet[WorkCount]:
    """The counted quantities behind a base fee, in order."""
    rows = WorkCount.objects.filter(line=line, period_code=period_code).exclude(state="withdrawn")
    return rows.with_names().order_by("name", "pk")


@dataclass(frozen=True)
class CountedRow:
    """One counted quantity as a row of the evidence of a base fee."""

    count: WorkCount
    words: str
    badge: Badge


def counted_rows(line: StatementLine) -> list[CountedRow]:
    """What was counted for a base fee; empty for every other line and for lines paid by the month."""
    if line.kind != LineKind.BASE_FEE or line.contract_line is None or line.contract_line.fee_basis not in COUNTED:
        return []
    basis = line.contract_line.fee_basis
    counts = counts_behind(line.contract_line, line.statement.period_code)
    return [CountedRow(count, work_words(count.name, basis), badge_of(COUNT_STATES, count.state)) for count in counts]


def counts_to_answer(actor: Actor) -> int:
    """How many quantities wait for the actor's side."""
    offices = actor.office_paths(Code.COUNT)
    at_office = within("line__contract__office__path", offices) | within("line__estate__office__path", offices)
    at_vendor = within("line__contract__vendor__unit__path", actor.vendor_paths(Code.COUNT))
    mine = (Q(is_by_vendor=True) & at_office) | (Q(is_by_vendor=False) & at_vendor)
    return WorkCount.objects.for_actor(actor).filter(mine, state="entered").count()
