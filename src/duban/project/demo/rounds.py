"""Plans and the rounds that came of them: visits of the year hang on tasks, autumn goes on to November, some were missed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from duban.estates.models import Estate
from duban.inspections.domain.plans import PlanInput
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, InspectionPlan, InspectionTask, Visit
from duban.inspections.services import lots_judge, plan_create, tasks_assign, tasks_make, tasks_miss
from duban.kernel.actor import system_actor
from duban.orgs.selectors import actor_for_person
from duban.platform.imports.statements import insert_rows
from duban.platform.records import assign_codes
from duban.platform.states import advance_many
from duban.project.demo.checks import INSPECTORS, Round, check_places, check_round, inspector_of
from duban.project.demo.clock import at
from duban.project.demo.company import LAST_DAY
from duban.project.demo.findings import build_findings, number_repeats
from duban.project.demo.plan_book import CHECKLISTS, FIRST_WEEK, LAST_WEEK, MORNING, NIGHT, PLANS, PlanSpec
from duban.project.demo.registers import World
from duban.standards.models import Checklist, Standard, StandardItem

SEED = 20261102
WEEK = timedelta(days=7)
LEFT_OUT = 0.07
"""Share of the rounds of November that nobody makes."""
TASK_FIELDS = ["checked_in_at", "finished_at", "finished_on", "finished_by"]


@dataclass(frozen=True)
class Book:
    """What the weeks are told from."""

    world: World
    weekly: frozenset[int]
    items: dict[int, list[StandardItem]]


def build_rounds(world: World, standards: dict[str, Standard], items: dict[int, list[StandardItem]]) -> int:
    """Make the plans and tell their weeks; returns the number of rounds. The year's own chance is left untouched."""
    own = replace(world, random=Random(SEED))
    with at(FIRST_WEEK - timedelta(days=3)):
        _draw_checklists(standards)
        weekly = frozenset(_make(own, spec).pk for spec in PLANS if spec.weekly)
        for spec in PLANS:
            if not spec.weekly:
                _make(own, spec)
    book, monday = Book(own, weekly, items), FIRST_WEEK
    while monday <= LAST_WEEK:
        _tell_week(book, monday)
        monday += WEEK
    number_repeats()
    return InspectionTask.objects.count()


def plan_today(world: World) -> int:
    """Plans that begin on the day the demo is built, rounds from then on, and who makes them; returns how many wait."""
    today = timezone.localdate()
    if not InspectionPlan.objects.filter(name=MORNING.name).exists():
        with transaction.atomic():
            for spec in (MORNING, NIGHT):
                _make(world, replace(spec, values={**spec.values, "starts_on": today}))
            tasks_make()
            tasks_miss()
            _hand_out(world)
    return InspectionTask.objects.filter(state="planned").count()


def _hand_out(world: World) -> None:
    waiting = list(InspectionTask.objects.filter(state="planned").select_related(*_PATHS).order_by("pk"))
    quality = actor_for_person(world.people["quality"])
    for city, names in INSPECTORS.items():
        for number, name in enumerate(names):
            own = [
                task
                for task in waiting
                if task.line.estate.city == city and task.line_id % len(names) == number and not _is_for_others(task)
            ]
            if own:
                tasks_assign(actor=quality, tasks=own, people=[world.people[name]])


_PATHS = ("plan", "line__estate__office", "line__contract__office", "line__contract__vendor__unit")


def _is_for_others(task: InspectionTask) -> bool:
    """Whether the plan is no matter of one named inspector."""
    return task.plan is None or task.plan.name in {MORNING.name, NIGHT.name} or "estate_manager" in task.plan.roles


def _draw_checklists(standards: dict[str, Standard]) -> None:
    for service_line, name, keys in CHECKLISTS:
        checklist = Checklist(standard=standards[service_line], name=name)
        checklist.save()
        checklist.items.set(StandardItem.objects.filter(standard=standards[service_line], key__in=keys))


def _make(world: World, spec: PlanSpec) -> InspectionPlan:
    checklist = Checklist.objects.filter(name=spec.checklist).first() if spec.checklist else None
    estates = Estate.objects.filter(short_name__in=spec.estates).order_by("pk")
    entry = PlanInput(
        name=spec.name,
        service_line=spec.service_line,
        estate_ids=tuple(estates.values_list("pk", flat=True)),
        checklist_id=checklist.pk if checklist else None,
        **spec.values,
    )
    actor = actor_for_person(world.people[spec.maker])
    return plan_create(actor=actor, office=world.units[spec.office], entry=entry)


