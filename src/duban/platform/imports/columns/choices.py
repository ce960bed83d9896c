from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from duban.kernel.text import mark
from duban.platform.imports import reasons
from duban.platform.imports.columns.base import CHINESE, Column, Wrong, as_text, fold, is_moment, narrow

YES = frozenset({"是", "yes", "y", "true", "1", "√", "✓", "有", "对"})
NO = frozenset({"否", "no", "n", "false", "0", "×", "✗", "x", "无", "不"})
MOST_NAMED = 12


@dataclass(frozen=True)
class Boolean(Column):
    """Yes or no, in the usual spellings of both languages."""

    kind_name = mark("Yes or no")

    def parse(self, cell: object) -> bool:
        word = fold(as_text(cell))
        if word in YES:
            return True
        if word in NO:
            return False
        raise Wrong(reasons.NOT_YES_NO)

    def write(self, value: object, language: str, /) -> object:
        if value is None:
            return None
        yes, no = self.allowed(language)
        return yes if value else no

    def allowed(self, language: str, /) -> tuple[str, ...]:
        return ("是", "否") if language.startswith(CHINESE) else ("Yes", "No")


@dataclass(frozen=True)
class Choice(Column):
    """One of a few stored values, written as its Chinese or English label, an alias, or the stored value itself."""

    choices: Mapping[str, tuple[str, ...]] = field(kw_only=True)

    kind_name = mark("One of a list")

    @cached_property
    def _by_word(self) -> dict[str, str]:
        return {fold(word): value for value, labels in self.choices.items() for word in (value, *labels)}

    def parse(self, cell: object) -> str:
        value = self._by_word.get(fold(as_text(cell)))
        if value is None:
            words = [" / ".join(dict.fromkeys(labels[:2])) for labels in self.choices.values()]
            more = "…" if len(words) > MOST_NAMED else ""
            raise Wrong(reasons.NOT_A_CHOICE, choices=", ".join(words[:MOST_NAMED]) + more)
        return value

    def write(self, value: object, language: str, /) -> object:
        labels = self.choices.get(str(value))
        return value if labels is None else labels[0 if language.startswith(CHINESE) else 1]

    def allowed(self, language: str, /) -> tuple[str, ...]:
        return tuple(str(self.write(value, language)) for value in self.choices)


@dataclass(frozen=True)
class Reference(Column):
    """Something recorded elsewhere, by the code or name people know it by.

    `lookup` is the dotted path of a selector `(codes, *, actor) -> Mapping[code, key]`, called once for all rows. With
    `also` the codes are tuples: the texts of those columns in the same row, then this one. `choose_from` is the dotted
    path of a selector `(actor) -> Iterable[str]` whose values the template offers as a list.
    """

    lookup: str = field(kw_only=True)
    also: tuple[str, ...] = field(default=(), kw_only=True)
    choose_from: str = field(default="", kw_only=True)

    kind_name = mark("Code of a record")

    def parse(self, cell: object) -> str:
        if is_moment(cell):
            raise Wrong(reasons.NOT_A_TEXT)
        return narrow(cell)
