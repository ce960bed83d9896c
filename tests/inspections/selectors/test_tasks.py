from datetime import date

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import LotVerdict, Visit
from duban.inspections.selectors.tasks import inspectors_for, lot_of
from tests.factories.inspections import make_line, make_place, make_plan, make_result, make_task

DAY = date(2026, 11, 23)
CLASSES = {"major": {"aql": "2.5", "n": 2, "ac": 0, "re": 1, "severity": "tightened"}}


def drawn(world):
    line = make_line(world.ours)
    places = [make_place(line.estate, f"{number} 栋") for number in (1, 2)]
    task = make_task(line, sampling={"mode": "aql", "lot": 9, "n": 2, "classes": CLASSES}, seed=3, places=places)
    visit = Visit.objects.create(line=line, task=task, day=DAY)
    make_result(line, day=DAY, verdict=Verdict.PASS, place=places[0], visit=visit)
    return task


def test_a_round_that_was_not_drawn_has_no_lot(world):
    assert lot_of(make_task(make_line(world.ours))) is None


def test_a_lot_in_the_making_shows_what_was_seen_so_far(world):
    lot = lot_of(drawn(world))
    assert (lot.is_over, lot.is_accepted) == (False, None)
    assert lot.classes["major"] == {**CLASSES["major"], "inspected": 1, "faulty": 0, "is_accepted": None}


def test_a_judged_lot_shows_what_was_decided(world):
    task = drawn(world)
    kept = {"n": 2, "ac": 0, "re": 1, "inspected": 2, "faulty": 1, "is_accepted": False}
    LotVerdict.objects.create(
        task=task, line=task.line, day=DAY, is_accepted=False, classes={"major": kept}, judged_at="2026-11-23T10:00Z"
    )
    lot = lot_of(task)
    assert (lot.is_over, lot.is_accepted) == (True, False)
    assert lot.classes == {"major": {**CLASSES["major"], **kept}}


def test_a_plan_narrows_its_rounds_to_the_roles_it_names(world):
    line, people = make_line(world.ours), world.ours.people
    anybody = inspectors_for(make_task(line))
    assert {people["quality_inspector"].pk, people["quality_manager"].pk} <= anybody.keys()
    narrowed = make_task(line, day=date(2026, 11, 24), plan=make_plan(world.ours, roles=["quality_inspector"]))
    assert set(inspectors_for(narrowed)) == {people["quality_inspector"].pk}