def _tell_week(book: Book, monday: date) -> None:
    """One week: its tasks appear, rounds are made, what nobody made is marked."""
    with at(monday, 5):
        tasks_make()
    sunday = monday + WEEK - timedelta(days=1)
    rows = InspectionTask.objects.filter(state="planned", planned_on__range=(monday, sunday))
    tasks = list(rows.select_related(*_PATHS).prefetch_related("places", "checklist__items").order_by("pk"))
    of_the_year = [task for task in tasks if task.plan_id in book.weekly and monday <= LAST_DAY]
    visits = _of_the_year(of_the_year, monday, sunday)
    told = {task.pk for task in of_the_year}
    visits += _make_rounds(book, [task for task in tasks if task.pk not in told], sunday)
    with at(sunday, 20):
        _finish(visits)
    with at(monday + WEEK, 5):
        tasks_miss()


def _of_the_year(tasks: list[InspectionTask], monday: date, sunday: date) -> list[Visit]:
    """The visits that the year knows already, hung on the tasks of their lines."""
    by_line = {task.line_id: task for task in tasks}
    visits = list(Visit.objects.filter(line__in=by_line, task=None, day__range=(monday, sunday)).order_by("pk"))
    for visit in visits:
        visit.task = by_line[visit.line_id]
        visit.is_announced = visit.task.is_announced
    Visit.objects.bulk_update(visits, ["task", "is_announced"], batch_size=500)
    return visits


def _make_rounds(book: Book, tasks: list[InspectionTask], sunday: date) -> list[Visit]:
    """New visits with their results and findings."""
    world = book.world
    rounds = [(task, each) for task in tasks if world.random.random() > LEFT_OUT for each in [_round(world, task)]]
    visits = [
        Visit(
            line=task.line,
            task=task,
            checklist=task.checklist,
            inspector=each.inspector,
            day=each.day,
            is_announced=task.is_announced,
        )
        for task, each in rounds
    ]
    assign_codes(visits, on=sunday)
    Visit.objects.bulk_create(visits, batch_size=500)
    results = [
        result for (task, each), visit in zip(rounds, visits, strict=True) for result in _results(book, task, each, visit)
    ]
    CheckResult.objects.bulk_create(results, batch_size=2000)
    failed = [result for result in results if result.verdict == Verdict.FAIL]
    build_findings(world, failed, on=sunday, until=max(LAST_DAY, LAST_WEEK + WEEK))
    return visits


def _round(world: World, task: InspectionTask) -> Round:
    day = task.planned_on + timedelta(days=world.random.randint(0, min(3, (task.due_on - task.planned_on).days)))
    username = "estate" if task.plan and "estate_manager" in task.plan.roles else inspector_of(world.random, task.line)
    return Round(task.line, day, world.people[username], username)


def _results(book: Book, task: InspectionTask, each: Round, visit: Visit) -> Iterator[CheckResult]:
    if task.checklist is None:
        return check_round(book.world, each, visit, book.items[task.line.standard_id or 0])
    items = sorted(task.checklist.items.all(), key=lambda item: item.pk)
    return check_places(book.world, each, visit, items, sorted(task.places.all(), key=lambda place: place.pk))


def _finish(visits: Iterable[Visit]) -> None:
    made = {visit.task_id: visit for visit in visits}
    found = InspectionTask.objects.filter(pk__in=[key for key in made if key]).select_related(*_PATHS)
    finished = advance_many(found, "finish", actor=system_actor("/"))
    rows = CheckResult.objects.filter(visit__task__in=finished).order_by().values("visit__task")
    ends = rows.annotate(first=Min("at"), last=Max("at")).values_list("visit__task", "first", "last")
    spans = {key: (first, last) for key, first, last in ends}
    for task in finished:
        task.checked_in_at, task.finished_at = spans[task.pk]
        task.finished_on = timezone.localdate(task.finished_at)
        task.finished_by_id = made[task.pk].inspector_id
    InspectionTask.objects.bulk_update(finished, TASK_FIELDS, batch_size=200)
    people = [{"inspectiontask_id": task.pk, "person_id": task.finished_by_id} for task in finished]
    insert_rows(InspectionTask.inspectors.through, people)
    lots_judge([task.pk for task in finished])
