import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise

from duban.kernel.text import mark
from duban.platform.sheets.problems import Reason, as_texts
from duban.platform.sheets.writers import CellKind, SheetColumn

AnyText = str | Promise
CHINESE = "zh"
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_BRACKETED = re.compile(r"\([^()]*\)$|\[[^\[\]]*\]$|【[^【】]*】$")
_GAPS = re.compile(r"[\s_/·:]+")


class Wrong(Exception):
    """A cell that cannot be read; the engine adds where it stands."""

    def __init__(self, reason: Reason, **params: object) -> None:
        self.reason = reason
        self.params: Mapping[str, str] = as_texts(params)
        super().__init__(reason.why)


@dataclass(frozen=True)
class Column:
    """One column of an import: how it is called, whether every row needs it, what an empty cell means."""

    key: str
    zh: str = field(kw_only=True)
    en: str = field(kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    required: bool = field(default=False, kw_only=True)
    default: object = field(default=None, kw_only=True)
    example: str = field(default="", kw_only=True)
    help: AnyText = field(default="", kw_only=True)

    kind_name = mark("Text")

    @property
    def names(self) -> frozenset[str]:
        """Every heading under which this column is found, folded."""
        return frozenset(
            folded for name in (self.zh, self.en, self.key, *self.aliases) for folded in {fold(name), fold_heading(name)}
        )

    def heading(self, language: str) -> str:
        """The heading in Chinese or English, its unit in brackets."""
        name = self.zh if language.startswith(CHINESE) else self.en
        unit = getattr(self, "unit", "")
        return f"{name} ({unit})" if unit else name

    def parse(self, cell: object) -> object:
        """The value of a cell that is not empty. Raises `Wrong`."""
        raise NotImplementedError

    def write(self, value: object, _language: str, /) -> object:
        """The value as it goes into a cell; what it writes, `parse` reads back."""
        return value

    def allowed(self, _language: str, /) -> tuple[str, ...]:
        """The few values a cell may have, for the template's list; empty if there are many."""
        return ()

    @property
    def cell_kind(self) -> CellKind:
        """How a spreadsheet formats the column."""
        return CellKind.TEXT

    def sheet_column(self, language: str) -> SheetColumn:
        """The column of a file going out."""
        return SheetColumn(self.heading(language), self.cell_kind, getattr(self, "places", 0))


def fold(text: str) -> str:
    """A word without what people write differently: width of signs, case, gaps."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def fold_heading(text: str) -> str:
    """A heading folded further: without the star of required columns and without a unit in brackets."""
    plain = fold(text).rstrip("*").lstrip("*")
    return _BRACKETED.sub("", plain).rstrip("*") or plain


def as_text(cell: object) -> str:
    """A cell as trimmed text without invisible signs; whole numbers without `.0`, dates as people write them."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else _INVISIBLE.sub("", cell).replace("\r", "").strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell).strip()


def is_moment(cell: object) -> bool:
    """Whether the spreadsheet holds the cell as a date or time."""
    return isinstance(cell, date | time | timedelta)


def narrow(cell: object) -> str:
    """A cell as text with full-width digits and signs made ordinary."""
    text = as_text(cell)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()
