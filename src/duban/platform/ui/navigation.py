"""Navigation along the chain: who sees which entry, which one is lit, how much work waits at each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.platform.notices.selectors import unread_count
from duban.platform.tables_by_name import wired

COUNTS_SECONDS = 60
NOTICES = "notices"


@dataclass(frozen=True)
class NavigationItem:
    """One entry: `group` is overview, chain or base; `station` its unique key.

    Shown to actors who hold one of `rights` (to everybody if empty) and only if `url_name` resolves.
    `count` is the dotted path of a selector `(actor) -> int` for work waiting there.
    """

    station: str
    label: str
    url_name: str
    rights: tuple[str, ...] = ()
    count: str | None = None
    group: str = "chain"
    symbol: str = ""
    only_offices: bool = False


@dataclass(frozen=True)
class NavigationLink:
    """An entry as drawn."""

    station: str
    label: str
    url: str
    symbol: str = ""
    active: bool = False
    count: int | None = None


def known_counts(actor: Actor) -> dict[str, int] | None:
    """Waiting work by station if it was counted within the last minute."""
    found: dict[str, int] | None = cache.get(_cache_key(actor))
    return found


def counts(actor: Actor) -> dict[str, int]:
    """Waiting work by station and unread notices, cached for a minute; one query per counting selector."""
    found = known_counts(actor)
    if found is None:
        found = {item.station: import_string(item.count)(actor) for item in items_for(actor) if item.count}
        found[NOTICES] = unread_count(actor)
        cache.set(_cache_key(actor), found, COUNTS_SECONDS)
    return found


def items_for(actor: Actor) -> list[NavigationItem]:
    """Entries this actor may use, in table order."""
    table = cast("Iterable[NavigationItem]", wired("DUBAN_NAVIGATION"))
    return [item for item in table if address(item.url_name) and _may_see(item, actor)]


def address(url_name: str) -> str:
    """The URL of a name, or an empty text if there is none."""
    return _address(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=512)
def _address(url_name: str, routes: str, prefix: str) -> str:
    """Asked forty times by every page; `routes` and `prefix` are what the answer hangs on."""
    del prefix
    try:
        return reverse(url_name, urlconf=routes)
    except NoReverseMatch:
        return ""


def _may_see(item: NavigationItem, actor: Actor) -> bool:
    if item.only_offices and actor.is_vendor:
        return False
    return not item.rights or any(actor.can(code) for code in item.rights)


def links_for(path: str, actor: Actor, known: dict[str, int]) -> dict[str, list[NavigationLink]]:
    """Entries as drawn, by group, with the one that holds `path` lit; counts only if they are at hand."""
    groups: dict[str, list[NavigationLink]] = {}
    for item in items_for(actor):
        link = NavigationLink(
            item.station,
            gettext(item.label),
            address(item.url_name),
            item.symbol,
            count=known.get(item.station),
        )
        groups.setdefault(item.group, []).append(link)
    return _with_active(groups, path)


def _with_active(groups: dict[str, list[NavigationLink]], path: str) -> dict[str, list[NavigationLink]]:
    """Light the entry whose URL is the longest prefix of the path; the root only by an exact match."""
    urls = [link.url for links in groups.values() for link in links]
    best = max(
        (url for url in urls if path == url or (url != "/" and path.startswith(url))),
        key=len,
        default="",
    )
    return {name: [replace(link, active=link.url == best) for link in links] for name, links in groups.items()}


def _cache_key(actor: Actor) -> str:
    return f"navigation-counts:{actor.tenant_path}:{actor.person_id}"
