"""What a vendor disputes on a card."""

from dataclasses import dataclass

from duban.scorecards.domain.result import Identity


@dataclass(frozen=True)
class AppealPoint:
    """One thing disputed: an occurrence of the card (by app and code) or a whole indicator, and why."""

    ground: str
    occurrence: Identity | None = None
    indicator_key: str = ""
