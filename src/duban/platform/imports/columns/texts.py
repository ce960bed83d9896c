import re
from collections.abc import Callable
from dataclasses import dataclass, field

from duban.kernel.text import mark
from duban.platform.imports import reasons
from duban.platform.imports.columns.base import AnyText, Column, Wrong, as_text, is_moment, narrow
from duban.platform.sheets.writers import DIGITS_EXCEL_KEEPS

_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Text(Column):
    """Words: trimmed, otherwise as written. A number cell is taken as its digits."""

    limit: int = field(default=200, kw_only=True)
    multiline: bool = field(default=False, kw_only=True)

    def parse(self, cell: object) -> str:
        text = as_text(cell)
        if is_moment(cell):
            raise Wrong(reasons.NOT_A_TEXT)
        if "\n" in text and not self.multiline:
            raise Wrong(reasons.ONE_LINE)
        if len(text) > self.limit:
            raise Wrong(reasons.TOO_LONG, length=len(text), limit=self.limit)
        return text


@dataclass(frozen=True)
class Code(Column):
    """A number or code by which something is known: no inner spaces, full-width signs made ordinary.

    `pattern` is a regular expression for the whole value, `pattern_help` says it in words, `check` computes a check digit.
    """

    limit: int = field(default=60, kw_only=True)
    pattern: str = field(default="", kw_only=True)
    pattern_help: AnyText = field(default="", kw_only=True)
    upper: bool = field(default=False, kw_only=True)
    check: Callable[[str], bool] | None = field(default=None, kw_only=True)

    kind_name = mark("Code")

    def parse(self, cell: object) -> str:
        if is_moment(cell):
            raise Wrong(reasons.NOT_A_TEXT)
        if isinstance(cell, float) and abs(cell) >= 10**DIGITS_EXCEL_KEEPS:
            raise Wrong(reasons.DIGITS_LOST)
        code = re.sub(r"\s+", "", narrow(cell))
        code = code.upper() if self.upper else code
        if len(code) > self.limit:
            raise Wrong(reasons.TOO_LONG, length=len(code), limit=self.limit)
        if self.pattern and not re.fullmatch(self.pattern, code):
            raise Wrong(reasons.WRONG_PATTERN, help=self.pattern_help or self.example)
        if self.check is not None and not self.check(code):
            raise Wrong(reasons.WRONG_CHECK_DIGIT)
        return code
