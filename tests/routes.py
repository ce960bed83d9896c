"""Every address of the product and every operation of its API, with the arguments that make them callable."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from duban.project.api import api

DUMMIES: Mapping[str, object] = {
    "IntConverter": 1,
    "StringConverter": "none",
    "SlugConverter": "none",
    "PathConverter": "none",
    "UUIDConverter": UUID(int=0),
}
Arguments = Callable[[str, str], object | None]
"""From the name of a route and of its parameter to a value, `None` if a dummy will do."""


@dataclass(frozen=True)
class Route:
    """One page address or one API operation. `name` is how the permission table calls it."""

    name: str
    method: str
    namespace: str
    parameters: Mapping[str, object]
    template: str = ""

    def path(self, arguments: Arguments) -> str:
        """The address, filled with known values or dummies."""
        values = {}
        for parameter, dummy in self.parameters.items():
            known = arguments(self.name, parameter)
            values[parameter] = dummy if known is None else known
        if not self.template:
            return reverse(self.name, kwargs=values)
        path = self.template
        for parameter, value in values.items():
            path = path.replace("{" + parameter + "}", str(value))
        return path


@cache
def pages() -> tuple[Route, ...]:
    """Every named address outside the API; those of Django's own language switch left out."""
    found = {}
    for name, pattern in _walk(get_resolver(), ""):
        converters = {key: DUMMIES.get(type(value).__name__, "none") for key, value in pattern.pattern.converters.items()}
        regex_names = getattr(pattern.pattern.regex, "groupindex", {})
        parameters = {**dict.fromkeys(regex_names, "none"), **converters}
        route = Route(name, "GET", name.split(":")[0] if ":" in name else "root", parameters)
        try:
            route.path(lambda _name, _parameter: None)
        except NoReverseMatch:
            continue
        found[name] = route
    return tuple(sorted(found.values(), key=lambda route: route.name))


@cache
def operations() -> tuple[Route, ...]:
    """Every operation of the API."""
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            parameters = {item["name"]: _dummy(item) for item in operation.get("parameters", ()) if item["in"] == "path"}
            name = f"{method.upper()} {path}"
            found.append(Route(name, method.upper(), f"api.{path.split('/')[3]}", parameters, template=path))
    return tuple(sorted(found, key=lambda route: route.name))


def _dummy(parameter: Mapping[str, Mapping[str, object]]) -> object:
    return 1 if parameter["schema"].get("type") == "integer" else "none"


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}", entry
        elif isinstance(entry, URLResolver) and entry.namespace != "api":
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
