"""Lifecycles as tables of moves: the one source for checks, buttons, API moves, diagrams and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from duban.kernel.errors import WrongState
from duban.kernel.text import mark


class Tone(StrEnum):
    """How a state looks; always shown together with its word."""

    NEUTRAL = "neutral"
    WAITING = "waiting"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Move:
    """One allowed change of state.

    `permission` is the code a person must hold; `None` marks a move only the system makes (a clock, a close).
    `needs_note` demands a reason, which lands in the audit trail.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str | None
    needs_note: bool = False


@dataclass(frozen=True)
class StateTable:
    """All states of one lifecycle, its moves, where it starts and where it ends."""

    name: str
    labels: Mapping[str, str]
    tones: Mapping[str, Tone]
    initial: str
    moves: tuple[Move, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state in the order of its labels."""
        return tuple(self.labels)

    @property
    def final_states(self) -> frozenset[str]:
        """States without a way out."""
        return frozenset(self.labels) - {source for move in self.moves for source in move.sources}

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Moves that leave `state`, in table order."""
        return tuple(move for move in self.moves if state in move.sources)

    def move(self, name: str, state: str) -> Move:
        """The move `name` out of `state`; `WrongState` if there is none."""
        for candidate in self.moves_from(state):
            if candidate.name == name:
                return candidate
        raise WrongState(mark("“{move}” is not possible while the state is “{state}”."), move=name, state=state)

    def problems(self) -> list[str]:
        """What is unsound about the table: unknown states, unreachable states, missing tones, doubled moves."""
        known = set(self.labels)
        found = [f"{self.name}: no tone for {state}" for state in known - set(self.tones)]
        seen: set[tuple[str, str]] = set()
        for move in self.moves:
            found += [f"{self.name}.{move.name}: unknown state {state}" for state in {*move.sources, move.target} - known]
            found += [
                f"{self.name}: two moves {move.name} from {source}" for source in move.sources if (move.name, source) in seen
            ]
            seen |= {(move.name, source) for source in move.sources}
        return found + [f"{self.name}: {state} cannot be reached" for state in known - self._reachable()]

    def _reachable(self) -> set[str]:
        reached = {self.initial}
        while True:
            grown = reached | {move.target for move in self.moves if move.sources & reached}
            if grown == reached:
                return reached
            reached = grown
