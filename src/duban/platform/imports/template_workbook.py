"""The workbook a person fills in, and the workbook that shows what was wrong."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, cast

import xlsxwriter
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override
from xlsxwriter.worksheet import Worksheet

from duban.kernel.actor import Actor
from duban.platform.imports.columns import Column, Decimal, Integer, Reference
from duban.platform.imports.importer import Importer
from duban.platform.imports.selectors import importer as importer_of
from duban.platform.sheets.problems import column_letter
from duban.platform.sheets.writers import CellKind, sheet_title

ROWS_PREPARED = 5000
MOST_OFFERED = 2000
NOTES = {"zh": "说明", "en": "Notes"}
OPTIONS = {"zh": "选项", "en": "Options"}
BOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}


def write_template(kind: str, target: Path | str | IO[bytes], *, language: str = "zh-hans", actor: Actor | None = None) -> None:
    """Write the template of a kind: headings (a star where a value is needed), lists to choose from, a sheet of notes.

    With an actor, references offer the codes that the actor may see. Raises `NotFound` for an unknown kind.
    """
    importer = importer_of(kind)
    with override(language):
        book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, BOOK_OPTIONS)
        short = "zh" if language.startswith("zh") else "en"
        sheet = book.add_worksheet(sheet_title(str(importer.label)))
        _write_headings(book, sheet, importer, language)
        _write_notes(book, book.add_worksheet(NOTES[short]), importer, language)
        _offer_lists(book, sheet, importer, language, OPTIONS[short], actor)
        book.close()


def _write_headings(book: xlsxwriter.Workbook, sheet: Worksheet, importer: Importer, language: str) -> None:
    plain = {"bold": True, "bg_color": "#EEF2F6", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    optional, needed = book.add_format(plain), book.add_format({**plain, "bg_color": "#DCE8F5"})
    for place, column in enumerate(importer.columns):
        outgoing = column.sheet_column(language)
        kind = (
            CellKind.TEXT if outgoing.kind is CellKind.NUMBER and not isinstance(column, Integer | Decimal) else outgoing.kind
        )
        number_format = "General" if kind is CellKind.NUMBER else outgoing.number_format
        sheet.set_column(place, place, outgoing.width, book.add_format({"num_format": number_format}))
        star = "*" if column.required else ""
        sheet.write_string(0, place, f"{outgoing.heading}{star}", needed if column.required else optional)
    sheet.freeze_panes(1, 0)


def _write_notes(book: xlsxwriter.Workbook, sheet: Worksheet, importer: Importer, language: str) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24, wrap)
    sheet.set_column(1, 3, 18, wrap)
    sheet.set_column(4, 5, 48, wrap)
    sheet.write_string(0, 0, str(importer.label), bold)
    sheet.write_string(1, 0, str(importer.note))
    heads = (
        gettext("Column"),
        gettext("Kind"),
        gettext("Needed"),
        gettext("Example"),
        gettext("Allowed values"),
        gettext("Help"),
    )
    for place, head in enumerate(heads):
        sheet.write_string(3, place, head, bold)
    for row, column in enumerate(importer.columns, start=4):
        for place, text in enumerate(_note(column, language)):
            sheet.write_string(row, place, text, wrap)


def _note(column: Column, language: str) -> tuple[str, ...]:
    needed = gettext("yes") if column.required else gettext("no")
    allowed = " / ".join(column.allowed(language)) or _limits(column)
    return column.heading(language), gettext(column.kind_name), needed, column.example, allowed, str(column.help)


def _limits(column: Column) -> str:
    low, high = getattr(column, "minimum", None), getattr(column, "maximum", None)
    return "" if low is None and high is None else f"{'' if low is None else low} – {'' if high is None else high}"


def _offer_lists(
    book: xlsxwriter.Workbook, sheet: Worksheet, importer: Importer, language: str, name: str, actor: Actor | None
) -> None:
    """Drop-down lists, their values on a hidden sheet (a list typed into the rule itself may hold 255 signs only)."""
    offered = [
        (place, values) for place, column in enumerate(importer.columns) if (values := _offered(column, language, actor))
    ]
    if not offered:
        return
    options = book.add_worksheet(name)
    options.hide()
    for list_place, (place, values) in enumerate(offered):
        for row, value in enumerate(values):
            options.write_string(row, list_place, value)
        letter = column_letter(list_place)
        rule = {"validate": "list", "source": f"='{name}'!${letter}$1:${letter}${len(values)}"}
        sheet.data_validation(1, place, ROWS_PREPARED, place, {**rule, "error_type": "warning"})


def _offered(column: Column, language: str, actor: Actor | None) -> Sequence[str]:
    if isinstance(column, Reference) and column.choose_from and actor is not None:
        source = cast("Callable[[Actor], Iterable[str]]", import_string(column.choose_from))
        return list(islice(source(actor), MOST_OFFERED))
    return column.allowed(language)
