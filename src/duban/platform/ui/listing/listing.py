"""The one helper behind every list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from duban.platform.requests import actor_of
from duban.platform.ui.components import Action, Cell, ListingPage, Row
from duban.platform.ui.listing.columns import Column
from duban.platform.ui.listing.declaration import Declaration
from duban.platform.ui.listing.download import download
from duban.platform.ui.listing.paging import Cursor, Order, Window, lean, pack, read_window, unpack
from duban.platform.ui.listing.selectors import saved_views
from duban.platform.ui.listing.state import ListState

COUNTED_UP_TO = 1000
TERM_LIMIT = 5


@dataclass(frozen=True)
class Listing(Declaration):
    """A declared list that can answer requests."""

    def answer(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        empty_action: Action | None = None,
    ) -> HttpResponseBase:
        """The whole page, only the list (for htmx), or the exported file; `page` is the list in the template."""
        state = self.read(request)
        if state.export:
            return download(self, self.narrowed(rows, state), state)
        page = self._page(request, rows, state, empty_action)
        if request.headers.get("HX-Target", "").removeprefix("#").endswith(f"{self.dom_id}-results"):
            return _varying(render(request, "ui/listing.html", {"page": page}))
        return _varying(render(request, template, {**(context or {}), "page": page}))

    def page(self, request: HttpRequest, rows: QuerySet[Any], *, empty_action: Action | None = None) -> ListingPage:
        """The list alone, for a page that holds more than a list."""
        return self._page(request, rows, self.read(request), empty_action)

    def is_export(self, request: HttpRequest) -> bool:
        """Whether the request asks for a file."""
        return bool(self.read(request).export)

    def url(self, url_name: str, *args: object, **filters: str) -> str:
        """Address of the list with filters set, for tiles and links."""
        query = urlencode({name: value for name, value in filters.items() if value not in ("", None)})
        return reverse(url_name, args=args) + (f"?{query}" if query else "")

    def read(self, request: HttpRequest) -> ListState:
        """What the address asks of this list."""
        return ListState.read(self, request.GET, request.path, actor_of(request))

    def narrowed(self, rows: QuerySet[Any], state: ListState) -> QuerySet[Any]:
        """The rows that fit the search and all filters."""
        for item, value in state.active_filters():
            rows = item.narrow(rows, value)
        for term in state.search.split()[:TERM_LIMIT]:
            condition = Q()
            for field in self.search:
                condition |= Q(**{f"{field}__icontains": term})
            rows = rows.filter(condition)
        return rows

    def _page(self, request: HttpRequest, rows: QuerySet[Any], state: ListState, empty_action: Action | None) -> ListingPage:
        rows = lean(self.narrowed(rows, state), self.reads)
        window = read_window(rows, state.order, self._cursor(state), self.page_size, keys_first=self.is_long)
        total = self._count(rows, window)
        columns = [column for column in self.columns if column.screen]
        is_plain = not state.is_narrowed
        actor = actor_of(request)
        return ListingPage(
            columns=tuple(state.head(column) for column in columns),
            rows=tuple(self._row(row, columns) for row in window.rows),
            total=min(total, COUNTED_UP_TO),
            is_total_more=total > COUNTED_UP_TO,
            newer_url=self._page_url(state, window.newer),
            older_url=self._page_url(state, window.older),
            filter_form=state.form if self.filters else None,
            search=state.search,
            search_name="q" if self.search and not self.embedded else "",
            exports=() if self.embedded else state.export_links(),
            bulk_actions=tuple(item.action() for item in self.bulk if item.offered_to(actor)),
            empty_title=str(self.empty_title) if is_plain else "",
            empty_hint=str(self.empty_hint) if is_plain else "",
            empty_action=empty_action if is_plain else None,
            url=state.path,
            dom_id=self.dom_id,
            chips=state.chips(),
            sort=state.query.get("sort", ""),
            saved=None if self.embedded else saved_views(actor, self.name, state.path, state.kept_query()),
        )

    def _row(self, row: Any, columns: list[Column]) -> Row:
        cells: tuple[Cell, ...] = tuple(column.cell(row) for column in columns)
        key = self.row_key(row) if self.row_key else str(getattr(row, "code", "") or row.pk)
        return Row(
            key=key,
            cells=cells,
            url=self.row_link(row) if self.row_link else "",
            tone=(self.row_tone(row) or "") if self.row_tone else "",
        )

    def _count(self, rows: QuerySet[Any], window: Window) -> int:
        if window.newer is None and window.older is None:
            return len(window.rows)
        return rows.order_by().values("pk")[: COUNTED_UP_TO + 1].count()

    def _salt(self, order: Order) -> str:
        return f"listing:{self.name}:{order}"

    def _cursor(self, state: ListState) -> Cursor | None:
        if state.before:
            return unpack(state.before, salt=self._salt(state.order), is_backward=True)
        return unpack(state.after, salt=self._salt(state.order), is_backward=False) if state.after else None

    def _page_url(self, state: ListState, cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        return state.url_with({"before" if cursor.is_backward else "after": pack(cursor, salt=self._salt(state.order))})


def _varying(response: HttpResponse) -> HttpResponse:
    response["Vary"] = ", ".join(filter(None, (response.get("Vary"), "HX-Target")))
    return response
