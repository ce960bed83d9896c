"""What happened to a card, from its audit trail."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from duban.kernel.actor import Actor
from duban.platform.audit.selectors import history
from duban.platform.ui.components import TimelineEntry
from duban.scorecards.models import Card

HAPPENED: Mapping[str, str] = {
    "publish": gettext_noop("published the card"),
    "withdraw": gettext_noop("took the card back to draft"),
    "confirm": gettext_noop("confirmed the score"),
    "lapse": gettext_noop("the window passed in silence: confirmed"),
    "appeal": gettext_noop("appealed"),
    "uphold": gettext_noop("upheld an appeal; a revision replaces the card"),
    "reject": gettext_noop("rejected the appeal; the card is final"),
    "issue": gettext_noop("issued the revision"),
    "finalise": gettext_noop("made the card final"),
    "message": gettext_noop("wrote a message"),
}
FOR_VENDORS = frozenset(HAPPENED) - {"withdraw", "message"}
NEWEST = 30


def timeline_of(actor: Actor, card: Card) -> list[TimelineEntry]:
    """Newest first; a vendor reads only what passed between both sides. Ends with the card being made."""
    shown = FOR_VENDORS if actor.is_vendor else frozenset(HAPPENED)
    entries = [
        TimelineEntry(at=row.at, actor=row.actor_name, text=_text(row.action, row.reason))
        for row in history(card).filter(action__in=shown)[:NEWEST]
    ]
    return [*entries, TimelineEntry(at=card.created_at, text=_("card made from the evidence, trace kept"))]


def _text(action: str, reason: str) -> str:
    happened = _(HAPPENED[action])
    return f"{happened}: {reason}" if reason and action != "lapse" else happened
