"""What may be done with a card now, as buttons."""

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui.components import Action
from duban.scorecards.models import Card
from duban.scorecards.permissions import can_appeal

BUTTONS = ("publish", "withdraw", "confirm", "finalise")
PRIMARY = ("publish", "confirm", "finalise")


def actions_for(actor: Actor, card: Card) -> list[Action]:
    """Buttons in the order of the lifecycle; appeals and their decisions have pages of their own."""
    actions = [
        Action(
            label=_(move.label),
            url=reverse("scorecards:move", args=[card.code, move.name]),
            tone="primary" if move.name in PRIMARY else "default",
            needs_note=move.needs_note,
            confirm=_("Confirm this score? It can then no longer be appealed.") if move.name == "confirm" else "",
        )
        for move in allowed_moves(card, actor)
        if move.name in BUTTONS and not (move.name == "publish" and card.revision > 1)
    ]
    if can_appeal(actor, card):
        actions.append(Action(_("Appeal line by line"), reverse("scorecards:appeal", args=[card.code]), method="get"))
    return actions
