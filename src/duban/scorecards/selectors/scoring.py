"""What the scoring of a period reads: which lines, by which version, on which facts. Each a fixed number of statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.ratios import Ratio
from duban.scorecards.models import Card, DirtyPair, Fact, LineScheme, PanelRating, Period, SchemeVersion


@dataclass(frozen=True)
class DirtyLine:
    """A line and the first and last day whose evidence changed since its facts were made."""

    line_id: int
    first: date
    last: date


def bound_lines(actor: Actor, period: Period) -> "QuerySet[ContractLine]":
    """Lines of the actor's scope that a scheme of the period's cycle scores in this period; `version_id` annotated.

    Lines must overlap the period and belong to a contract that is no draft. The binding with the latest start on or
    before the period's end counts; a binding that starts inside the period scores the whole period.
    """
    latest = LineScheme.objects.filter(line=OuterRef("pk"), from_on__lte=period.ends_on).order_by("-from_on")
    versions = SchemeVersion.objects.filter(scheme__cycle=period.kind, scheme__tenant=period.tenant_id)
    lines = ContractLine.objects.for_actor(actor).filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
    lines = lines.filter(contract__office__path__startswith=period.tenant.path).exclude(contract__state="draft")
    return lines.annotate(version_id=Subquery(latest.values("version")[:1])).filter(version_id__in=versions.values("pk"))


def lines_to_score(actor: Actor, period: Period) -> list[int]:
    """Keys of bound lines without a card, with freshly made facts, or whose draft was made by another version."""
    current = Card.objects.filter(line=OuterRef("pk"), period=period, is_current=True)
    fresh = DirtyPair.objects.filter(line=OuterRef("pk"), day__range=(period.starts_on, period.ends_on), is_refreshed=True)
    other = current.filter(state="draft").exclude(scheme_version=OuterRef("version_id"))
    due = Q(~Exists(current)) | Q(Exists(fresh)) | Q(Exists(other))
    return list(bound_lines(actor, period).filter(due).order_by("pk").values_list("pk", flat=True))


def dirty_lines(lines: "QuerySet[ContractLine]", start: date, end: date) -> list[DirtyLine]:
    """Lines with evidence newer than their facts in `start`–`end`, with the span of days it touches."""
    pairs = DirtyPair.objects.filter(is_refreshed=False, day__range=(start, end), line__in=lines.values("pk"))
    rows = pairs.values("line_id").annotate(first=Min("day"), last=Max("day")).order_by("line_id")
    return [DirtyLine(row["line_id"], row["first"], row["last"]) for row in rows]


def ratios_by_line(lines: Collection[int], start: date, end: date) -> dict[int, dict[str, Ratio]]:
    """Sum of the facts of each metric, line by line."""
    found: dict[int, dict[str, Ratio]] = {line: {} for line in lines}
    facts = Fact.objects.filter(line__in=lines, day__range=(start, end)).values_list("line_id", "metric")
    for line, metric, numerator, denominator in facts.annotate(top=Sum("numerator"), base=Sum("denominator")).order_by():
        found[line][metric] = Ratio(numerator, denominator)
    return found


def panels_by_line(lines: Collection[int], period: Period) -> dict[int, dict[str, tuple[Decimal, ...]]]:
    """Ratings by people, by line and indicator."""
    found: dict[int, dict[str, tuple[Decimal, ...]]] = {line: {} for line in lines}
    ratings = PanelRating.objects.filter(line__in=lines, period=period).order_by("line_id", "indicator_key", "pk")
    for line, key, rating in ratings.values_list("line_id", "indicator_key", "rating"):
        found[line][key] = (*found[line].get(key, ()), rating)
    return found


@dataclass(frozen=True)
class LineToScore:
    """One line with what decides how it is scored."""

    line_id: int
    version_id: int
    mobilisation: bool


def lines_with_versions(actor: Actor, period: Period, lines: Iterable[int]) -> list[LineToScore]:
    """The given lines with their version in force; mobilisation holds while the period starts inside the grace time."""
    rows = bound_lines(actor, period).filter(pk__in=list(lines)).order_by("pk")
    values = rows.values_list("pk", "version_id", F("contract__mobilisation_until"))
    return [LineToScore(line, version, until is not None and period.starts_on <= until) for line, version, until in values]
