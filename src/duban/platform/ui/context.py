"""What the frame around every page needs beside the page itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from duban.kernel.actor import Actor
from duban.platform.ui.components import Link
from duban.platform.ui.navigation import NavigationLink, address, links_for

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Shell:
    """Navigation, addresses and the person, as `base.html` draws them; an empty address hides its control."""

    theme: str
    today: date
    actor: Actor | None
    company: str
    role: str
    overview: tuple[NavigationLink, ...]
    chain: tuple[NavigationLink, ...]
    base: tuple[NavigationLink, ...]
    counts_url: str
    search_url: str
    notices_url: str
    language_url: str
    logout_url: str
    person_links: tuple[Link, ...]


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor` and `shell`, the latter built only if a template asks for it."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> Shell:
    """The frame for this request."""
    actor = cast("Actor | None", getattr(request, "actor", None))
    signed_in = actor if actor is not None and actor.person_id is not None else None
    groups = links_for(request.path, signed_in) if signed_in else {}
    counted = any(link.count is not None for links in groups.values() for link in links)
    return Shell(
        theme=theme_of(request),
        today=timezone.localdate(),
        actor=signed_in,
        company=str(getattr(request, "company_name", "")),
        role=str(getattr(request, "role_name", "")),
        overview=tuple(groups.get("overview", ())),
        chain=tuple(groups.get("chain", ())),
        base=tuple(groups.get("base", ())),
        counts_url=address("ui:counts") if groups and not counted else "",
        search_url=address("search"),
        notices_url=address("notices:list"),
        language_url=address("set_language"),
        logout_url=address("account_logout"),
        person_links=(),
    )


def theme_of(request: HttpRequest) -> str:
    """The theme the person chose, or an empty text to follow the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""
