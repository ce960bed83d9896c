"""What is wrong with a file, where exactly, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Reason:
    """Why something is refused and how to mend it: English source texts with named placeholders, marked for translation."""

    why: str
    mend: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong: sheet, row, column letter and heading, the value found, and the reason. Row 0 means the whole file."""

    reason: Reason
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return gettext(self.reason.why).format(**self.params)

    @property
    def mend(self) -> str:
        """The remedy in the reader's language."""
        return gettext(self.reason.mend).format(**self.params)

    @property
    def place(self) -> str:
        """The cell as spreadsheets name it (`D7`), or as much of it as is known."""
        return f"{self.column}{self.row or ''}"

    def as_json(self) -> dict[str, Any]:
        """Plain values, in no particular language."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Problem":
        """The problem that `as_json` stored."""
        return cls(**{**stored, "reason": Reason(**stored["reason"])})


class FileRefused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems[0].reason.why if self.problems else "")


def refuse(reason: Reason, **params: object) -> FileRefused:
    """The exception for a reason that concerns the whole file."""
    return FileRefused([Problem(reason, params=as_texts(params))])


def as_texts(params: Mapping[str, object]) -> dict[str, str]:
    """Values for placeholders as texts."""
    return {name: str(value) for name, value in params.items()}


def shown(value: object) -> str:
    """A cell's value as a problem quotes it: one line, not too long."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def column_letter(place: int) -> str:
    """`0` is A, `26` is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
