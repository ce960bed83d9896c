from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.attendance.domain.rows import SlotRow, SlotsRecorded
from duban.attendance.domain.slots import Ground, SlotState
from duban.attendance.models import Slot
from duban.attendance.services import decide_slot, record_slots
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.kernel.metrics import EvidenceChanged
from tests.factories.attendance import make_post, make_slot
from tests.factories.inspections import make_line

DAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def announced(monkeypatch):
    events = []
    monkeypatch.setattr("duban.attendance.services.slots.announce", events.append)
    return events


def test_slots_are_created_changed_and_left_alone(actor, line, post, announced):
    manager = actor("quality_manager")
    row = SlotRow(line.pk, post.pk, DAY, SlotState.PRESENT)
    assert record_slots(actor=manager, rows=[row]) == SlotsRecorded(1, 0, 0)
    assert record_slots(actor=manager, rows=[row]) == SlotsRecorded(0, 0, 1)
    assert record_slots(actor=manager, rows=[SlotRow(line.pk, post.pk, DAY, SlotState.VACANT)]) == SlotsRecorded(0, 1, 0)
    assert Slot.objects.get().state == "vacant"
    assert announced == [EvidenceChanged("attendance", ((line.pk, DAY),))] * 2


def test_a_decision_outlives_a_second_delivery(actor, line, post):
    slot = make_slot(line, post, DAY, "review")
    decide_slot(actor=actor("estate_manager"), slot=slot, move="accept", note="监控可见")
    record_slots(actor=actor("quality_manager"), rows=[SlotRow(line.pk, post.pk, DAY, SlotState.VACANT, late_minutes=5)])
    slot.refresh_from_db()
    assert (slot.state, slot.ground, slot.late_minutes) == ("present", Ground.DECIDED, 5)


def test_deciding_needs_a_reason_a_right_and_a_state(actor, line, post):
    slot = make_slot(line, post, DAY, "review")
    with pytest.raises(Invalid):
        decide_slot(actor=actor("quality_manager"), slot=slot, move="reject", note=" ")
    for role in ("vendor_manager", "finance"):
        with pytest.raises(NotAllowed):
            decide_slot(actor=actor(role), slot=slot, move="accept", note="在岗")
    with pytest.raises(WrongState):
        decide_slot(actor=actor("quality_manager"), slot=slot, move="question", note="再看")
    slot.refresh_from_db()
    assert slot.state == "review"


def test_rows_of_others_are_refused(actor, world, line, post):
    elsewhere = make_post(world.ours.estate_two, "西门岗")
    rows = [
        SlotRow(line.pk, elsewhere.pk, DAY, SlotState.PRESENT),
        SlotRow(line.pk, post.pk, date(2027, 1, 1), SlotState.PRESENT),
    ]
    with pytest.raises(Invalid) as refused:
        record_slots(actor=actor("quality_manager"), rows=rows)
    assert [error.field for error in refused.value.errors] == ["rows.0.post", "rows.1.day"]
    good = [SlotRow(line.pk, post.pk, DAY, SlotState.PRESENT)]
    with pytest.raises(NotFound):
        record_slots(actor=actor("their quality_manager"), rows=good)
    with pytest.raises(NotAllowed):
        record_slots(actor=actor("vendor_manager"), rows=good)
    assert record_slots(actor=actor("quality_manager"), rows=[]) == SlotsRecorded(0, 0, 0)
    assert Slot.objects.count() == 0


def test_recording_costs_no_statement_per_row(actor, line, post):
    manager = actor("quality_manager")
    costs = []
    for month, days in ((3, 1), (2, 28)):
        rows = [SlotRow(line.pk, post.pk, date(2026, month, day + 1), SlotState.PRESENT) for day in range(days)]
        with CaptureQueriesContext(connection) as captured:
            record_slots(actor=manager, rows=rows)
        costs.append(len(captured))
    assert costs[0] == costs[1]
