"""What an app declares about a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from duban.platform.ui.listing.bulk import BulkAction
from duban.platform.ui.listing.columns import Column
from duban.platform.ui.listing.filters import Filter


@dataclass(frozen=True)
class Declaration:
    """Columns, filters and the rest of one list.

    `name` is unique in the project: saved views and page cursors hang on it. `order` is a field or annotation, with `-`
    before it for descending. The key of a row is its code unless `row_key` says otherwise. `embedded` leaves out
    search, saved views and exports. `is_long` is for lists of millions: the keys of a page are found before what it shows.
    `reads` names every field that its columns read, related ones by `__`: a page then loads these and no others. A field
    that is missing there costs a query per row, which the tests of flat queries find.
    """

    name: str
    columns: tuple[Column, ...]
    order: str
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    bulk: tuple[BulkAction, ...] = ()
    row_link: Callable[[Any], str] | None = None
    row_key: Callable[[Any], str] | None = None
    row_tone: Callable[[Any], str] | None = None
    page_size: int = 50
    embedded: bool = False
    is_long: bool = False
    reads: tuple[str, ...] = ()
    empty_title: str | Promise = ""
    empty_hint: str | Promise = ""
    dom_id: str = "listing"
