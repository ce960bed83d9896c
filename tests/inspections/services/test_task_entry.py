from datetime import date, datetime

import pytest

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.models import CheckResult, Visit
from duban.inspections.services import task_record
from duban.kernel.errors import Invalid, NotAllowed
from tests.factories.inspections import SHANGHAI, items_of, make_line, make_place, make_task

DAY = date(2026, 11, 23)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def entry(task, place=None, **more):
    lines = (VisitLine(items_of(task.line)[0].pk, Verdict.FAIL, place_id=place),)
    return VisitInput(day=DAY, task_id=task.pk, lines=lines, **more)


def test_the_first_entry_begins_the_task_and_the_last_ends_it(actor, line, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 9, tzinfo=SHANGHAI))
    places = [make_place(line.estate, "1 号楼"), make_place(line.estate, "2 号楼")]
    task = make_task(line, places=places)
    inspector = actor("quality_inspector")
    visit = task_record(actor=inspector, task=task, entry=entry(task, places[0].pk))
    task.refresh_from_db()
    assert (visit.task, task.state) == (task, "started")
    assert task.checked_in_at == datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
    task_record(actor=inspector, task=task, entry=entry(task, places[1].pk, note="好"), is_finished=True)
    task.refresh_from_db()
    assert (task.state, task.finished_on, task.note) == ("done", DAY, "好")
    assert CheckResult.objects.filter(visit__task=task).count() == 2


def test_places_of_others_and_tasks_that_are_over_take_nothing(actor, line):
    task = make_task(line, places=[make_place(line.estate, "1 号楼")])
    other = make_place(line.estate, "2 号楼")
    inspector = actor("quality_inspector")
    over = make_task(line, state="done")
    for wrong, given in ((task, entry(task, other.pk)), (task, entry(task)), (over, entry(over))):
        with pytest.raises(Invalid):
            task_record(actor=inspector, task=wrong, entry=given)
    task.refresh_from_db()
    assert task.state == "planned"
    assert not Visit.objects.exists()


def test_a_vendor_enters_nothing(actor, line):
    task = make_task(line)
    with pytest.raises(NotAllowed):
        task_record(actor=actor("vendor_manager"), task=task, entry=entry(task))
    assert not Visit.objects.exists()
