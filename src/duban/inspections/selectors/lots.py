"""Lots judged so far, and what was found at the drawn places: a fixed number of statements for any number of tasks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from duban.inspections.domain.judging import ClassRule, ClassVerdict, judge
from duban.inspections.domain.judging import LotVerdict as Judged
from duban.inspections.domain.plans import SamplingMode
from duban.inspections.domain.sampling import DefectClass, rank
from duban.inspections.domain.switching import Standing, lots_of_class, standing_after
from duban.inspections.domain.verdicts import SEVERITIES, Grade, Verdict
from duban.inspections.models import CheckResult, InspectionPlan, InspectionTask, LotVerdict, UncountedResult

LOOKED_BACK = timedelta(days=730)
Standings = Mapping[DefectClass, Standing]
Key = tuple[int, int]


@dataclass
class Seen:
    """What was seen of a task: the drawn places, those with an answer, and those with a fault of a class."""

    drawn: list[int] = field(default_factory=list)
    inspected: set[int] = field(default_factory=set)
    faults: set[tuple[int, DefectClass]] = field(default_factory=set)


def seen_of(tasks: Collection[int]) -> dict[int, Seen]:
    """Task → what was seen of it, without what does not count for the score because it is doubted: two statements."""
    found = {task: Seen() for task in tasks}
    through = InspectionTask.places.through._base_manager.filter(inspectiontask__in=tasks).order_by("pk")
    for task, place in through.values_list("inspectiontask_id", "place_id"):
        found[task].drawn.append(place)
    doubted = UncountedResult.objects.filter(check_result=OuterRef("pk"), for_score=False)
    rows = CheckResult.objects.filter(~Exists(doubted), visit__task__in=tasks, place__isnull=False)
    for task, place, verdict, severity in rows.values_list("visit__task", "place_id", "verdict", "severity"):
        found[task].inspected.add(place)
        if verdict == Verdict.FAIL:
            found[task].faults.add((place, DefectClass(SEVERITIES[Grade(severity)])))
    return found


def judged(task: InspectionTask, seen: Seen) -> Judged:
    """The verdict on what was seen of a drawn task, as far as it was seen."""
    rules = {
        DefectClass(name): ClassRule(int(kept["n"]), int(kept["ac"]), int(kept["re"]))
        for name, kept in task.sampling["classes"].items()
    }
    return judge(rank(seen.drawn, task.seed), rules, seen.inspected, seen.faults)


def counts_of(found: ClassVerdict) -> dict[str, Any]:
    """The verdict on one class of faults as it is kept and shown."""
    rule = found.rule
    counts = {"n": rule.n, "ac": rule.ac, "re": rule.re, "inspected": found.inspected, "faulty": found.faulty}
    return {**counts, "is_accepted": found.is_accepted}


def sampled_plans(plans: Collection[InspectionPlan]) -> list[int]:
    """Those of the plans that draw by acceptance sampling."""
    return [plan.pk for plan in plans if plan.sampling == SamplingMode.AQL]


def standings_of(plans: Collection[int], today: date) -> dict[Key, Standings]:
    """(plan, line) → how strictly each class of faults is inspected next, by the lots of the last two years: one statement."""
    if not plans:
        return {}
    rows = LotVerdict.objects.filter(task__plan__in=plans, day__gte=today - LOOKED_BACK, is_accepted__isnull=False)
    fields = ("task__plan", "line", "task__code", "classes", "task__plan__reduced_allowed")
    judged: dict[Key, list[tuple[str, dict[str, dict[str, object]]]]] = {}
    allowed: dict[int, bool] = {}
    for plan, line, code, classes, is_allowed in rows.order_by("task__finished_at", "task").values_list(*fields):
        judged.setdefault((plan, line), []).append((code, classes))
        allowed[plan] = is_allowed
    return {
        key: {
            name: standing_after(lots_of_class(str(name), lots), reduced_allowed=allowed[key[0]])
            for name in (DefectClass.MAJOR, DefectClass.MINOR)
        }
        for key, lots in judged.items()
    }
