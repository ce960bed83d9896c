"""What is announced of trust."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrustSettled:
    """What records of one kind count for changed: (id of the envelope, code of the record, for the score, for money) each.

    Told within the transaction; those never named count for everything.
    """

    kind: str
    changes: tuple[tuple[str, str, bool, bool], ...]
