"""Lists: columns, filters, search, keyset paging, bulk actions, saved views, export; see `docs/how-to/add-a-list.md`."""

from duban.platform.ui.listing.bulk import BulkAction, back_to_list, selected_codes
from duban.platform.ui.listing.columns import Column, Kind
from duban.platform.ui.listing.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    MonthFilter,
    NumberFilter,
    ReferenceFilter,
    TextFilter,
    state_choices,
)
from duban.platform.ui.listing.listing import Listing

__all__ = [
    "BooleanFilter",
    "BulkAction",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Filter",
    "Kind",
    "Listing",
    "MonthFilter",
    "NumberFilter",
    "ReferenceFilter",
    "TextFilter",
    "back_to_list",
    "selected_codes",
    "state_choices",
]
