"""The settings page: everything that is set up somewhere, for whoever may."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from duban.kernel.actor import Actor
from duban.platform.requests import actor_of
from duban.platform.tables_by_name import wired
from duban.platform.ui.navigation import address


@dataclass(frozen=True)
class SettingsItem:
    """One page of the settings: shown to who holds `right` (to everybody if empty) and only if its address exists."""

    label: str
    hint: str
    url_name: str
    right: str = ""
    symbol: str = "settings"


def items_for(actor: Actor) -> list[dict[str, str]]:
    """The pages this actor may open, translated, in table order."""
    table = cast("tuple[SettingsItem, ...]", wired("DUBAN_SETTINGS_PAGES"))
    return [
        {"label": gettext(item.label), "hint": gettext(item.hint), "url": address(item.url_name), "symbol": item.symbol}
        for item in table
        if address(item.url_name) and (not item.right or actor.can(item.right))
    ]


@require_GET
def settings_hub(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/settings_hub.html", {"items": items_for(actor_of(request))})
