"""What the page of a complaint says, in the reader's language."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.complaints.domain.clock import ClockFace
from duban.complaints.domain.states import COMPLAINT_STATES
from duban.complaints.forms import PromiseForm, ReplyForm, RouteForm, ValidityForm
from duban.complaints.models import Complaint
from duban.complaints.selectors import ComplaintPage
from duban.complaints.tables import category_words, validity_badge
from duban.contracts.selectors.options import chain_url, line_label, service_words
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Fact, actions_of, badge_of

HOUR, MINUTE = 3600, 60


@dataclass(frozen=True)
class ClockBar:
    """The clock as a bar: how full, which tone, which words."""

    share: float
    tone: str
    words: str
    due: str


def detail_context(actor: Actor, page: ComplaintPage) -> dict[str, Any]:
    """Everything the template places."""
    complaint = page.complaint
    moves = {move.name for move in allowed_moves(complaint, actor)}
    return {
        "page": page,
        "state": badge_of(COMPLAINT_STATES, complaint.state),
        "validity": validity_badge(complaint),
        "title": category_words(complaint.category),
        "subtitle": " · ".join(part for part in (complaint.code, complaint.estate.name, complaint.place_name) if part),
        "actions": _actions(actor, page),
        "facts": _facts(page),
        "clock": _clock(page.clock, is_answered=complaint.first_reply_at is not None) if page.clock else None,
        "chain_url": chain_url(complaint.line, complaint.day, "evidence") if complaint.line else "",
        "route_form": RouteForm(complaint) if "route" in moves else None,
        "reply_form": ReplyForm() if "reply" in moves else None,
        "validity_form": ValidityForm() if page.can_validate else None,
        "promise_form": PromiseForm() if page.can_edit and complaint.first_reply_at is None else None,
    }


def _actions(actor: Actor, page: ComplaintPage) -> list[Action]:
    complaint = page.complaint
    plain = [move for move in allowed_moves(complaint, actor) if move.name in {"close", "dismiss", "reopen"}]
    actions = actions_of(plain, lambda move: reverse("complaints:move", args=[complaint.code, move]), primary="close")
    if page.can_edit and complaint.first_reply_at is None:
        actions.append(_clock_action(complaint, is_paused=any(pause.until_at is None for pause in page.pauses)))
    return actions


def _clock_action(complaint: Complaint, *, is_paused: bool) -> Action:
    if is_paused:
        return Action(_("Let the clock run"), reverse("complaints:resume", args=[complaint.code]))
    return Action(_("Stop the clock"), reverse("complaints:pause", args=[complaint.code]), needs_note=True)


def _facts(page: ComplaintPage) -> list[Fact]:
    complaint = page.complaint
    found = [
        Fact(_("Estate"), complaint.estate.name),
        Fact(_("Service line"), service_words(complaint.service_line)),
        Fact(_("Contract line"), line_label(complaint.line) if complaint.line else _("not routed yet")),
        Fact(_("Channel"), str(complaint.get_channel_display())),
        Fact(_("Received at"), formatting.minute(complaint.received_at)),
        Fact(_("Own promise"), formatting.minute(complaint.due_at) if complaint.due_at else _("unknown")),
        Fact(_("Agreed with the owner"), _minute(complaint.renegotiated_due_at), hint=_("Not what is measured")),
        Fact(_("First answer"), _minute(complaint.first_reply_at)),
        Fact(_("Complainant"), page.reporter),
        Fact(_("Contact"), page.contact),
        Fact(_("Reason of the check"), complaint.validity_reason),
        Fact(_("Number in the other system"), complaint.external_number),
    ]
    return [fact for fact in found if fact.value]


def _minute(moment: Any) -> str:
    return formatting.minute(moment) if moment else ""


def _clock(face: ClockFace, *, is_answered: bool) -> ClockBar:
    due = formatting.minute(face.due_at)
    if face.is_breached:
        return ClockBar(1.0, "bad", _("%(time)s too late") % {"time": _span(-face.left)}, due)
    if is_answered:
        return ClockBar(
            min(face.share, 1.0), "good", _("answered %(time)s before the deadline") % {"time": _span(face.left)}, due
        )
    words = _("stands still, %(time)s left") if face.is_paused else _("%(time)s left")
    tone = "warning" if face.share > 0.8 else "good"  # noqa: PLR2004 - the last fifth of the time
    return ClockBar(min(face.share, 1.0), tone, words % {"time": _span(face.left)}, due)


def _span(left: timedelta) -> str:
    seconds = int(left.total_seconds())
    if left.days:
        return _("%(days)d d %(hours)d h") % {"days": left.days, "hours": left.seconds // HOUR}
    return _("%(hours)d h %(minutes)d min") % {"hours": seconds // HOUR, "minutes": seconds % HOUR // MINUTE}
