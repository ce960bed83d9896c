"""What the frame around every page needs beside the page itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.platform.tables_by_name import wired
from duban.platform.ui.components import Link
from duban.platform.ui.navigation import NOTICES, NavigationLink, address, known_counts, links_for

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
    unread_count: int
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
    known = known_counts(signed_in) if signed_in else None
    groups = links_for(request.path, signed_in, known or {}) if signed_in else {}
    company, role = person_line(signed_in) if signed_in else ("", "")
    return Shell(
        theme=theme_of(request),
        today=timezone.localdate(),
        actor=signed_in,
        company=company,
        role=role,
        overview=tuple(groups.get("overview", ())),
        chain=tuple(groups.get("chain", ())),
        base=tuple(groups.get("base", ())),
        counts_url=address("ui:counts") if signed_in and known is None else "",
        unread_count=(known or {}).get(NOTICES, 0),
        search_url=address("search"),
        notices_url=address("notices:list"),
        language_url=address("set_language"),
        logout_url=address("account_logout"),
        person_links=_person_links(),
    )


def person_line(actor: Actor) -> tuple[str, str]:
    """Company and role as the frame shows them; `project` knows the words."""
    return cast("Callable[[Actor], tuple[str, str]]", wired("DUBAN_PERSON_LINE"))(actor)


def _person_links() -> tuple[Link, ...]:
    entries = (
        (_("Notice preferences"), "notices:preferences"),
        (_("Change password"), "account_change_password"),
        (_("Two-factor sign-in"), "mfa_index"),
    )
    return tuple(Link(label, address(name)) for label, name in entries if address(name))


def theme_of(request: HttpRequest) -> str:
    """The theme the person chose, or an empty text to follow the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""
