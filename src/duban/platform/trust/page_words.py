"""Facts and buttons of the review of doubtful records."""

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.trust.models import PhotoPrint
from duban.platform.trust.selectors import ReviewPage
from duban.platform.trust.words import grade_badge, kind_label, page_url
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Fact, actions_of

PRIMARY = "accept"


def review_actions(actor: Actor, page: ReviewPage) -> list[Action]:
    """The decisions that are open to this person; nobody decides over the own records."""
    code = page.review.code
    if page.is_own:
        return []
    return actions_of(allowed_moves(page.review, actor), lambda move: reverse("trust:move", args=[code, move]), primary=PRIMARY)


def review_facts(page: ReviewPage) -> list[Fact]:
    """What the record is, who made it, and what was decided."""
    review, mark = page.review, page.mark
    found = [
        Fact(_("Kind"), kind_label(review.kind)),
        Fact(_("Record"), review.record, url=page_url(review.page, review.record)),
        Fact(_("Where"), review.about),
        Fact(_("Recorded by"), page.person),
        Fact(_("Recorded at"), formatting.minute(review.captured_at)),
        Fact(_("Phone"), mark.device[:8], hint=_("The first signs of the number that the phone gave itself.")),
        Fact(_("Position"), f"{mark.latitude}, {mark.longitude}" if mark.latitude is not None else _("none")),
        Fact(_("Trust"), grade_badge(review.grade).label),
        Fact(_("Points of doubt"), str(review.weight)),
        Fact(_("Decided by"), str(getattr(review.decided_by, "name", "") or "")),
        Fact(_("Decided at"), formatting.minute(review.decided_at) if review.decided_at else ""),
        Fact(_("Note"), review.note),
    ]
    return [fact for fact in found if fact.value]


def print_facts(page: ReviewPage) -> list[Fact]:
    """What the server read inside the photos, those first that tell anything."""
    told = [_inside(one) for one in page.prints]
    return [Fact(_("Photo %(number)d") % {"number": number}, words) for number, words in enumerate(filter(None, told), 1)]


def _inside(one: PhotoPrint) -> str:
    parts = (
        formatting.minute(one.taken_at) if one.taken_at else "",
        f"{one.latitude}, {one.longitude}" if one.latitude is not None else "",
        one.camera,
        _("saved by picture editing software") if one.is_edited else "",
    )
    return " · ".join(part for part in parts if part)


def twin_facts(page: ReviewPage) -> list[Fact]:
    """The earlier record that one of the photos repeats."""
    twin = page.twin
    if twin is None:
        return []
    return [
        Fact(_("Kind"), kind_label(twin.kind)),
        Fact(_("Record"), twin.record, url=page_url(twin.ground.get("page", ""), twin.record)),
        Fact(_("Where"), twin.ground.get("about") or twin.tag or "–"),
        Fact(_("Recorded at"), formatting.minute(twin.captured_at)),
    ]


def bulk_title(move: str) -> str:
    """What is about to be decided of several records."""
    return _("Let them count") if move == PRIMARY else _("Do not count them")
