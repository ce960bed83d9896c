"""Visits for the pages, and what an entry form chooses from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, InspectionTask, Visit
from duban.inspections.permissions import Code, sees_names
from duban.inspections.selectors.blind import blind_visits
from duban.inspections.selectors.results import WITH_PATHS
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.standards.models import Checklist, StandardItem

PLACE_LIMIT = 400


@dataclass(frozen=True)
class VisitPage:
    """What the page of a visit shows."""

    visit: Visit
    task: InspectionTask | None
    inspector: str
    results: tuple[CheckResult, ...]
    failed: int
    passed: int


def visit_list(actor: Actor) -> "QuerySet[Visit]":
    """Visits the actor may see, each with its counts; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    rows = Visit.objects.for_actor(actor).exclude(pk__in=blind_visits(actor))
    rows = rows.select_related(*WITH_PATHS, "checklist", "inspector")
    results = CheckResult.objects.filter(visit=OuterRef("pk"))
    return rows.annotate(result_count=_count(results), failed_count=_count(results.filter(verdict=Verdict.FAIL)))


def _count(results: "QuerySet[CheckResult]") -> Coalesce:
    """Counted for the rows that are shown only: a join over all results of all visits took seconds."""
    counted = results.order_by().values("visit").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def visit_get(actor: Actor, code: str) -> Visit:
    """One visit of the actor's scope, or `NotFound`."""
    return get_by_code(visit_list(actor), code)


def visit_page(actor: Actor, visit: Visit) -> VisitPage:
    """Everything the page shows: two statements besides the visit."""
    rows = CheckResult.objects.filter(visit=visit).select_related("item", "place__parent", "finding").order_by("id")
    results = tuple(rows)
    verdicts = [result.verdict for result in results]
    return VisitPage(
        visit=visit,
        task=InspectionTask.objects.for_actor(actor).select_related("plan").filter(visits=visit).first(),
        inspector=visit.inspector.name if visit.inspector and sees_names(actor) else "",
        results=results,
        failed=verdicts.count(Verdict.FAIL),
        passed=verdicts.count(Verdict.PASS),
    )


def lines_to_inspect(actor: Actor, on: date | None = None) -> "QuerySet[ContractLine]":
    """Contract lines that run on a day and on which the actor may record checks."""
    day = on or timezone.localdate()
    paths = actor.office_paths(Code.EDIT)
    lines = ContractLine.objects.filter(within("estate__office__path", paths) | within("contract__office__path", paths))
    lines = lines.filter(starts_on__lte=day, ends_on__gte=day)
    return lines.select_related(*(path.removeprefix("line__") for path in WITH_PATHS)).order_by(
        "estate__name", "service_line", "id"
    )


def line_to_inspect(actor: Actor, line_id: int) -> ContractLine:
    """One of the lines the actor may record checks on, whatever its term; or `NotFound`."""
    paths = actor.office_paths(Code.EDIT)
    lines = ContractLine.objects.filter(within("estate__office__path", paths) | within("contract__office__path", paths))
    line = lines.select_related(*(path.removeprefix("line__") for path in WITH_PATHS), "standard").filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return line


def checklist_options(actor: Actor, line: ContractLine | None) -> "QuerySet[Checklist]":
    """Checklists that fit the line's service; none without a line."""
    if line is None:
        return Checklist.objects.none()
    rows = Checklist.objects.for_actor(actor).filter(standard__service_line=line.service_line)
    return rows.exclude(standard__state__in=("draft", "withdrawn")).order_by("-standard__version", "name", "id")


def items_to_check(line: ContractLine, checklist: Checklist | None) -> list[StandardItem]:
    """The items of a checklist, or all of the line's standard."""
    if checklist is not None:
        return list(checklist.items.order_by("id"))
    return list(StandardItem.objects.filter(standard_id=line.standard_id).order_by("id")) if line.standard_id else []


def places_to_check(line: ContractLine) -> list[tuple[int, str]]:
    """Places of the line's estate with the place they lie in, for choosing one; at most four hundred."""
    rows = Place.objects.filter(estate_id=line.estate_id).select_related("parent").order_by("path", "id")[:PLACE_LIMIT]
    return [(place.pk, f"{place.parent.name} {place.name}" if place.parent else place.name) for place in rows]
