"""The meetings of an audit: written down, and with them the audit goes on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.audits import MOST_ATTENDEES, Attendee, MeetingKind
from duban.inspections.models import Audit, AuditMeeting
from duban.inspections.permissions import can_work_on, require_outsider
from duban.inspections.selectors.audits import stored_subject, team_of
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.states import advance

STATES = {MeetingKind.OPENING: ("planned", "under_way"), MeetingKind.CLOSING: ("under_way", "reporting")}
"""State before the meeting, which the meeting ends, and the one in which its minutes may still be changed."""
MOVES = {MeetingKind.OPENING: "begin", MeetingKind.CLOSING: "conclude"}


@transaction.atomic
def audit_meeting_record(
    *,
    actor: Actor,
    audit: Audit,
    kind: MeetingKind,
    held_at: datetime,
    place: str,
    attendees: Sequence[Attendee],
    minutes: str,
) -> AuditMeeting:
    """Write down a meeting: the opening one begins the work on site, the closing one ends it.

    Until the next step its minutes may be written anew. Raises `NotAllowed` for whoever is not on the team, `WrongState`
    out of order, `Invalid` naming what is missing.
    """
    locked = Audit.objects.select_for_update(of=("self",)).select_related("programme__office").get(pk=audit.pk)
    if not can_work_on(actor, locked, team_of(locked)):
        raise NotAllowed
    require_outsider(actor, stored_subject(locked))
    if locked.state not in STATES[kind]:
        raise WrongState(mark("This meeting does not belong here: first the opening, then the closing, then the report."))
    problems = tuple(_problems(locked, kind, held_at, attendees, {"place": place, "minutes": minutes}))
    if problems:
        raise Invalid(errors=problems)
    known = AuditMeeting.objects.filter(audit=locked, kind=kind).select_related("audit__programme__office").first()
    meeting = known or AuditMeeting(audit=locked, kind=kind)
    with audited(actor=actor, record=meeting, action="edit" if known else "create"):
        meeting.held_at, meeting.place, meeting.minutes = held_at, place.strip()[:120], minutes.strip()[:4000]
        meeting.attendees = [[row.name, row.function, row.organisation] for row in attendees]
        meeting.save()
    if locked.state == STATES[kind][0]:
        advance(locked, MOVES[kind], actor=system_actor(locked.audit_scope()))
    return meeting


def _problems(
    audit: Audit, kind: MeetingKind, held_at: datetime, attendees: Sequence[Attendee], texts: dict[str, str]
) -> Iterator[FieldError]:
    if held_at > timezone.now():
        yield FieldError("held_at", mark("A meeting is written down after it was held."))
    opening = AuditMeeting.objects.filter(audit=audit, kind=MeetingKind.OPENING).first()
    if kind is MeetingKind.CLOSING and opening is not None and held_at <= opening.held_at:
        yield FieldError("held_at", mark("The closing meeting comes after the opening one."))
    if len(attendees) < len({"team", "audited"}):
        yield FieldError("attendees", mark("Name who came: somebody of the team and somebody of the audited side."))
    if len(attendees) > MOST_ATTENDEES:
        yield FieldError("attendees", mark("At most {most} people."), {"most": MOST_ATTENDEES})
    if not texts["place"].strip():
        yield FieldError("place", mark("Say where the meeting was held."))
    if not texts["minutes"].strip():
        yield FieldError("minutes", mark("Say what was agreed."))
