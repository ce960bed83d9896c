"""Judging lots of drawn tasks that were made, and drawing the next ones more strictly where they ask for it."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.drawing import draw
from duban.inspections.domain.events import LotJudged
from duban.inspections.models import InspectionPlan, InspectionTask, LotVerdict
from duban.inspections.selectors.lots import Seen, Standings, counts_of, judged, seen_of, standings_of
from duban.inspections.selectors.plan_scope import reaches, scope_of
from duban.inspections.services.sampled import sampling_of
from duban.kernel.actor import system_actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.audit.services import write_entries
from duban.platform.events import announce
from duban.platform.imports.statements import insert_rows

STATES = {True: "accepted", False: "rejected", None: "open"}
BATCH = 500


@transaction.atomic
def lots_judge(tasks: Collection[int]) -> int:
    """Judge, or judge anew, the lots of those of the tasks that were drawn by acceptance sampling and are done.

    A place whose results do not count for the score is missing, as one nobody went to. A lot whose verdict did not change is
    left alone. Rounds to come of the same plan and line are drawn anew where the
    lots now ask for stricter inspection; easier inspection begins with the next round that is drawn. Announces
    `LotJudged` for each new verdict and `EvidenceChanged`. Returns how many verdicts are new; a fixed number of statements.
    """
    rows = InspectionTask.objects.filter(pk__in=tasks, state="done", sampling__mode="aql").select_for_update(of=("self",))
    lots = {task.pk: task for task in rows.select_related("line__estate__office").order_by("pk")}
    if not lots:
        return 0
    seen = seen_of(lots)
    known = {verdict.task_id: verdict for verdict in LotVerdict.objects.filter(task__in=lots)}
    fresh = [_verdict(task, seen[pk], known.get(pk)) for pk, task in lots.items()]
    changed = [verdict for verdict, is_new in fresh if is_new]
    _store(changed, known)
    for verdict in changed:
        announce(LotJudged(lots[verdict.task_id].code, STATES[verdict.is_accepted]))
    announce(EvidenceChanged("inspections", tuple(sorted({(verdict.line_id, verdict.day) for verdict in changed}))))
    _draw_stricter({(lots[verdict.task_id].plan_id or 0, verdict.line_id) for verdict in changed})
    return len(changed)


def _verdict(task: InspectionTask, seen: Seen, known: LotVerdict | None) -> tuple[LotVerdict, bool]:
    found = judged(task, seen)
    classes: dict[str, dict[str, Any]] = {}
    for name, one in found.classes.items():
        plan = {key: value for key, value in task.sampling["classes"].get(str(name), {}).items() if key != "why"}
        classes[str(name)] = {**plan, **counts_of(one)}
    verdict = known or LotVerdict(task=task, line_id=task.line_id)
    is_new = known is None or (known.is_accepted, known.classes) != (found.is_accepted, classes)
    verdict.day, verdict.is_accepted, verdict.classes = task.finished_on or task.due_on, found.is_accepted, classes
    return verdict, is_new


def _store(changed: Collection[LotVerdict], known: Collection[int]) -> None:
    moment = timezone.now()
    for verdict in changed:
        verdict.judged_at = moment
    LotVerdict.objects.bulk_create([verdict for verdict in changed if verdict.task_id not in known], batch_size=BATCH)
    stored = [verdict for verdict in changed if verdict.task_id in known]
    LotVerdict.objects.bulk_update(stored, ["day", "is_accepted", "classes", "judged_at"], batch_size=BATCH)


def _draw_stricter(pairs: Collection[tuple[int, int]]) -> None:
    """Draw rounds to come anew where their lots ask for more places or fewer faults than they were drawn with."""
    today = timezone.localdate()
    standings = standings_of({plan for plan, _ in pairs if plan}, today)
    ahead = InspectionTask.objects.filter(
        plan__in={plan for plan, _ in pairs}, line__in={line for _, line in pairs}, state="planned", planned_on__gt=today
    )
    tasks = [
        task
        for task in ahead.select_related("plan__office", "line__estate__office").order_by("pk").select_for_update(of=("self",))
        if (task.plan_id or 0, task.line_id) in pairs and _asks_for_more(task, standings[task.plan_id or 0, task.line_id])
    ]
    if not tasks:
        return
    places = _places_in_scope(tasks)
    rows, changes = [], []
    for task in tasks:
        plan, before = cast("InspectionPlan", task.plan), task.sampling
        drawn = draw(sampling_of(plan), places[task.pk], task.seed, standings[task.plan_id or 0, task.line_id])
        task.sampling = drawn.sampling
        rows += [{"inspectiontask_id": task.pk, "place_id": place} for place in drawn.places]
        changes.append((task, {"places": [before["n"], drawn.sampling["n"]]}))
    InspectionTask.objects.bulk_update(tasks, ["sampling"], batch_size=BATCH)
    through = InspectionTask.places.through
    through._base_manager.filter(inspectiontask__in=tasks).delete()
    insert_rows(through, rows)
    write_entries(actor=system_actor("/"), changed=changes, action="draw_stricter")


ORDER = ("reduced", "normal", "tightened")


def _asks_for_more(task: InspectionTask, standings: Standings) -> bool:
    kept: Mapping[str, Mapping[str, Any]] = task.sampling.get("classes", {})
    return any(
        ORDER.index(standing.severity) > ORDER.index(str(kept[name].get("severity", "normal")))
        for name, standing in standings.items()
        if name in kept
    )


def _places_in_scope(tasks: Collection[InspectionTask]) -> dict[int, tuple[int, ...]]:
    """Task → the places its plan reaches on its line."""
    plans = {task.plan.pk: task.plan for task in tasks if task.plan is not None}
    days = [task.planned_on for task in tasks]
    found = reaches([scope_of(plan) for plan in plans.values()], min(days), max(days))
    by_line = {(plan, reach.line_id): reach.places for plan, rows in found.items() for reach in rows}
    return {task.pk: by_line.get((task.plan_id or 0, task.line_id), ()) for task in tasks}
