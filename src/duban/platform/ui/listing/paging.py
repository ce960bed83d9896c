"""Keyset paging: the next page starts after the last row seen, however many rows lie before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet

Rows = QuerySet[Any]
SORT_VALUE = "listing_sort"


@dataclass(frozen=True)
class Order:
    """What rows are ordered by; the primary key, in the same direction, decides between equals."""

    field: str
    is_descending: bool = False

    @classmethod
    def parse(cls, text: str) -> "Order":
        """`"-received_at"` is descending by `received_at`."""
        return cls(text.lstrip("-"), text.startswith("-"))

    def __str__(self) -> str:
        return f"{'-' if self.is_descending else ''}{self.field}"


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: the sort value and key of the row beside it, and in which direction to read on."""

    value: Any
    key: Any
    is_backward: bool = False


@dataclass(frozen=True)
class Window:
    """The rows of one page and the cursors to both sides."""

    rows: Sequence[Any]
    newer: Cursor | None
    older: Cursor | None


def read_window(rows: Rows, order: Order, cursor: Cursor | None, size: int, *, keys_first: bool = False) -> Window:
    """One page by one query or two, whatever the page's place in the list.

    `keys_first` asks for the keys of the page before what it shows, by two queries: a planner that sees both at once may
    join, count and sort a million rows for fifty.
    """
    nullable = _is_nullable(rows, order.field)
    is_backward = cursor is not None and cursor.is_backward
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor, nullable=nullable))
    if keys_first:
        keys = ordered(rows, order, is_backward=is_backward).values_list("pk", flat=True)
        rows = rows.filter(pk__in=list(keys[: size + 1]))
    found = list(ordered(rows, order, is_backward=is_backward)[: size + 1])
    has_more = len(found) > size
    shown = found[:size]
    if is_backward:
        shown.reverse()
    has_newer, has_older = (has_more, True) if is_backward else (cursor is not None, has_more)
    return Window(
        shown,
        newer=_cursor_at(shown[0], order, is_backward=True) if shown and has_newer else None,
        older=_cursor_at(shown[-1], order, is_backward=False) if shown and has_older else None,
    )


def lean(rows: Rows, reads: Sequence[str]) -> Rows:
    """The rows with these fields loaded and no others; unchanged if none are named.

    A contract line with all that hangs on it has a hundred columns, of which a list shows ten.
    """
    if not reads:
        return rows
    relations = {path.rpartition("__")[0] for path in reads if "__" in path}
    bare = rows.select_related(None).only(*reads)
    return bare.select_related(*sorted(relations)) if relations else bare


def ordered(rows: Rows, order: Order, *, is_backward: bool = False) -> Rows:
    """The queryset in `order`, empty values last (first when read backward, so that the two directions mirror each other)."""
    if "__" in order.field:
        rows = rows.annotate(**{SORT_VALUE: F(order.field)})
    if order.field == "pk":
        return rows.order_by("-pk" if order.is_descending != is_backward else "pk")
    nulls = {"nulls_first" if is_backward else "nulls_last": True} if _is_nullable(rows, order.field) else {}
    descending = order.is_descending != is_backward
    value, key = F(order.field), F("pk")
    return rows.order_by(value.desc(**nulls), key.desc()) if descending else rows.order_by(value.asc(**nulls), key.asc())


def _is_nullable(rows: Rows, path: str) -> bool:
    """Whether the sort value may be missing. Annotations may; a path may as soon as one field on it may."""
    if path in rows.query.annotations:
        return True
    model, steps = rows.model, path.split("__")
    for step in steps:
        if step == "pk":
            return False
        field = model._meta.get_field(step)
        if field.null:
            return True
        model = field.related_model or model
    return False


def _beyond(order: Order, cursor: Cursor, *, nullable: bool) -> Q:
    """Rows after the cursor in reading direction."""
    falls = order.is_descending != cursor.is_backward
    side = "lt" if falls else "gt"
    if order.field == "pk":
        return Q(**{f"pk__{side}": cursor.key})
    same_side = Q(**{f"pk__{side}": cursor.key})
    is_null = Q(**{f"{order.field}__isnull": True})
    if cursor.value is None:
        return (is_null & same_side) | (~is_null if cursor.is_backward else Q(pk__in=()))
    further = Q(**{f"{order.field}__{side}": cursor.value}) | (Q(**{order.field: cursor.value}) & same_side)
    if nullable and not cursor.is_backward:
        return further | is_null
    # The bound repeated outside the alternative lets both engines start reading inside the index.
    return Q(**{f"{order.field}__{side}e": cursor.value}) & further


def _cursor_at(row: Any, order: Order, *, is_backward: bool) -> Cursor:
    name = SORT_VALUE if "__" in order.field else order.field
    return Cursor(getattr(row, name), row.pk, is_backward)


def pack(cursor: Cursor, *, salt: str) -> str:
    """The cursor as a signed word for a URL; `salt` ties it to one list in one order."""
    return signing.dumps([_plain(cursor.value), _plain(cursor.key)], salt=salt)


def unpack(text: str, *, salt: str, is_backward: bool) -> Cursor | None:
    """The cursor, or `None` for one that was altered or belongs to another list or order."""
    try:
        value, key = signing.loads(text, salt=salt)
        return replace(Cursor(_rebuilt(value), _rebuilt(key)), is_backward=is_backward)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["time", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return ["number", str(value)] if isinstance(value, Decimal) else value


def _rebuilt(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    readers: dict[str, Callable[[str], Any]] = {"time": datetime.fromisoformat, "day": date.fromisoformat, "number": Decimal}
    return readers[kind](text)
