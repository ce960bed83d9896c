from datetime import UTC, date, datetime, timedelta

import pytest

from duban.estates.models import PlaceKind
from duban.inspections.domain.sampling import choose, rank
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Finding, InspectionPlan, InspectionTask, LotVerdict, UncountedResult, Visit
from duban.inspections.selectors import metric_facts, occurrences
from duban.inspections.selectors.lots import standings_of
from duban.inspections.services import correct_result, lots_judge, task_finish, tasks_make
from duban.inspections.services.trust import recount_results
from duban.platform.audit.models import AuditEntry
from duban.platform.trust.services import reviews_decide
from duban.scorecards.models import DirtyPair
from tests.factories.estates import PlaceFactory
from tests.factories.inspections import make_line, make_plan, make_result, make_task
from tests.factories.trust import make_mark, make_review

TODAY = date(2026, 11, 23)
CLASSES = {
    "major": {"aql": "2.5", "n": 3, "ac": 0, "re": 1, "letter": "B", "severity": "normal", "tighter_ac": None},
    "minor": {"aql": "6.5", "n": 5, "ac": 1, "re": 2, "letter": "C", "severity": "normal", "tighter_ac": None},
}


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def floors(world):
    return [PlaceFactory(estate=world.ours.estate, kind=PlaceKind.FLOOR) for _ in range(36)]


@pytest.fixture
def plan(world):
    return make_plan(world.ours, place_kind="floor", sampling="aql", planned_until=TODAY)


def lot(line, plan, floors, *, faults=(), day=date(2026, 10, 5), severity="normal", state="done", places=5):
    """A drawn task of five places that was made; `faults` are (position in the draw, severity)."""
    keys = choose([floor.pk for floor in floors], places, 7)
    classes = {name: {**kept, "severity": severity} for name, kept in CLASSES.items()}
    sampling = {"mode": "aql", "lot": len(floors), "n": places, "level": "II", "classes": classes}
    task = make_task(
        line,
        day=day,
        plan=plan,
        seed=7,
        sampling=sampling,
        state=state,
        finished_on=day,
        finished_at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
        places=keys,
    )
    visit = Visit.objects.create(line=line, task=task, day=day)
    order, bad = rank(keys, 7), dict(faults)
    for position, place in enumerate(order):
        verdict = Verdict.FAIL if position in bad else Verdict.PASS
        severity_of = bad.get(position, Grade.MINOR)
        make_result(line, day=day, verdict=verdict, severity=severity_of, place_id=place, visit=visit)
    return task


def test_a_lot_is_judged_class_by_class_with_a_fact_and_an_occurrence(line, plan, floors):
    good = lot(line, plan, floors, faults=[(4, Grade.MINOR)])
    bad = lot(line, plan, floors, faults=[(2, Grade.MAJOR)], day=date(2026, 10, 12))
    assert lots_judge([good.pk, bad.pk]) == 2
    assert lots_judge([good.pk, bad.pk]) == 0
    assert (good.lot.is_accepted, bad.lot.is_accepted) == (True, False)
    assert {name: kept["faulty"] for name, kept in bad.lot.classes.items()} == {"critical": 0, "major": 1, "minor": 0}
    assert str(bad.lot) == f"lot of {bad.pk}"
    days = set(DirtyPair.objects.values_list("line_id", "day"))
    assert {(line.pk, date(2026, 10, 5)), (line.pk, date(2026, 10, 12))} <= days
    facts = [row for queryset in metric_facts([line.pk], date(2026, 10, 1), date(2026, 10, 31)) for row in queryset]
    assert {row[2:] for row in facts if row[0] == "inspections.lots_accepted"} == {
        (date(2026, 10, 5), 1, 1),
        (date(2026, 10, 12), 0, 1),
    }
    found = [one for one in occurrences([line.pk], date(2026, 10, 1), date(2026, 10, 31)) if one.kind == "rejected_lot"]
    assert [(one.code, one.on, one.severity, one.label) for one in found] == [
        (f"{bad.code}/lot", date(2026, 10, 12), "major", plan.name)
    ]


def test_what_was_not_drawn_or_not_made_is_not_judged(line, plan, floors):
    assert lots_judge([make_task(line, state="done").pk, lot(line, plan, floors, state="started").pk]) == 0
    assert not LotVerdict.objects.exists()


