"""The rows of a list as HTML, put together in Python.

A list of fifty rows has some four hundred cells; drawn by the template engine they cost more than everything else on the
page. Only the loop over cells lives here; a badge and a bar are still drawn by their templates, once for each wording.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from duban.kernel.states import Tone
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Cell, ColumnHead, ListingPage, Row

EMPTY = "–"
SHORT = 16
"""Up to so many plain letters are a code, a day or a moment, and stand on one line."""


def table_rows(page: ListingPage) -> SafeString:
    """Every row of the page; each value is escaped unless it is marked as HTML."""
    select = escape(gettext("Select")) if page.bulk_actions else ""
    frames = [_frame(column) for column in page.columns]
    rows = "".join(_row(row, page.columns, frames, select) for row in page.rows)
    return mark_safe(rows)  # noqa: S308 - every value in it went through conditional_escape


def _frame(column: ColumnHead) -> tuple[str, str]:
    """Label and class of a column's cells on phones."""
    return escape(column.label), "" if column.phone else " phone-hide"


def _row(row: Row, columns: tuple[ColumnHead, ...], frames: list[tuple[str, str]], select: str) -> str:
    tone = f' class="is-{escape(row.tone)}"' if row.tone else ""
    check = _check(row, select) if select else ""
    pairs = zip(row.cells, frames, columns, strict=True)
    cells = [_cell(cell, frame, row.url if position == 0 else "") for position, (cell, frame, _) in enumerate(pairs)]
    return f"\n<tr{tone}>{check}{''.join(cells)}</tr>"


def _check(row: Row, select: str) -> str:
    key, checked = escape(row.key), " checked" if row.selected else ""
    return (
        f'<td class="cell-check"><label><input type="checkbox" name="selected" value="{key}"{checked}>'
        f'<span class="visually-hidden">{select} {key}</span></label></td>'
    )


def _cell(cell: Cell, frame: tuple[str, str], row_url: str) -> str:
    label, hidden = frame
    number = "num" if cell.align == "end" else ""
    small = f'<span class="cell-small">{conditional_escape(cell.small)}</span>' if cell.small else ""
    content = _content(cell, row_url)
    return f'\n<td data-label="{label}" class="{number}{hidden}"><div class="cell">{content}{small}</div></td>'


def _content(cell: Cell, row_url: str) -> str:
    if cell.badge:
        return badge_html(cell.badge)
    if cell.bar is not None:
        return bar_html(cell.bar)
    value = EMPTY if cell.value is None else conditional_escape(cell.value)
    url = cell.url or row_url
    inner = f'<a href="{escape(url)}">{value}</a>' if url else value
    whole = "nowrap" if len(value) <= SHORT and value.isascii() else ""
    classes = " ".join(part for part in (f"text-{escape(cell.tone)}" if cell.tone else "", whole) if part)
    return f'<span class="{classes}">{inner}</span>' if classes else f"<span>{inner}</span>"


def badge_html(badge: Badge) -> str:
    """A state as shape and word."""
    return _badge(str(badge.label), str(badge.tone))


def bar_html(share: object) -> str:
    """A ratio from 0 to 1 as a thin bar."""
    kept = max(0.0, min(1.0, float(str(share))))
    return _bar(f"{kept * 100:.1f}", formatting.percent(kept))


@lru_cache(maxsize=2048)
def _badge(label: str, tone: str) -> str:
    return render_to_string("ui/state_badge.html", {"badge": Badge(label, tone)})


@lru_cache(maxsize=2048)
def _bar(width: str, label: str) -> str:
    return render_to_string("ui/bar.html", {"width": width, "tone": Tone.WAITING, "label": label})
