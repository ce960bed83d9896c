"""Reading notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.cache import cache
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.notices.models import Delivery, Notice, NoticePreference
from duban.platform.tables_by_name import wired

COUNT_SECONDS = 60
PAGE_SIZE = 40


@dataclass(frozen=True)
class NoticeRow:
    """One notice in the reader's language."""

    key: int
    title: str
    body: str
    url: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True)
class NoticePage:
    """One page of notices, newest first; `older_than` is empty on the last."""

    rows: tuple[NoticeRow, ...]
    unread_count: int
    older_than: str = ""


def notice_kinds() -> Mapping[str, str]:
    """Every kind of notice and its name (English source text), from the wiring table."""
    return cast("Mapping[str, str]", wired("DUBAN_NOTICES"))


def notice_page(actor: Actor, *, older_than: int | None = None, unread_only: bool = False) -> NoticePage:
    """The actor's notices before a key, one page."""
    found = Notice.objects.for_actor(actor).order_by("-id")
    if unread_only:
        found = found.filter(read_at__isnull=True)
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    rows = [notice_row(notice) for notice in found[: PAGE_SIZE + 1]]
    is_last = len(rows) <= PAGE_SIZE
    return NoticePage(tuple(rows[:PAGE_SIZE]), unread_count(actor), "" if is_last else str(rows[PAGE_SIZE - 1].key))


def notice_row(notice: Notice) -> NoticeRow:
    """One notice, translated and filled."""
    return NoticeRow(
        key=notice.pk,
        title=filled(notice.title, notice.params),
        body=filled(notice.body, notice.params),
        url=notice.url,
        at=notice.created_at,
        is_unread=notice.read_at is None,
    )


def notice_address(actor: Actor, key: int) -> str:
    """Where one of the actor's notices leads; `NotFound` for anybody else's."""
    notice = Notice.objects.for_actor(actor).filter(pk=key).first()
    if notice is None:
        raise NotFound
    return notice.url


def unread_count(actor: Actor) -> int:
    """How many notices the actor has not read; one query a minute, none in between."""
    if actor.person_id is None:
        return 0
    key = unread_key(actor.person_id)
    count: int | None = cache.get(key)
    if count is None:
        count = Notice.objects.for_actor(actor).filter(read_at__isnull=True).count()
        cache.set(key, count, COUNT_SECONDS)
    return count


def unread_key(person_id: int) -> str:
    """Where the number of unread notices is cached."""
    return f"notices-unread:{person_id}"


def deliveries(kind: str, person_ids: list[int]) -> dict[int, Delivery]:
    """How each of the people who chose wishes to get this kind."""
    rows = NoticePreference.objects.filter(kind=kind, person_id__in=person_ids)
    return {person_id: Delivery(delivery) for person_id, delivery in rows.values_list("person_id", "delivery")}


def preferences_of(actor: Actor) -> dict[str, str]:
    """Kind → delivery for every kind there is, the default where nothing was chosen."""
    mine = NoticePreference.objects.filter(person_id=actor.person_id or 0)
    chosen = dict(mine.values_list("kind", "delivery"))
    return {kind: chosen.get(kind, Delivery.IN_APP.value) for kind in notice_kinds()}


def filled(text: str, params: Mapping[str, object]) -> str:
    """A source text in the language now active, placeholders filled; a value that is missing leaves the text as it is."""
    if not text:
        return ""
    try:
        return gettext(text).format(**params)
    except (KeyError, IndexError, ValueError):
        return gettext(text)
