from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from duban.complaints.domain.events import ComplaintReopened, ComplaintRouted
from duban.complaints.domain.intake import ComplaintInput
from duban.complaints.models import Complaint
from duban.complaints.services import (
    complaint_move,
    complaint_pause,
    complaint_receive,
    complaint_renegotiate,
    complaint_reply,
    complaint_resume,
    complaint_route,
    complaint_validate,
    complaints_announce_overdue,
)
from duban.complaints.services.clocks import promise
from duban.complaints.services.notices import tell_reopened, tell_routed
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.kernel.metrics import EvidenceChanged
from duban.platform.notices.models import Notice
from tests.factories.complaints import SHANGHAI, make_complaint
from tests.factories.inspections import make_line


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def announced(monkeypatch):
    events = []
    for module in ("clocks", "intake", "moves"):
        monkeypatch.setattr(f"duban.complaints.services.{module}.announce", events.append)
    return events


def entry(world, **more):
    values = {
        "estate_id": world.ours.estate.pk,
        "category": "cleanliness",
        "channel": "phone",
        "text": "楼道有垃圾",
        "received_at": datetime(2026, 11, 20, 23, 30, tzinfo=SHANGHAI),
        "reporter_name": "陈先生",
        "reporter_contact": "13800000000",
    }
    return ComplaintInput(**{**values, **more})


def test_receiving_starts_the_clock_and_seals_the_contact(actor, world, line):
    complaint = complaint_receive(actor=actor("service_desk"), entry=entry(world, line_id=line.pk))
    assert (complaint.code, complaint.service_line, str(complaint.day)) == ("CP-2026-0001", "cleaning", "2026-11-20")
    assert complaint.due_at == datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert "13800000000" not in complaint.reporter_contact_sealed
    complaint.refresh_from_db()
    assert (complaint.state, complaint.line_id) == ("routed", line.pk)


def test_the_same_external_number_is_one_complaint(actor, world):
    first = complaint_receive(actor=actor("service_desk"), entry=entry(world, external_number="12345-9"))
    assert complaint_receive(actor=actor("service_desk"), entry=entry(world, external_number="12345-9")) == first
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "changes", "refusal"),
    [
        ("finance", {}, NotAllowed),
        ("vendor_manager", {}, NotFound),
        ("their service_desk", {}, NotFound),
        ("service_desk", {"category": "nonsense"}, Invalid),
        ("service_desk", {"received_at": datetime(2026, 11, 24, tzinfo=SHANGHAI)}, Invalid),
    ],
)
def test_what_is_refused_leaves_nothing(actor, world, role, changes, refusal):
    role = "their group_admin" if role.startswith("their") else role
    with pytest.raises(refusal):
        complaint_receive(actor=actor(role), entry=entry(world, **changes))
    assert Complaint.objects.count() == 0


def test_routing_again_measures_both_lines(actor, world, line, announced):
    other = make_line(world.ours, service_line="security")
    complaint = make_complaint(line)
    moved = complaint_route(actor=actor("service_desk"), complaint=complaint, line=other)
    assert (moved.line, moved.service_line) == (other, "security")
    assert announced[0] == EvidenceChanged("complaints", ((line.pk, complaint.day), (other.pk, complaint.day)))
    elsewhere = make_line(world.ours, estate=world.ours.estate_two)
    with pytest.raises(Invalid):
        complaint_route(actor=actor("service_desk"), complaint=complaint, line=elsewhere)


def test_the_vendor_answers_the_desk_closes(actor, line):
    complaint = make_complaint(line)
    replied = complaint_reply(actor=actor("vendor_manager"), complaint=complaint, text="已清理")
    first = replied.first_reply_at
    assert (replied.state, complaint.replies.count()) == ("replied", 1)
    assert complaint_reply(actor=actor("service_desk"), complaint=complaint, text="再次说明").first_reply_at == first
    with pytest.raises(NotAllowed):
        complaint_move(actor=actor("vendor_manager"), complaint=complaint, move="close")
    closed = complaint_move(actor=actor("service_desk"), complaint=complaint, move="close")
    assert (closed.state, closed.closed_at is None) == ("closed", False)
    reopened = complaint_move(actor=actor("service_desk"), complaint=complaint, move="reopen", note="业主不满意")
    assert (reopened.state, reopened.closed_at) == ("reopened", None)
    with pytest.raises(WrongState):
        complaint_move(actor=actor("service_desk"), complaint=complaint, move="close")
    with pytest.raises(Invalid):
        complaint_move(actor=actor("service_desk"), complaint=complaint, move="route")


