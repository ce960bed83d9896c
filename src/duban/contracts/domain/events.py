"""Facts that contracts announces."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ContractActivated:
    """A contract was put into performance."""

    contract_id: int


@dataclass(frozen=True)
class ContractEnded:
    """A contract was terminated or expired; `last_day` is the last day of performance."""

    contract_id: int
    last_day: date
    is_terminated: bool
