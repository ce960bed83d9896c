from datetime import date, timedelta

import pytest
from django.utils import timezone

from duban.attendance.models import LineRules, Slot
from duban.attendance.services.settling import slots_settle
from duban.attendance.services.slots import decide_slot
from duban.kernel.actor import system_actor
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_worker, moment
from tests.factories.inspections import make_line

MONDAY, SUNDAY = date(2026, 10, 5), date(2026, 10, 11)
SYSTEM = system_actor("/")
AFTER = moment(date(2026, 10, 12), 12)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


@pytest.fixture
def roster(line, post, worker):
    roster = make_roster(line)
    make_assignment(roster, post, MONDAY, worker)
    return roster


def settled(now=AFTER):
    return slots_settle(actor=SYSTEM, start=MONDAY, end=SUNDAY, now=now)


def test_roster_and_punches_make_the_slot(line, post, worker, roster):
    make_punch(line, post, worker, moment(MONDAY, 8, 20))
    make_punch(line, post, worker, moment(MONDAY, 16, 3), "out")
    assert settled().created == 7
    slot = Slot.objects.get(day=MONDAY)
    assert (slot.state, slot.ground, slot.late_minutes, slot.planned_hours) == ("present", "rostered", 20, 8)
    assert (slot.rostered_name, slot.actual_name) == ("王小明", "王小明")
    assert timezone.localtime(slot.checkout_at) == moment(MONDAY, 16, 3)
    again = settled()
    assert (again.created, again.changed, again.unchanged) == (0, 0, 7)


def test_a_stand_in_of_the_same_crew_counts_and_one_of_another_post_is_looked_at(world, line, post, roster):
    mate, stranger = make_worker(world.ours.vendor, "李四"), make_worker(world.ours.vendor, "赵六")
    make_assignment(roster, post, MONDAY + timedelta(days=1), mate)
    make_assignment(roster, post, MONDAY + timedelta(days=2), mate)
    make_punch(line, post, mate, moment(MONDAY, 8))
    make_punch(line, post, stranger, moment(MONDAY + timedelta(days=2), 8))
    settled()
    found = Slot.objects.filter(day__lte=MONDAY + timedelta(days=2)).order_by("day")
    assert [(slot.state, slot.ground) for slot in found] == [
        ("present", "substitute"),
        ("vacant", "nobody_at_all"),
        ("review", "other_post"),
    ]


def test_a_slot_waits_until_its_limit_of_lateness_is_over(line, post, roster):
    assert settled(now=moment(MONDAY, 8, 59)).created == 0
    assert settled(now=moment(MONDAY, 9, 0)).created == 1
    LineRules.objects.create(line=line, absent_after_minutes=30)
    assert settled(now=moment(MONDAY + timedelta(days=1), 8, 30)).created == 1


def test_a_manual_decision_is_kept(world, line, post, worker, roster):
    settled()
    decide_slot(actor=world.actor("quality_manager"), slot=Slot.objects.get(day=MONDAY), move="accept", note="监控可见在岗")
    make_punch(line, post, worker, moment(MONDAY, 9, 30))
    settled()
    slot = Slot.objects.get(day=MONDAY)
    assert (slot.state, slot.ground, slot.note) == ("present", "decided", "监控可见在岗")
    assert slot.actual_name == "王小明"


def test_drafts_and_days_out_of_term_make_no_slots(line, post, worker):
    make_assignment(make_roster(line, state="draft"), post, MONDAY, worker)
    assert settled().created == 0
    make_roster(line, date(2026, 12, 28))
    done = slots_settle(actor=SYSTEM, start=date(2026, 12, 28), end=date(2027, 1, 3), now=moment(date(2027, 1, 9), 8))
    assert done.created == 4


def test_the_cost_does_not_grow_with_the_slots(world, line, post, roster, django_assert_max_num_queries):
    for number in range(5):
        make_assignment(roster, make_post(world.ours.estate, f"岗{number}"), MONDAY, make_worker(world.ours.vendor))
    with django_assert_max_num_queries(14):
        settled()
    assert Slot.objects.count() == 42