def test_a_check_needs_a_reason_and_a_right(actor, line, announced):
    complaint = make_complaint(line)
    with pytest.raises(NotAllowed):
        complaint_validate(actor=actor("vendor_manager"), complaint=complaint, is_valid=False, reason="不属实")
    with pytest.raises(Invalid):
        complaint_validate(actor=actor("service_desk"), complaint=complaint, is_valid=True, reason="")
    assert (
        complaint_validate(actor=actor("service_desk"), complaint=complaint, is_valid=True, reason="现场属实").validity
        == "valid"
    )
    assert announced == [EvidenceChanged("complaints", ((line.pk, complaint.day),))]


def test_a_pause_moves_the_promise_back(actor, world):
    desk = actor("service_desk")
    received = timezone.now() - timedelta(minutes=10)
    complaint = complaint_receive(actor=desk, entry=entry(world, category="water", received_at=received))
    complaint_pause(actor=desk, complaint=complaint, reason="等业主开门")
    with pytest.raises(WrongState):
        complaint_pause(actor=desk, complaint=complaint, reason="再停")
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        resumed = complaint_resume(actor=desk, complaint=complaint)
    late = resumed.due_at - complaint.due_at
    assert timedelta(minutes=59) < late < timedelta(minutes=61)
    with pytest.raises(WrongState):
        complaint_resume(actor=desk, complaint=complaint)
    with pytest.raises(NotAllowed):
        complaint_pause(actor=actor("finance"), complaint=complaint, reason="停")
    with pytest.raises(Invalid):
        complaint_pause(actor=desk, complaint=complaint, reason="")


def test_another_time_agreed_leaves_our_own_promise(actor, line):
    due = timezone.now() + timedelta(days=1)
    complaint = make_complaint(line, due_at=due)
    with pytest.raises(Invalid):
        complaint_renegotiate(actor=actor("service_desk"), complaint=complaint, until=due - timedelta(hours=1), reason="约定")
    later = complaint_renegotiate(
        actor=actor("service_desk"), complaint=complaint, until=due + timedelta(days=2), reason="业主出差"
    )
    assert (later.due_at, later.renegotiated_due_at) == (due, due + timedelta(days=2))


def test_promises_that_run_out_make_their_day_dirty(line, announced):
    complaint = make_complaint(line, due_at=timezone.now() - timedelta(hours=1))
    make_complaint(line, due_at=timezone.now() + timedelta(hours=1))
    assert complaints_announce_overdue() == 1
    assert announced == [EvidenceChanged("complaints", ((line.pk, complaint.day),))]


def test_an_unknown_year_promises_nothing():
    assert promise("cleanliness", datetime(2031, 5, 1, 9, tzinfo=SHANGHAI)) is None


def test_a_line_out_of_sight_takes_no_complaint(actor, world, line):
    theirs = make_line(world.theirs)
    with pytest.raises(NotFound):
        complaint_receive(actor=actor("service_desk"), entry=entry(world, line_id=theirs.pk))
    assert Complaint.objects.count() == 0


def test_the_vendor_hears_of_what_waits_and_of_what_came_back(world, line):
    complaint = make_complaint(line)
    tell_routed(ComplaintRouted(complaint.code, line.pk))
    tell_reopened(ComplaintReopened(complaint.code, "仍有垃圾"))
    told = Notice.objects.filter(person=world.ours.person("vendor_manager")).order_by("pk")
    assert [notice.params["reason"] for notice in told] == ["", "仍有垃圾"]
    count = Notice.objects.count()
    unrouted = make_complaint(line, line=None, state="received")
    tell_routed(ComplaintRouted(unrouted.code, line.pk))
    tell_routed(ComplaintRouted("CP-0000-0000", line.pk))
    assert Notice.objects.count() == count
