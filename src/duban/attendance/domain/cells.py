"""How a cell of a roster is written: a name, a code, or a word for rest, leave, left vacant. Grid and sheet share it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from duban.attendance.domain.rosters import PLAN_LABELS, Cell
from duban.attendance.domain.slots import Planned
from duban.kernel.text import mark

Placement = tuple[Planned, int | None]
BLANK: Placement = (Planned.BLANK, None)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may stand in a cell; `key` is the database key."""

    key: int
    code: str
    name: str


class Misread(StrEnum):
    """Why a cell cannot be understood."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


MISREAD_LABELS: Mapping[Misread, str] = {
    Misread.UNKNOWN: mark("Nobody of the vendor has this name or code: “{text}”."),
    Misread.AMBIGUOUS: mark("Several people of the vendor are called “{text}”; write the code behind the name."),
}

_WORDS: Mapping[Planned, tuple[str, ...]] = {
    Planned.REST: ("休", "休息", "rest", "r"),
    Planned.LEAVE: ("假", "请假", "leave", "l"),
    Planned.MARKED_VACANT: ("缺", "空", "空岗", "缺岗", "标注缺岗", "vacant", "left vacant", "v"),
}


class People:
    """Finds people by what is written; a name that two people share needs the code."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.all = tuple(sorted(candidates, key=lambda one: (one.name, one.code)))
        self._by_key = {one.key: one for one in self.all}
        self._by_text: dict[str, list[int]] = {}
        for one in self.all:
            self._by_text.setdefault(_folded(one.name), []).append(one.key)
            self._by_text.setdefault(_folded(one.code), []).append(one.key)

    def written(self, key: int) -> str:
        """How a person is written so that `read_cell` finds exactly this one; empty for somebody unknown."""
        one = self._by_key.get(key)
        if one is None:
            return ""
        return one.name if len(self._by_text[_folded(one.name)]) == 1 else f"{one.name} {one.code}"

    def named(self, key: int) -> str:
        """A person's name; empty for somebody unknown."""
        one = self._by_key.get(key)
        return one.name if one else ""

    def found(self, text: str) -> list[int]:
        """Keys of those a text may mean: by the whole of it, else by a code at its end."""
        said = _folded(text)
        return self._by_text.get(said) or self._by_text.get(said.rpartition(" ")[2], [])


def read_cell(text: str, people: People) -> Placement | Misread:
    """What a text in a cell means."""
    said = _folded(text)
    if not said:
        return BLANK
    if said in _PLANS:
        return _PLANS[said], None
    found = people.found(text)
    if len(found) == 1:
        return Planned.WORK, found[0]
    return Misread.AMBIGUOUS if found else Misread.UNKNOWN


def cell_key(post: str, cell: Cell) -> str:
    """The public name of a cell: code of the post, day and shift (`PO-2026-0001.2026-10-05.day`)."""
    return f"{post}.{cell[1].isoformat()}.{cell[2]}"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_PLANS = {_folded(word): plan for plan, words in _WORDS.items() for word in (*words, PLAN_LABELS[plan])}
