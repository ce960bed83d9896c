"""Rights over scoring, and the rules that know state and separation of duties."""

from enum import StrEnum

from duban.kernel.actor import Actor
from duban.scorecards.models import Card, CardAppeal


class Right(StrEnum):
    """Codes of this app; who holds them stands in `project/rights.py`."""

    VIEW = "scorecards.view"
    EDIT = "scorecards.edit"
    CLOSE = "scorecards.close"
    PUBLISH = "scorecards.publish"
    CONFIRM = "scorecards.confirm"
    APPEAL = "scorecards.appeal"
    DECIDE_APPEAL = "scorecards.decide_appeal"
    RATE = "scorecards.rate"
    CONFIRM_GRADE = "scorecards.confirm_grade"


def _holds(actor: Actor, right: Right, record: Card | CardAppeal) -> bool:
    return any(actor.can(right, path) for path in record.permission_paths())


def can_appeal(actor: Actor, card: Card) -> bool:
    """The vendor, while the card waits or is already under appeal."""
    return card.state in {"published", "appealed"} and _holds(actor, Right.APPEAL, card)


def is_own_card(actor: Actor, card: Card) -> bool:
    """Whether the actor published the card; such a person may not decide the appeal against it."""
    return actor.person_id is not None and actor.person_id == card.published_by_id


def can_decide(actor: Actor, appeal: CardAppeal) -> bool:
    """Somebody with the right who neither published the card nor raised the appeal."""
    return (
        appeal.state == "open"
        and _holds(actor, Right.DECIDE_APPEAL, appeal)
        and not is_own_card(actor, appeal.card)
        and (appeal.raised_by_id is None or actor.person_id != appeal.raised_by_id)
    )
