"""The facts that may cost money, as the statement sees them, and how rules pick them out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.settlement.domain.definition import Node

NO_POINTS = Decimal(0)


@dataclass(frozen=True)
class Fact:
    """One occurrence: identified for ever by `ref` (`app/code`), so that it can be charged only once.

    `quantity` is what the fact measures: hours of an absent slot, minutes of lateness, days of delay, places, people.
    `points` is what it took from the score of the card (0 if the scheme did not use it). `subject` is the person or post
    for daily caps. `penalty_points` count for point accounts that stand outside the score (T16).
    """

    ref: str
    kind: str
    key: str
    on: date
    quantity: Decimal = Decimal(1)
    points: Decimal = NO_POINTS
    penalty_points: Decimal = NO_POINTS
    severity: str = ""
    subject: str = ""
    label: str = ""
    is_repeat: bool = False


@dataclass(frozen=True)
class Match:
    """Which facts a rule takes; an empty tuple takes all.

    `keys` match whole or as the beginning up to a colon: `lobby` takes `lobby` and `lobby:glass`.
    """

    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()

    def takes(self, fact: Fact) -> bool:
        """Whether the rule concerns `fact`."""
        return (
            (not self.kinds or fact.kind in self.kinds)
            and (not self.severities or fact.severity in self.severities)
            and (not self.keys or any(fact.key == key or fact.key.startswith(f"{key}:") for key in self.keys))
        )


def read_match(node: Node) -> Match:
    """The `match` of a rule; it must name at least one kind, key or severity."""
    inner = node.child("match")
    inner.only("kinds", "keys", "severities")
    return Match(inner.texts("kinds"), inner.texts("keys"), inner.texts("severities"))


def read_fact(node: Node) -> Fact:
    """A fact from JSON."""
    node.only("ref", "kind", "key", "on", "quantity", "points", "penalty_points", "severity", "subject", "label", "is_repeat")
    return Fact(
        ref=node.text("ref"),
        kind=node.text("kind"),
        key=node.text("key", ""),
        on=node.needed_day("on"),
        quantity=node.number("quantity", "1"),
        points=node.number("points", "0"),
        penalty_points=node.number("penalty_points", "0"),
        severity=node.text("severity", ""),
        subject=node.text("subject", ""),
        label=node.text("label", ""),
        is_repeat=node.flag("is_repeat", default=False),
    )
