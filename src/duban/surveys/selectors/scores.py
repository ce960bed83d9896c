"""Scores of rounds: facts, evidence, lists."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DecimalField, ExpressionWrapper, QuerySet, Sum, Value

from duban.contracts.models import ContractLine
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.evidence import Cluster, EvidencePanel, EvidenceRow
from duban.kernel.occurrence import Occurrence
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.surveys.domain.index import index
from duban.surveys.models import SurveyScore
from duban.surveys.permissions import Code

FACT = ("metric", "line_id", "day", "numerator", "denominator")
SATISFACTION = "surveys.satisfaction"
EXACT = DecimalField(max_digits=16, decimal_places=4)


def metric_facts(lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """`surveys.satisfaction` per contract line and last day of the round, both ends included; `lines` `None` means all.

    Numerator: sum of the scores as shares (87 of 100 counts 0.87). Denominator: valid answers.
    """
    rows = SurveyScore.objects.filter(line__isnull=False, day__range=(start, end))
    if lines is not None:
        rows = rows.filter(line_id__in=lines)
    grouped = rows.annotate(metric=Value(SATISFACTION, output_field=CharField())).order_by().values("metric", "line_id", "day")
    # A product, not a quotient: SQLite divides whole numbers without remainder.
    shares = ExpressionWrapper(Sum("score_sum") * Value(Decimal("0.01"), output_field=EXACT), output_field=EXACT)
    return [grouped.annotate(numerator=shares, denominator=Sum("respondents")).values_list(*FACT)]


def occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """None: summed answers name no single event."""
    del lines, start, end
    return iter(())


def evidence_panel(actor: Actor, line_id: int, metric: str, start: date, end: date, *, limit: int = 8) -> EvidencePanel:
    """The rounds behind `surveys.satisfaction` of one line, worst first; two statements.

    `counted` is the number of answers, `missed` what they lack to full satisfaction, rounded to whole answers. Raises
    `NotAllowed` without `surveys.view`, `NotFound` for a line outside the actor's scope.
    """
    actor.require(Code.VIEW)
    if not ContractLine.objects.for_actor(actor).filter(pk=line_id).exists():
        raise NotFound
    rounds = list(SurveyScore.objects.filter(line_id=line_id, day__range=(start, end)).order_by("-day", "-id"))
    answers = sum(score.respondents for score in rounds)
    missed = answers - sum((score.score_sum for score in rounds), Decimal(0)) / 100
    return EvidencePanel(
        app="surveys",
        metric=metric,
        counted=answers,
        missed=round(missed),
        subjects=tuple(Cluster(str(score.get_method_display()), score.respondents, score.method) for score in rounds[:limit]),
        rows=tuple(_row(score) for score in rounds[:limit]),
        url_name="surveys:list",
        query={"line": str(line_id), "day_from": start.isoformat(), "day_to": end.isoformat()},
    )


def score_list(actor: Actor) -> "QuerySet[SurveyScore]":
    """Scores the actor may see, with estate and vendor; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return SurveyScore.objects.for_actor(actor).select_related("estate__office", "line__contract__vendor", "line__estate")


def score_get(actor: Actor, code: str) -> SurveyScore:
    """One score of the actor's scope, or `NotFound`."""
    return get_by_code(score_list(actor), code)


def estates_to_choose(actor: Actor) -> "QuerySet[Estate]":
    """Estates for which the actor may enter a score."""
    return Estate.objects.filter(within("office__path", actor.office_paths(Code.EDIT))).order_by("name", "id")


def _row(score: SurveyScore) -> EvidenceRow:
    figure = index(score.score_sum, score.respondents)
    return EvidenceRow(
        app="surveys",
        code=score.code,
        on=score.day,
        label=score.source or score.code,
        place="",
        verdict="" if figure.value is None else str(figure.value),
        severity="",
        url_name="surveys:detail",
        url_args=(score.code,),
    )
