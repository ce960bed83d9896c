"""The sheets of an XLSForm as cells with their places, and the faults found in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duban.kernel.text import mark
from duban.standards.domain.xforms.forms import LANGUAGES

Sheets = Mapping[str, Sequence[Sequence[object]]]

UNKNOWN_COLUMN = mark("This column is not supported. Empty it, or leave it out.")
OTHER_LANGUAGE = mark("Texts are kept in Chinese (zh) and English (en); this column is in another language.")
TWICE = mark("This column is there twice.")
_TRANSLATED = re.compile(r"(?P<kind>[a-z_]+)\s*::?\s*(?P<language>[^:]+)")
_CODE = re.compile(r"\(?\b(?P<code>[a-z]{2})(?:-[A-Za-z]+)?\)?\s*\Z")


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be taken: sheet, row, column letter and heading, the value, and why (a marked message)."""

    message: str
    sheet: str
    row: int = 0
    column: str = ""
    heading: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The cell as spreadsheets name it (`D7`), or as much of it as is known."""
        return f"{self.column}{self.row or ''}"

    @property
    def where(self) -> str:
        """Sheet, cell and heading in one line (`survey D7 calculation`)."""
        return " ".join(part for part in (self.sheet, self.place, self.heading) if part)


@dataclass(frozen=True)
class Row:
    """One filled row: its number and its cells by column key; `places` holds where each column stands and its heading."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]

    def fault(self, column: str, message: str, **params: object) -> Fault:
        """A fault in a cell of this row."""
        letter, heading = self.places.get(column, ("", column))
        return Fault(message, self.sheet, self.number, letter, heading, self.cells.get(column, ""), params)

    def texts(self, kind: str) -> dict[str, str]:
        """The texts of one kind by language."""
        keys = {language: f"{kind}::{language}" for language in LANGUAGES}
        return {language: self.cells[key] for language, key in keys.items() if self.cells.get(key)}


def column_letter(place: int) -> str:
    """`0` is A, `26` is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a point, no spaces around."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def read_rows(
    sheets: Sheets, sheet: str, *, plain: frozenset[str], translated: frozenset[str], default_language: str
) -> tuple[list[Row], list[Fault]]:
    """The filled rows of a sheet, and a fault for every filled cell under a heading we cannot express."""
    records = [[cell_text(cell) for cell in record] for record in sheets.get(sheet, ())]
    if not records:
        return [], []
    columns, faults = _columns(sheet, records, plain, translated, default_language)
    places = {key: (column_letter(at), records[0][at]) for at, key in columns.items()}
    rows = []
    for number, record in enumerate(records[1:], start=2):
        cells = {key: record[at] for at, key in columns.items() if at < len(record)}
        if any(cells.values()):
            rows.append(Row(sheet, number, cells, places))
    return rows, faults


def _columns(
    sheet: str, records: Sequence[Sequence[str]], plain: frozenset[str], translated: frozenset[str], default_language: str
) -> tuple[dict[int, str], list[Fault]]:
    columns: dict[int, str] = {}
    faults: list[Fault] = []
    for at, heading in enumerate(records[0]):
        key, message = _column_key(heading, plain, translated, default_language)
        if key in columns.values():
            key, message = "", TWICE
        if key:
            columns[at] = key
        else:
            faults += _filled(sheet, records, at, message)
    return columns, faults


def _column_key(heading: str, plain: frozenset[str], translated: frozenset[str], default_language: str) -> tuple[str, str]:
    """The key of a column (`"type"`, `"label::en"`), or empty and why it is not supported."""
    name = heading.strip()
    lower = name.lower().replace(" ", "_")
    if lower in plain:
        return lower, ""
    if lower in translated:
        return f"{lower}::{default_language}", ""
    match = _TRANSLATED.fullmatch(name)
    if match is None or match["kind"] not in translated:
        return "", UNKNOWN_COLUMN
    code = _CODE.search(match["language"])
    language = code["code"] if code else ""
    return (f"{match['kind']}::{language}", "") if language in LANGUAGES else ("", OTHER_LANGUAGE)


def _filled(sheet: str, records: Sequence[Sequence[str]], at: int, message: str) -> Iterator[Fault]:
    """A fault for the first filled cell of a column; a column without content harms nobody."""
    heading = records[0][at]
    for number, record in enumerate(records[1:], start=2):
        if at < len(record) and record[at]:
            yield Fault(message, sheet, number, column_letter(at), heading, record[at])
            return
