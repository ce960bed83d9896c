"""What an app declares about an import, and what it gets and gives back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from duban.platform.imports.columns import Column
from duban.platform.imports.columns.base import AnyText
from duban.platform.sheets.problems import Reason, as_texts

Progress = Callable[[int], None]
"""Called by a save service with the number of rows done so far."""


@dataclass(frozen=True)
class Importer:
    """A kind of import. `unique` lists sets of column keys in which no two rows of a file may agree.

    `save` and `check` are dotted paths: `save(rows, *, actor, progress) -> ImportCounts` is a service of the app,
    `check(rows, *, actor) -> Iterable[RowProblem]` finds what one cell cannot know. `permission` is asked besides
    `platform.import`.
    """

    kind: str
    label: AnyText
    columns: tuple[Column, ...]
    save: str
    unique: tuple[tuple[str, ...], ...] = ()
    check: str = ""
    permission: str = ""
    note: AnyText = ""

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Folded heading → column."""
        return {name: column for column in self.columns for name in column.names}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Key → column."""
        return {column.key: column for column in self.columns}


@dataclass(slots=True)
class ImportRow:
    """One parsed row: its number in the sheet and its values by column key."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value under `key`, or `default` if the importer has no such column."""
        return self.values.get(key, default)

    def problem(self, key: str, reason: Reason, **params: object) -> "RowProblem":
        """A problem of this row; `key` names the column at fault, `""` the whole row."""
        return RowProblem(self.number, key, reason, as_texts(params), self.values.get(key))


@dataclass(frozen=True)
class RowProblem:
    """What a check over all rows found in one of them."""

    row: int
    key: str
    reason: Reason
    params: Mapping[str, str] = field(default_factory=dict)
    value: object = None


@dataclass(frozen=True)
class ImportCounts:
    """How many rows became new records, changed existing ones, or said what was known already."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "ImportCounts") -> "ImportCounts":
        return ImportCounts(self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged)


class ImportRefused(Exception):
    """Raised by a save service that finds fault with rows; rolls everything back."""

    def __init__(self, problems: Iterable[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} rows refused")
