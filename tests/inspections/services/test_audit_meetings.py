from datetime import datetime, timedelta

import pytest

from duban.inspections.domain.audits import Attendee, MeetingKind
from duban.inspections.models import Audit, AuditMeeting
from duban.inspections.services import audit_meeting_record
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from tests.factories.audits import CLOSED, OPENED, PEOPLE, ZONE, make_audit, meet
from tests.factories.inspections import make_line

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


@pytest.fixture
def audit(world):
    return make_audit(world.ours, make_line(world.ours))


def state(audit):
    return Audit.objects.get(pk=audit.pk).state


def test_the_meetings_carry_the_audit_on(audit, world):
    opening = meet(world.ours, audit, MeetingKind.OPENING)
    assert (opening.people, state(audit)) == (PEOPLE, "under_way")
    again = meet(world.ours, audit, MeetingKind.OPENING, minutes=" 改记 ")
    assert (again.pk, again.minutes, state(audit)) == (opening.pk, "改记", "under_way")
    meet(world.ours, audit, MeetingKind.CLOSING)
    assert state(audit) == "reporting"
    meet(world.ours, audit, MeetingKind.CLOSING, place="会议室")
    with pytest.raises(WrongState):
        meet(world.ours, audit, MeetingKind.OPENING)


def test_the_team_writes_and_nobody_else(actor, audit):
    values = {"held_at": OPENED, "place": "会议室", "attendees": PEOPLE, "minutes": "说明"}
    for role in ("quality_inspector", "estate_manager", "vendor_manager"):
        with pytest.raises(NotAllowed):
            audit_meeting_record(actor=actor(role), audit=audit, kind=MeetingKind.OPENING, **values)
    audit_meeting_record(actor=actor("auditor"), audit=audit, kind=MeetingKind.OPENING, **values)
    assert AuditMeeting.objects.count() == 1


def test_a_meeting_says_what_it_lacks(audit, world):
    with pytest.raises(WrongState):
        meet(world.ours, audit, MeetingKind.CLOSING)
    crowd = tuple(Attendee(f"甲{number}") for number in range(61))
    wrong = {
        "held_at": {"held_at": LATER},
        "attendees": {"attendees": PEOPLE[:1]},
        "place": {"place": " "},
        "minutes": {"minutes": ""},
    }
    for field, values in wrong.items():
        with pytest.raises(Invalid) as error:
            meet(world.ours, audit, MeetingKind.OPENING, **values)
        assert [problem.field for problem in error.value.errors] == [field]
    with pytest.raises(Invalid):
        meet(world.ours, audit, MeetingKind.OPENING, attendees=crowd)
    assert state(audit) == "planned"
    meet(world.ours, audit, MeetingKind.OPENING)
    with pytest.raises(Invalid):
        meet(world.ours, audit, MeetingKind.CLOSING, held_at=OPENED - timedelta(hours=1))
    meet(world.ours, audit, MeetingKind.CLOSING, held_at=CLOSED)
