"""What a vendor's grade is made from, and the grades themselves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.period import Period as Span
from duban.kernel.period import PeriodKind
from duban.scorecards.domain.grade import PeriodScore
from duban.scorecards.models import Card, Period, VendorGrade


@dataclass(frozen=True)
class LineScores:
    """Monthly scores of one line over its contract term up to a period, gaps empty; `weight` is its monthly fee."""

    line_id: int
    contract_code: str
    estate: str
    vendor_id: int
    service_line: str
    weight: Decimal
    scores: tuple[PeriodScore, ...]


def line_scores(actor: Actor, period: Period) -> list[LineScores]:
    """Every line in force in `period` with the scores of its term so far: two statements."""
    lines = ContractLine.objects.for_actor(actor).filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
    lines = lines.exclude(contract__state="draft").select_related("contract__vendor", "estate").order_by("pk")
    cards = Card.objects.for_actor(actor).filter(
        is_current=True, period__kind=PeriodKind.MONTH, period__ends_on__lte=period.ends_on
    )
    known: dict[int, dict[str, Decimal | None]] = {}
    for line, key, score in cards.values_list("line_id", "period__key", "score"):
        known.setdefault(line, {})[key] = score
    return [_scores_of(line, known[line.pk], period) for line in lines if line.pk in known]


def _scores_of(line: ContractLine, known: dict[str, Decimal | None], period: Period) -> LineScores:
    spans = [span for span in _months(min(known), period.key) if span.end >= line.starts_on]
    return LineScores(
        line_id=line.pk,
        contract_code=line.contract.code,
        estate=line.estate.name,
        vendor_id=line.contract.vendor_id,
        service_line=line.service_line,
        weight=max(line.unit_price_amount * line.quantity, Decimal("0.01")),
        scores=tuple(PeriodScore(span.code, known.get(span.code)) for span in spans),
    )


def _months(first: str, last: str) -> Iterable[Span]:
    span, end = Span.parse(first), Span.parse(last)
    while span <= end:
        yield span
        span = span.next()


def grades_of_lines(lines: Collection[int], _start: date, end: date) -> dict[int, str]:
    """Line → the grade its vendor holds on its service line on `end`: the newest confirmed one; two statements."""
    rows = ContractLine.objects.filter(pk__in=lines).values_list("pk", "contract__vendor", "service_line")
    confirmed = VendorGrade.objects.filter(
        state="confirmed", vendor__in={vendor for _pk, vendor, _service in rows}, period__ends_on__lte=end
    )
    held = confirmed.order_by("period__ends_on", "pk").values_list("vendor", "service_line", "grade")
    newest = {(vendor, service): grade for vendor, service, grade in held}
    return {pk: newest[vendor, service] for pk, vendor, service in rows if (vendor, service) in newest}


def grade_list(actor: Actor) -> "QuerySet[VendorGrade]":
    """Grades in the actor's scope with what their rows show."""
    return VendorGrade.objects.for_actor(actor).select_related("vendor__unit", "vendor__tenant", "period", "confirmed_by")


def grade_in_force(vendor_id: int, service_line: str) -> VendorGrade | None:
    """The latest confirmed grade of a vendor on a service line."""
    grades = VendorGrade.objects.filter(vendor=vendor_id, service_line=service_line, state="confirmed")
    return grades.order_by("-period__ends_on").first()
