"""Who checked behind a card: the note that many of its checks come from inspectors marked as lenient or strict."""

from collections.abc import Mapping
from decimal import Decimal

from django.urls import reverse

from duban.inspections.selectors.calibration import lenient_share
from duban.kernel.actor import Actor
from duban.scorecards.models import Card

TEMPLATE = "scorecards/leniency_panel.html"


def leniency_panel(actor: Actor, card_code: str) -> tuple[str, Mapping[str, object]] | None:
    """Template and context of the note, or nothing: only for who compares inspectors, only where somebody is marked.

    It changes no score and no money. Four statements at most.
    """
    card = Card.objects.for_actor(actor).select_related("period").filter(code=card_code).first()
    if card is None:
        return None
    lenient, severe, total = lenient_share(actor, card.line_id, card.period.starts_on, card.period.ends_on)
    if not lenient and not severe:
        return None
    return TEMPLATE, {
        "lenient": Decimal(lenient) / total,
        "severe": Decimal(severe) / total,
        "url": reverse("inspections:calibration"),
    }