def test_a_lot_stays_open_while_places_are_missing_and_the_end_of_a_task_judges_it(line, plan, floors, actor):
    task = lot(line, plan, floors, state="started", places=5)
    CheckResult.objects.filter(visit__task=task).latest("pk").delete()
    CheckResult.objects.filter(visit__task=task).latest("pk").delete()
    task_finish(actor=actor("quality_inspector"), task=task)
    task.refresh_from_db()
    assert task.lot.is_accepted is None
    assert task.lot.classes["minor"]["inspected"] == 3


def test_a_corrected_result_is_judged_anew(line, plan, floors, actor):
    task = lot(line, plan, floors, faults=[(0, Grade.MAJOR)])
    lots_judge([task.pk])
    failed = CheckResult.objects.get(verdict=Verdict.FAIL)
    Finding.objects.create(check_result=failed, line=line, item=failed.item, severity=1, found_on=failed.day)
    correct_result(actor=actor("quality_manager"), result=failed, verdict=Verdict.PASS, severity=Grade.MINOR, reason="拍错楼层")
    assert LotVerdict.objects.get().is_accepted is True


def test_two_failed_lots_tighten_the_rounds_to_come_at_once(line, plan, floors):
    assert tasks_make() == 2
    first, _second = InspectionTask.objects.filter(state="planned").order_by("planned_on")
    assert first.sampling["classes"]["major"]["n"] == 5
    for day in (5, 12):
        task = lot(line, plan, floors, faults=[(0, Grade.MAJOR)], day=date(2026, 10, day))
        lots_judge([task.pk])
    first.refresh_from_db()
    major = first.sampling["classes"]["major"]
    assert (major["severity"], major["n"], major["ac"]) == ("tightened", 8, 0)
    assert major["why"]["inputs"] == {"fails": "2", "lots": "2", "code": task.code}
    assert first.sampling["classes"]["minor"]["severity"] == "normal"
    assert set(first.places.values_list("pk", flat=True)) == set(choose([floor.pk for floor in floors], 8, first.seed))
    assert AuditEntry.objects.filter(action="draw_stricter").count() == 2
    tasks_make(today=TODAY + timedelta(days=7))
    newest = InspectionTask.objects.filter(state="planned").latest("planned_on")
    assert newest.sampling["classes"]["major"]["severity"] == "tightened"


def test_easier_inspection_waits_for_the_next_draw(line, plan, floors):
    tasks_make()
    InspectionPlan.objects.update(reduced_allowed=True)
    for number in range(15):
        lots_judge([lot(line, plan, floors, day=date(2026, 7, 1) + timedelta(days=number)).pk])
    assert standings_of([plan.pk], TODAY)[plan.pk, line.pk]["major"].severity == "reduced"
    kept = {task.sampling["classes"]["major"]["severity"] for task in InspectionTask.objects.filter(state="planned")}
    assert kept == {"normal"}
    tasks_make(today=TODAY + timedelta(days=7))
    newest = InspectionTask.objects.filter(state="planned").latest("planned_on")
    assert newest.sampling["classes"]["major"]["severity"] == "reduced"


def test_a_drawn_round_without_plan_is_judged_and_tightens_nothing(line, plan, floors):
    task = lot(line, None, floors, faults=[(0, Grade.CRITICAL)])
    assert lots_judge([task.pk]) == 1
    assert task.lot.is_accepted is False


def test_the_number_of_statements_does_not_grow_with_lots(line, plan, floors, django_assert_max_num_queries):
    tasks = [lot(line, plan, floors, day=date(2026, 10, day)).pk for day in range(1, 9)]
    with django_assert_max_num_queries(12):
        lots_judge(tasks)


def test_a_doubted_fault_leaves_its_place_open_until_somebody_decides(line, plan, floors, world, actor):
    task = lot(line, plan, floors, faults=[(2, Grade.MAJOR)])
    fault = CheckResult.objects.get(verdict=Verdict.FAIL)
    mark = make_mark(world.ours, record=fault.code, grade="D")
    review = make_review(world.ours, mark, counts_score=False, score_floor="B", money_floor="B", grade="D")
    recount_results([fault.pk])
    assert (LotVerdict.objects.get().is_accepted, UncountedResult.objects.count()) == (None, 1)
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="现场核实")
    assert LotVerdict.objects.get(task=task).is_accepted is False
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="refuse", note="查实作假")
    assert LotVerdict.objects.get().is_accepted is None
