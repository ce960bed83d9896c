"""One thing of each kind in our company, so that every address can be called with something that exists."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from tests.cast import World
from tests.routes import Arguments

PARAMETERS: Mapping[tuple[str, str], str] = {}
"""(start of the route's name, parameter) → model whose first row gives the value, where the name does not say it."""


def showcase_arguments(world: World) -> Arguments:
    """A function that answers with the code or key of something of ours."""
    found: dict[tuple[str, str], Any] = {}

    def known(route: str, parameter: str) -> object | None:
        app = route.split(":", maxsplit=1)[0] if ":" in route else route.split("/")[3] if "/" in route else ""
        key = (app, parameter)
        if key not in found:
            found[key] = _first_value(app, parameter)
        return found[key]

    return known


def _first_value(app: str, parameter: str) -> object | None:
    if app not in apps.app_configs:
        return None
    for model in apps.get_app_config(app).get_models():
        if parameter in {field.name for field in model._meta.concrete_fields}:
            row = model._base_manager.order_by("pk").first()
            if row is not None:
                return getattr(row, parameter)
    return None
