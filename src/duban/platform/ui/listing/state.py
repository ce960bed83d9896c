"""What one address asks of a list: search, filters, order, page, export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from duban.kernel.actor import Actor
from duban.platform.ui.components import ColumnHead, Link
from duban.platform.ui.listing.columns import Column
from duban.platform.ui.listing.declaration import Declaration
from duban.platform.ui.listing.filters import Filter
from duban.platform.ui.listing.paging import Order

SEARCH_LIMIT = 100
EXPORTS = ("xlsx", "csv")
PASSING = ("after", "before", "export")
"""Parts of the address that belong to one page of the list, not to the list as the person set it."""


@dataclass(frozen=True)
class ListState:
    """The address of a list, read against its declaration; anything it does not know is left out of account."""

    listing: Declaration
    query: QueryDict
    path: str
    search: str
    order: Order
    form: forms.Form

    @classmethod
    def read(cls, listing: Declaration, query: QueryDict, path: str, actor: Actor) -> "ListState":
        """Read the address. Wrong filter values stay in the form with their error and narrow nothing."""
        form = _filter_form(listing, query, actor)
        form.is_valid()
        search = "" if listing.embedded else query.get("q", "").replace("\x00", "").strip()[:SEARCH_LIMIT]
        return cls(listing, query, path, search, _order(listing, query.get("sort", "")), form)

    @property
    def after(self) -> str:
        """Cursor of the page that follows a row."""
        return self.query.get("after", "")

    @property
    def before(self) -> str:
        """Cursor of the page that precedes a row."""
        return self.query.get("before", "")

    @property
    def export(self) -> str:
        """The form of file asked for, or nothing."""
        wanted = self.query.get("export", "")
        return wanted if wanted in EXPORTS and not self.listing.embedded else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether search or a filter is at work."""
        return bool(self.search) or any(True for _ in self.active_filters())

    def active_filters(self) -> Iterator[tuple[Filter, Any]]:
        """Filters that are set, with their parsed values."""
        for item in self.listing.filters:
            value = item.value(self.form.cleaned_data)
            if value is not None and value not in ("", []):
                yield item, value

    def url_with(self, changes: Mapping[str, str], *, without: tuple[str, ...] = ()) -> str:
        """The address with `changes` made and `without` taken out, on the first page."""
        query = self.query.copy()
        empty = [name for name, values in query.lists() if not any(values)]
        for name in (*PASSING, *without, *empty):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def kept_query(self) -> str:
        """The part of the address that a saved view keeps."""
        return self.url_with({}).removeprefix(self.path).removeprefix("?")

    def chips(self) -> tuple[Link, ...]:
        """What narrows the list, each with the address that removes it."""
        chips = [
            Link(f"{item.label}: {item.shown(value, self.form)}", self.url_with({}, without=item.names()))
            for item, value in self.active_filters()
        ]
        if self.search:
            chips.insert(0, Link(f"“{self.search}”", self.url_with({}, without=("q",))))
        return tuple(chips)

    def export_links(self) -> tuple[Link, ...]:
        """Addresses of the whole filtered list as files."""
        labels = {"xlsx": "Excel", "csv": "CSV"}
        return tuple(Link(labels[name], self.url_with({"export": name}), download=True) for name in EXPORTS)

    def head(self, column: Column) -> ColumnHead:
        """The head of a column, sorted or sortable."""
        sort_url = sorted_word = ""
        if column.sort:
            is_current = self.order.field == column.sort
            turned = f"-{column.key}" if is_current and not self.order.is_descending else column.key
            sort_url = self.url_with({"sort": turned})
            sorted_word = ("descending" if self.order.is_descending else "ascending") if is_current else ""
        return ColumnHead(column.key, column.heading, column.align, sort_url, sorted_word, str(column.hint), phone=column.phone)


def _order(listing: Declaration, wanted: str) -> Order:
    """The order the address names by a column's key, else the declared one."""
    asked = Order.parse(wanted)
    for column in listing.columns:
        if column.sort and column.key == asked.field:
            return Order(column.sort, asked.is_descending)
    return Order.parse(listing.order)


def _filter_form(listing: Declaration, query: QueryDict, actor: Actor) -> forms.Form:
    form = forms.Form(data=query, auto_id=f"{listing.dom_id}-%s")
    for item in listing.filters:
        form.fields.update(item.form_fields(actor))
    return form
