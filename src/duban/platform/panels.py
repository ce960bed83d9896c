"""Panels that apps further up put onto a page further down, as the wiring table names them."""

from collections.abc import Callable, Mapping
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.platform.tables_by_name import wired

Offer = Callable[[Actor, str], tuple[str, Mapping[str, object]] | None]


def rendered_panels(request: HttpRequest, place: str, actor: Actor, code: str) -> str:
    """What the apps above put at `place` for the record `code`: template and context of each, or nothing."""
    table = cast("Mapping[str, tuple[str, ...]]", wired("DUBAN_PANELS"))
    offers = [cast("Offer", import_string(path)) for path in table.get(place, ())]
    shown = [found for offer in offers if (found := offer(actor, code)) is not None]
    return "".join(render_to_string(template, dict(context), request=request) for template, context in shown)
