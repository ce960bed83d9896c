"""What the page of a post's day says: how check-ins are measured, slots and check-ins, in the reader's language."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.attendance.domain.fences import REASON_LABELS, Verdict
from duban.attendance.domain.lacks import lack_words
from duban.attendance.domain.slots import masked
from duban.attendance.models import Punch, Slot
from duban.attendance.permissions import Code, can_punch, can_roster
from duban.attendance.selectors.days import PostDay
from duban.attendance.tables import shift_label, shift_words
from duban.attendance.views.words import slot_badge
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.platform.trust.words import reason_name
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact, Link
from duban.vendors.domain.certificates import CERTIFICATE_LABELS

DELAY = timedelta(minutes=5)


@dataclass(frozen=True)
class SlotRow:
    """One slot of the day; `url` is empty for whoever may not see it."""

    slot: Slot
    shift: str
    state: Badge
    rostered: str
    actual: str
    url: str


@dataclass(frozen=True)
class PunchWords:
    """One check-in or check-out: `distance` from the post, `reasons` why it is an exception, `delay` of its arrival."""

    punch: Punch
    shift: str
    who: str
    verdict: Badge
    distance: str
    reasons: str
    delay: str


def post_facts(page: PostDay) -> list[Fact]:
    """How check-ins are taken at this post."""
    post = page.post
    shifts = (f"{shift_label(one.shift)} {one.starts:%H:%M}–{one.ends_at(page.day):%H:%M}" for one in post.shifts)
    found = [
        Fact(_("Estate"), post.estate.name),
        Fact(_("Contract line"), line_label(page.line) if page.line else _("none runs on this day")),
        Fact(_("Shifts"), " · ".join(shifts)),
        Fact(_("Place with the code"), f"{post.place.name} {post.place.tag}" if post.place else ""),
        Fact(_("Position of check-ins"), post.get_fence_display()),
        Fact(_("Measured from"), _measured(page)),
    ]
    return [fact for fact in found if fact.value]


def slot_rows(actor: Actor, page: PostDay) -> list[SlotRow]:
    """The slots of the day; names are masked for everybody but their own vendor."""
    can_view = actor.can(Code.VIEW)
    return [
        SlotRow(
            slot,
            shift_words(slot),
            slot_badge(slot),
            _name(actor, page, slot.rostered_name),
            _name(actor, page, slot.actual_name),
            reverse("attendance:slot", args=[slot.code]) if can_view else "",
        )
        for slot in page.slots
    ]


def punch_rows(actor: Actor, page: PostDay) -> list[PunchWords]:
    """Check-ins and check-outs in the order in which they happened."""
    return [_punch(actor, page, punch) for punch in page.punches]


def post_actions(actor: Actor, page: PostDay) -> list[Action]:
    """Checking in; only people of the vendor have the button."""
    if page.line is None or not can_punch(actor, page.line):
        return []
    url = reverse("attendance:post_punch", args=[page.post.code])
    return [Action(_("Check in or out"), url, method="get", tone="primary", symbol="map-pin")]


def day_links(page: PostDay) -> list[Link]:
    """The day before, the day after, the list."""
    day = timedelta(days=1)
    return [
        Link(formatting.day(page.day - day), _day_url(page, page.day - day)),
        Link(formatting.day(page.day + day), _day_url(page, page.day + day)),
        Link(_("All posts"), reverse("attendance:posts")),
    ]


def _punch(actor: Actor, page: PostDay, punch: Punch) -> PunchWords:
    is_taken = punch.verdict == Verdict.TAKEN
    late = punch.received_at - punch.at
    return PunchWords(
        punch,
        shift_words(punch),
        _name(actor, page, punch.worker.name),
        Badge(punch.get_verdict_display(), "good" if is_taken else "warning"),
        "" if punch.distance is None else _("%(metres)d m") % {"metres": punch.distance},
        "; ".join([*(_reason(punch, reason) for reason in punch.reasons), *_doubts(actor, punch)]),
        _("arrived %(moment)s") % {"moment": formatting.minute(punch.received_at)} if late > DELAY else "",
    )


def _reason(punch: Punch, reason: str) -> str:
    """Why it is an exception; what somebody lacks names person, day and credential, masked as every refusal of the gate."""
    lack = lack_words(reason)
    if lack is None:
        return _(REASON_LABELS[reason])
    text, kind = lack
    who = f"{punch.worker.masked} {punch.worker.code}"
    return _(text).format(worker=who, day=formatting.day(punch.day), credential=_(CERTIFICATE_LABELS[kind]) if kind else "")


def _doubts(actor: Actor, punch: Punch) -> list[str]:
    """Why the trust in a punch is low; nobody at the vendor reads it."""
    return [] if actor.is_vendor else [reason_name(code) for code in punch.trust_reasons]


def _measured(page: PostDay) -> str:
    post, circle = page.post, page.circle
    if post.fence == "ignore":
        return ""
    if circle.centre is None:
        return _("nothing yet: neither the place nor the estate has a position; enter one on its page")
    place = post.place
    has_own = place is not None and place.latitude is not None and place.longitude is not None
    words = _("the place, %(metres)d m around it") if has_own else _("the middle of the estate, %(metres)d m around it")
    return words % {"metres": circle.radius}


def _name(actor: Actor, page: PostDay, name: str) -> str:
    return name if page.line and can_roster(actor, page.line) else masked(name)


def _day_url(page: PostDay, day: date) -> str:
    return f"{reverse('attendance:post', args=[page.post.code])}?day={day.isoformat()}"
