"""Making tasks from plans, and marking those that nobody made in time."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.drawing import Sampling, draw
from duban.inspections.domain.planning import DueDay, Rule, due_days, openings, seed_of, span_of
from duban.inspections.domain.plans import Frequency, Span
from duban.inspections.domain.states import RUNNING
from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.selectors.lots import Standings, sampled_plans, standings_of
from duban.inspections.selectors.plan_scope import Reach, reaches, scope_of
from duban.inspections.services.rating import ratings_make
from duban.inspections.services.sampled import sampling_of
from duban.kernel.actor import system_actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.audit.services import write_entries
from duban.platform.events import announce
from duban.platform.imports.statements import insert_records, insert_rows
from duban.platform.records import assign_codes
from duban.platform.states import advance_many

HORIZON = timedelta(days=14)
BATCH, MANY = 500, 5000


@transaction.atomic
def tasks_make(*, today: date | None = None, plans: Collection[int] | None = None) -> int:
    """Make the tasks of all plans in use up to two weeks ahead, or of those given; returns how many were made.

    Each plan remembers up to which day its tasks stand, under a lock, so a repeated job makes nothing twice and a job that
    did not run for a while makes up for it: a day left out would be silence. A fixed number of statements for any number
    of plans, and one audit entry for each plan that got tasks.
    """
    horizon = (today or timezone.localdate()) + HORIZON
    rows = InspectionPlan.objects.filter(state="active", planned_until__lt=horizon)
    rows = rows if plans is None else rows.filter(pk__in=plans)
    due = list(
        rows.select_related("office")
        .prefetch_related("estates", "lines", "places")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    if not due:
        return 0
    first = min(plan.planned_until for plan in due) + timedelta(days=1)
    found = reaches([scope_of(plan) for plan in due], first, horizon)
    day = today or timezone.localdate()
    rated = ratings_make(due, found, first, horizon, day)
    standings = standings_of(sampled_plans(due), day)
    made = {plan: list(_tasks(Work(plan, found[plan.pk], horizon, rated, standings))) for plan in due}
    _store([pair for pairs in made.values() for pair in pairs])
    for plan in due:
        plan.planned_until = horizon
    InspectionPlan.objects.bulk_update(due, ["planned_until"], batch_size=BATCH)
    entries = [(plan, {"tasks": [None, len(pairs)]}) for plan, pairs in made.items() if pairs]
    write_entries(actor=system_actor("/"), changed=entries, action="plan_tasks")
    return sum(len(pairs) for pairs in made.values())


def tasks_miss(*, today: date | None = None) -> int:
    """Mark every task whose window is over as not inspected; returns how many. Announces `EvidenceChanged`.

    Made for the clock: a task that was marked, made or called off is left alone.
    """
    day = today or timezone.localdate()
    over = InspectionTask.objects.filter(state__in=RUNNING, due_on__lt=day)
    keys = list(over.order_by("pk").values_list("pk", flat=True))
    return sum(_miss(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


def rule_of(plan: InspectionPlan, line_id: int, times: int | None = None) -> Rule:
    """How often the plan asks for a round on one line."""
    return Rule(
        frequency=Frequency(plan.frequency),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        weekdays=plan.weekdays,
        every_weeks=plan.every_weeks,
        month_days=plan.month_days,
        times=times or plan.times,
        span=Span(plan.span),
        window_days=plan.window_days,
        is_steady=plan.is_announced,
        salt=f"{plan.salt}|{line_id}",
    )


@transaction.atomic
def _miss(keys: Collection[int]) -> int:
    rows = InspectionTask.objects.filter(pk__in=keys).select_related(*TASK_PATHS)
    missed = advance_many(rows, "miss", actor=system_actor("/"))
    pairs = {(task.line_id, task.due_on) for task in missed}
    announce(EvidenceChanged("inspections", tuple(sorted(pairs))))
    return len(missed)


@dataclass(frozen=True)
class Work:
    """One plan at work: the lines it reaches, up to which day, how often by risk, and how strictly by the lots before."""

    plan: InspectionPlan
    found: Collection[Reach]
    horizon: date
    rated: Mapping[tuple[int, int, date], int]
    standings: Mapping[tuple[int, int], Standings]


def _tasks(work: Work) -> Iterator[tuple[InspectionTask, tuple[int, ...]]]:
    sampling = sampling_of(work.plan)
    for reach in work.found:
        standings = work.standings.get((work.plan.pk, reach.line_id), {})
        for due in _due(work, reach):
            if reach.first <= due.on <= reach.last:
                yield _task(work.plan, reach, due, sampling, standings)


def _due(work: Work, reach: Reach) -> Iterator[DueDay]:
    """The days of one line; by risk each period has the number of rounds it was rated with."""
    plan, start = work.plan, work.plan.planned_until + timedelta(days=1)
    if plan.frequency != Frequency.RISK:
        yield from due_days(rule_of(plan, reach.line_id), start, work.horizon)
        return
    span = Span(plan.span)
    for opens in openings(span, max(start, plan.starts_on), work.horizon):
        rule = rule_of(plan, reach.line_id, work.rated[plan.pk, reach.line_id, opens])
        yield from due_days(rule, max(start, opens), min(work.horizon, span_of(span, opens)[1]))


def _task(
    plan: InspectionPlan, reach: Reach, due: DueDay, sampling: Sampling, standings: Standings
) -> tuple[InspectionTask, tuple[int, ...]]:
    seed = seed_of(plan.salt, reach.line_id, due.on)
    drawn = draw(sampling, reach.places, seed, standings)
    task = InspectionTask(
        plan=plan,
        line_id=reach.line_id,
        checklist_id=plan.checklist_id,
        planned_on=due.on,
        due_on=min(due.until, reach.last),
        reasons=[_words(due)],
        seed=seed,
        sampling=drawn.sampling,
        **{name: getattr(plan, name) for name in KEPT},
    )
    return task, drawn.places


KEPT = (
    "window_from",
    "window_to",
    "is_announced",
    "needs_checkin",
    "gallery_allowed",
    "signature_needed",
    "score_trust",
    "money_trust",
    "below_trust",
)
"""What the plan demanded and the task keeps."""


def _words(due: DueDay) -> Mapping[str, object]:
    return {"label": due.reason.label, "inputs": dict(due.reason.inputs)}


def _store(pairs: list[tuple[InspectionTask, tuple[int, ...]]]) -> None:
    tasks = [task for task, _ in pairs]
    for year in sorted({task.planned_on.year for task in tasks}):
        assign_codes([task for task in tasks if task.planned_on.year == year], on=date(year, 1, 1))
    for start in range(0, len(tasks), MANY):
        insert_records(tasks[start : start + MANY])
    rows = [{"inspectiontask_id": task.pk, "place_id": place} for task, places in pairs for place in places]
    insert_rows(InspectionTask.places.through, rows)
