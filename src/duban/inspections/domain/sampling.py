"""Acceptance sampling by attributes after ISO 2859-1 / GB/T 2828.1: single plans, from the structure of the tables.

A lot is all places of one kind in one round. The three master tables are diagonals: along a diagonal (code letter plus
AQL) the acceptance number is the same, because each step of either multiplies by about 1.6. So the tables are generated,
and the cells of the standard are held against them one by one in the tests. An arrow gives the sample size together with
the acceptance number of the plan it points to; where that sample reaches the lot, everything is inspected.
Only AQLs up to 10 are offered: above, the standard counts nonconformities, while a place here passes or fails.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.kernel.trace import Step


class Level(StrEnum):
    """Inspection level: how the sample grows with the lot."""

    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"
    I = "I"  # noqa: E741 - the name the standard gives it
    II = "II"
    III = "III"


class Severity(StrEnum):
    """How strictly is inspected, by what the lots before were like."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"


class DefectClass(StrEnum):
    """How bad a fault is; each class is judged by an AQL of its own."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True)
class Plan:
    """How many of a lot to inspect, with how many faulty ones it still passes (`ac`), from how many it fails (`re`)."""

    lot: int
    n: int
    ac: int
    re: int
    letter: str
    used_letter: str
    trace: tuple[Step, ...] = ()

    @property
    def is_whole_lot(self) -> bool:
        """Whether everything is inspected."""
        return self.n == self.lot


LETTERS = "ABCDEFGHJKLMNPQRS"
"""The code letters; S serves only as the end of an arrow of tightened inspection."""

_AQL_TEXTS = "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10"
AQLS: tuple[Decimal, ...] = tuple(Decimal(text) for text in _AQL_TEXTS.split(" "))
DEFAULT_AQLS: Mapping[DefectClass, Decimal] = {
    DefectClass.CRITICAL: Decimal(0),
    DefectClass.MAJOR: Decimal("2.5"),
    DefectClass.MINOR: Decimal("6.5"),
}
"""What the trade takes unless the contract says otherwise (domain facts §2.4)."""

SIZES: Mapping[Severity, tuple[int, ...]] = {
    Severity.NORMAL: (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000),
    Severity.TIGHTENED: (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150),
    Severity.REDUCED: (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800),
}
_UP, _DOWN = -1, 1
_ZERO = 14
"""The diagonal of the plans that accept none, in normal and reduced inspection: code letter A at AQL 6.5."""

_DIAGONALS: Mapping[Severity, tuple[int, tuple[int, ...], tuple[int, ...]]] = {
    Severity.NORMAL: (_ZERO, (_UP, _DOWN), (1, 2, 3, 5, 7, 10, 14, 21)),
    Severity.TIGHTENED: (_ZERO + 1, (_UP, _DOWN), (1, 2, 3, 5, 8, 12, 18)),
    Severity.REDUCED: (_ZERO, (_UP, _DOWN, _DOWN), (1, 2, 3, 5, 6, 8, 10)),
}
"""Per table: the diagonal that accepts none, the arrows behind it, and the acceptance numbers behind those."""

_UPPER_ENDS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_CODE_LETTERS: Mapping[Level, str] = {
    Level.S1: "AAAABBBBCCCCDDD",
    Level.S2: "AAABBBCCCDDDEEE",
    Level.S3: "AABBCCDDEEFFGGH",
    Level.S4: "AABCCDEEFGGHJJK",
    Level.I: "AABCCDEFGHJKLMN",
    Level.II: "ABCDEFGHJKLMNPQ",
    Level.III: "BCDEFGHJKLMNPQR",
}
SMALLEST_LOT, LARGEST_LOT = 1, 10_000_000


def code_letter(lot: int, level: Level) -> str:
    """The code letter of a lot at an inspection level (table 1)."""
    return _CODE_LETTERS[level][sum(lot > end for end in _UPPER_ENDS)]


def cell(letter: str, aql: Decimal, severity: Severity) -> int | None:
    """The acceptance number in a master table, or nothing where an arrow stands."""
    _, numbers, distance = _position(letter, aql, severity)
    if distance == 0:
        return 0
    place = distance - len(_DIAGONALS[severity][1]) - 1
    return numbers[place] if 0 <= place < len(numbers) else None


def arrow(letter: str, aql: Decimal, severity: Severity) -> int:
    """Which way the arrow of a cell without plan points: −1 up to smaller samples, 1 down to larger ones.

    An arrow that would leave the table points the other way.
    """
    arrows, _, distance = _position(letter, aql, severity)
    if distance < 0:
        return _DOWN
    way = arrows[distance - 1] if distance <= len(arrows) else _UP
    return way if _leads_on(letter, aql, severity, way) else -way


def plan_for(lot: int, *, level: Level, aql: Decimal, severity: Severity = Severity.NORMAL) -> Plan:
    """The single sampling plan of a lot, with its trace. An AQL of 0 asks for everything and accepts nothing.

    Raises `Invalid` for a lot or an AQL that the tables do not know.
    """
    _check(lot, aql)
    letter = code_letter(lot, level)
    if not aql:
        step = Step(mark("Nothing faulty is accepted: all {lot} are inspected"), "zero", str(lot), {"lot": str(lot)})
        return Plan(lot, lot, 0, 1, letter, letter, (step,))
    steps = [
        Step(mark("Lot {lot} at level {level} has code letter {letter}"), "code_letter", letter, _texts(lot, level, letter))
    ]
    used = _follow(letter, aql, severity, steps)
    size, ac = SIZES[severity][LETTERS.index(used)], cell(used, aql, severity) or 0
    values = {"letter": used, "n": str(size), "ac": str(ac), "re": str(ac + 1), "severity": str(severity), "aql": str(aql)}
    steps.append(Step(mark("Letter {letter} at AQL {aql}, {severity}: {n} places, Ac {ac}, Re {re}"), "table", used, values))
    if size >= lot:
        step = Step(mark("The sample of {n} reaches the lot of {lot}: all are inspected"), "whole", str(lot), _sizes(size, lot))
        return Plan(lot, lot, ac, ac + 1, letter, used, (*steps, step))
    return Plan(lot, size, ac, ac + 1, letter, used, tuple(steps))


def choose(keys: Sequence[int], count: int, seed: int) -> tuple[int, ...]:
    """`count` of the keys by a recorded seed, in the order of the keys: the same seed always chooses the same.

    Each key is ranked by the SHA-256 over seed and key, so the choice depends on no random generator of any language.
    """
    return tuple(sorted(rank(keys, seed)[:count]))


def rank(keys: Sequence[int], seed: int) -> tuple[int, ...]:
    """The keys in the order in which the seed draws them; that of a part is the same as inside the whole."""
    return tuple(sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}|{key}".encode()).digest(), key)))


def _follow(letter: str, aql: Decimal, severity: Severity, steps: list[Step]) -> str:
    """Along the arrow to a letter with a plan; the walk goes one way and `arrow` has seen that it ends."""
    if cell(letter, aql, severity) is not None:
        return letter
    way, target = arrow(letter, aql, severity), letter
    while cell(target, aql, severity) is None:
        target = LETTERS[LETTERS.index(target) + way]
    label = mark("Arrow up from {from} to {to}") if way == _UP else mark("Arrow down from {from} to {to}")
    steps.append(Step(label, "arrow", target, {"from": letter, "to": target}))
    return target


def _position(letter: str, aql: Decimal, severity: Severity) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    zero, arrows, numbers = _DIAGONALS[severity]
    return arrows, numbers, LETTERS.index(letter) + AQLS.index(aql) - zero


def _leads_on(letter: str, aql: Decimal, severity: Severity, way: int) -> bool:
    index = LETTERS.index(letter)
    last = len(SIZES[severity])
    others = LETTERS[:index] if way == _UP else LETTERS[index + 1 : last]
    return any(cell(other, aql, severity) is not None for other in others)


def _check(lot: int, aql: Decimal) -> None:
    errors = []
    if not SMALLEST_LOT <= lot <= LARGEST_LOT:
        message = mark("A lot has {least} to {most} places.")
        errors.append(FieldError("lot", message, {"least": SMALLEST_LOT, "most": LARGEST_LOT}))
    if aql and aql not in AQLS:
        known = ", ".join(str(value) for value in AQLS)
        errors.append(FieldError("aql", mark("Choose one of the AQLs of the standard: 0, {known}."), {"known": known}))
    if errors:
        raise Invalid(errors=tuple(errors))


def _texts(lot: int, level: Level, letter: str) -> dict[str, str]:
    return {"lot": str(lot), "level": str(level), "letter": letter}


def _sizes(size: int, lot: int) -> dict[str, str]:
    return {"n": str(size), "lot": str(lot)}
