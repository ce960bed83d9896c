"""Values that the shared components draw: frozen, already translated, free of queries.

Selectors and views build them; templates only say where they stand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext

from duban.kernel.states import Move, StateTable, Tone
from duban.platform.tables_by_name import wired


@dataclass(frozen=True)
class Badge:
    """A state as a word with a tone."""

    label: str
    tone: str = Tone.NEUTRAL


@dataclass(frozen=True)
class Action:
    """A button. `method="get"` makes a link, anything else a POST form.

    `confirm` is a question asked first; `needs_note` asks for a reason, posted as `note`.
    `disabled_reason` shows the button greyed with the reason beside it.
    """

    label: str
    url: str
    method: str = "post"
    tone: str = "default"
    confirm: str = ""
    needs_note: bool = False
    note_label: str = ""
    symbol: str = ""
    disabled_reason: str = ""

    @property
    def is_link(self) -> bool:
        """Whether a plain link does it."""
        return self.method.lower() == "get"

    @property
    def asks(self) -> bool:
        """Whether a dialog opens before anything is sent."""
        return bool(self.confirm) or self.needs_note


@dataclass(frozen=True)
class Link:
    """A plain link; `download` marks a file."""

    label: str
    url: str
    symbol: str = ""
    download: bool = False


@dataclass(frozen=True)
class AskedField:
    """A field of a form and, if it is not always asked for, the field (`asking`) and the answers that ask for it."""

    field: Any
    asking: str = ""
    answers: tuple[str, ...] = ()

    @property
    def condition(self) -> str:
        """For the client: `frequency=risk times`; empty where the field is always asked for."""
        return f"{self.asking}={' '.join(self.answers)}" if self.asking else ""


@dataclass(frozen=True)
class FormSection:
    """Fields of a long form under one heading."""

    title: str
    fields: list[AskedField]


@dataclass(frozen=True)
class Crumb:
    """One step of the path to this page; the last has no URL."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Station:
    """One place of the chain bar: what lies there for this record, and where it is."""

    key: str
    label: str
    detail: str = ""
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Fact:
    """A name and its value on a record page."""

    label: str
    value: Any
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened; `changes` are (field, before, after)."""

    at: datetime
    text: str
    actor: str = ""
    tone: str = Tone.NEUTRAL
    url: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file at a message or a record."""

    name: str
    url: str
    size: str = ""


@dataclass(frozen=True)
class Message:
    """One message of a conversation; `side` is the word shown beside the author, for example the company."""

    at: datetime
    author: str
    side: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    internal: bool = False


@dataclass(frozen=True)
class Thread:
    """A conversation on a record; `audience` says who reads it, `can_hide` offers the inside-only mark."""

    messages: tuple[Message, ...] = ()
    post_url: str = ""
    audience: str = ""
    can_post: bool = True
    can_hide: bool = False


@dataclass(frozen=True)
class Tab:
    """One tab; its URL also works on its own."""

    label: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Photo:
    """A picture that serves as evidence."""

    thumbnail_url: str
    url: str
    caption: str = ""


@dataclass(frozen=True)
class ColumnHead:
    """A column of a list; `sort_url` sorts by it, `sorted` is "", "ascending" or "descending"; `phone` keeps it on phones."""

    key: str
    label: str
    align: str = "start"
    sort_url: str = ""
    sorted: str = ""
    hint: str = ""
    phone: bool = True

    @property
    def is_sortable(self) -> bool:
        """Whether the head is a link."""
        return bool(self.sort_url)


class Cell(NamedTuple):
    """One cell; `bar` is a ratio from 0 to 1 drawn as a thin bar, `small` a grey second line."""

    value: Any = ""
    align: str = "start"
    url: str = ""
    tone: str = ""
    badge: Badge | None = None
    bar: float | Decimal | None = None
    small: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a list; `url` opens the record, `key` is posted when the row is chosen."""

    key: str
    cells: tuple[Cell, ...]
    url: str = ""
    tone: str = ""
    selected: bool = False


@dataclass(frozen=True)
class SavedViewLink:
    """One saved view of a list: its address, and the address that deletes it."""

    label: str
    url: str
    delete_url: str
    is_current: bool = False


@dataclass(frozen=True)
class SavedViews:
    """A person's saved views of one list, and what it takes to save the present one."""

    links: tuple[SavedViewLink, ...]
    listing: str
    query: str
    path: str
    save_url: str


@dataclass(frozen=True)
class ListingPage:
    """Everything that the list component draws."""

    columns: tuple[ColumnHead, ...]
    rows: tuple[Row, ...]
    total: int | None = None
    newer_url: str = ""
    older_url: str = ""
    filter_form: Any = None
    search: str = ""
    search_name: str = "q"
    exports: tuple[Link, ...] = ()
    bulk_actions: tuple[Action, ...] = ()
    empty_title: str = ""
    empty_hint: str = ""
    empty_action: Action | None = None
    url: str = ""
    dom_id: str = "listing"
    chips: tuple[Link, ...] = ()
    is_total_more: bool = False
    saved: SavedViews | None = None
    sort: str = ""

    @property
    def has_tools(self) -> bool:
        """Whether a row of search and filters stands above the table."""
        return bool(self.filter_form or self.search_name)


def badge_of(table: StateTable, state: str) -> Badge:
    """The badge of `state`, with its word translated."""
    return Badge(gettext(table.labels[state]), table.tones[state])


def actions_of(moves: Iterable[Move], url_of: Callable[[str], str], *, primary: str = "") -> list[Action]:
    """Buttons for `moves`; `url_of(name)` gives the address, `primary` names the move that stands out."""
    return [
        Action(
            label=gettext(move.label),
            url=url_of(move.name),
            tone="primary" if move.name == primary else "default",
            needs_note=move.needs_note,
        )
        for move in moves
    ]


def station_labels() -> dict[str, str]:
    """Key and translated name of every place of the chain bar, in order (`project/navigation.py` holds the table)."""
    table = cast("tuple[tuple[str, str], ...]", wired("DUBAN_STATIONS"))
    return {key: gettext(label) for key, label in table}


def stations(details: dict[str, tuple[str, str]], *, current: str) -> list[Station]:
    """All stations in their order; `details` maps a key to (what lies there, URL)."""
    return [Station(key, label, *details.get(key, ("", "")), current=key == current) for key, label in station_labels().items()]
