"""The board of rounds: what is overdue, what is to be made today and this week, what nobody inspected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from duban.inspections.domain.planning import span_of
from duban.inspections.domain.plans import Span
from duban.inspections.domain.states import RUNNING
from duban.inspections.models import InspectionTask
from duban.inspections.selectors.tasks import task_list
from duban.kernel.actor import Actor
from duban.orgs.models import Person

SHOWN = 40
MISSED_DAYS = timedelta(days=30)


class LaneKind(StrEnum):
    """A column of the board; each round stands in one."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    MISSED = "missed"


@dataclass(frozen=True)
class EstateTasks:
    """The rounds of one estate in a lane: how many there are, and those that are shown."""

    estate: str
    count: int
    tasks: tuple[InspectionTask, ...]


@dataclass(frozen=True)
class TaskLane:
    """One column: how many rounds are in it, and the most urgent of them by estate."""

    kind: LaneKind
    count: int
    estates: tuple[EstateTasks, ...]


@dataclass(frozen=True)
class TaskBoard:
    """The board; `people` are those who have a round on it, nobody for a vendor; `inspectors` name them by task."""

    lanes: tuple[TaskLane, ...]
    people: tuple[Person, ...]
    inspectors: Mapping[int, tuple[str, ...]]


def task_board(actor: Actor, *, estate: int | None = None, person: str = "") -> TaskBoard:
    """The board of one estate or of all, for one inspector or for all, in seven statements.

    A round may be made today from the day it is planned for. Missed ones are shown for thirty days. A vendor sees what it
    sees elsewhere, and nobody's name.
    """
    lanes = _on_board(timezone.localdate())
    cases = [When(condition, then=Value(str(kind))) for kind, condition in lanes.items()]
    rows = task_list(actor).annotate(lane=Case(*cases, output_field=CharField())).exclude(lane=None)
    rows = rows.filter(line__estate=estate) if estate is not None else rows
    people = () if actor.is_vendor else _people(rows)
    chosen = rows.filter(inspectors__username=person) if person and not actor.is_vendor else rows
    counts = _counts(chosen)
    found = tuple(_lane(kind, chosen.filter(lane=kind), counts.get(kind, {})) for kind in LaneKind)
    shown = [task.pk for lane in found for group in lane.estates for task in group.tasks]
    return TaskBoard(found, people, {} if actor.is_vendor else _names(shown))


def _on_board(today: date) -> dict[LaneKind, Q]:
    running, sunday = Q(state__in=RUNNING), span_of(Span.WEEK, today)[1]
    return {
        LaneKind.LATE: running & Q(due_on__lt=today),
        LaneKind.TODAY: running & Q(planned_on__lte=today, due_on__gte=today),
        LaneKind.WEEK: running & Q(planned_on__gt=today, planned_on__lte=sunday),
        LaneKind.MISSED: Q(state="missed", due_on__gte=today - MISSED_DAYS),
    }


def _counts(rows: "QuerySet[Any]") -> dict[str, dict[str, int]]:
    counted = rows.order_by().values_list("lane", "line__estate__name").annotate(count=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for lane, estate, count in counted:
        found.setdefault(lane, {})[estate] = count
    return found


def _lane(kind: LaneKind, rows: "QuerySet[InspectionTask]", counts: Mapping[str, int]) -> TaskLane:
    order = "-due_on" if kind is LaneKind.MISSED else "due_on"
    shown: dict[str, list[InspectionTask]] = {}
    for task in rows.order_by(order, "pk")[:SHOWN]:
        shown.setdefault(task.line.estate.name, []).append(task)
    groups = tuple(EstateTasks(name, counts[name], tuple(tasks)) for name, tasks in sorted(shown.items()))
    return TaskLane(kind, sum(counts.values()), groups)


def _people(rows: "QuerySet[InspectionTask]") -> tuple[Person, ...]:
    given = InspectionTask.inspectors.through._base_manager.filter(inspectiontask__in=rows.order_by().values("pk"))
    return tuple(Person.objects.filter(pk__in=given.values("person")).order_by("name", "pk"))


def _names(keys: list[int]) -> dict[int, tuple[str, ...]]:
    rows = InspectionTask.inspectors.through._base_manager.filter(inspectiontask__in=keys).order_by("person__name", "pk")
    found: dict[int, tuple[str, ...]] = {}
    for task, name in rows.values_list("inspectiontask_id", "person__name"):
        found[task] = (*found.get(task, ()), name)
    return found
