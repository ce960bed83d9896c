"""Reading dated parameters."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language, gettext

from duban.kernel.actor import Actor
from duban.kernel.dated import DatedValue, faults
from duban.kernel.dated import value_on as choose
from duban.kernel.errors import NotFound
from duban.kernel.text import mark
from duban.platform.parameters.models import DatedParameter

DATA = Path(__file__).parent / "data"
UNITS = {
    "CNY": mark("CNY"),
    "h": mark("hours"),
    "d": mark("days"),
    "min": mark("minutes"),
    "years": mark("years"),
    "months": mark("months"),
    "persons": mark("persons"),
    "cameras": mark("cameras"),
    "working days": mark("working days"),
    "ratio": mark("ratio"),
    "×": mark("times"),
    "records": mark("records"),
    "bits": mark("bits"),
    "points": mark("doubt points"),
}
"""Short name of a unit in the catalogue → its word."""


@dataclass(frozen=True)
class ParameterKind:
    """One parameter of the catalogue: its key, its names, and the group it is listed under."""

    key: str
    name: str
    name_zh: str
    group: str
    unit: str


@dataclass(frozen=True)
class ParameterGroup:
    """Parameters listed together, each with its values from the newest to the oldest, and the faults of the register."""

    name: str
    rows: tuple["ParameterRow", ...]


@dataclass(frozen=True)
class ParameterRow:
    """One parameter with all its values."""

    key: str
    name: str
    unit: str
    values: tuple[DatedParameter, ...]
    faults: tuple[str, ...] = ()


def value_on(key: str, *, on: date, city: str = "", tenant_path: str = "") -> DatedValue:
    """The value of a parameter in force on a day; the company's own before the shipped one, the city's before the general.

    Raises `NoValue` where the register has a gap, naming the parameter, and `TwoValues` on an overlap. One query.
    """
    rows = DatedParameter.objects.in_tenant(tenant_path).filter(key=key, city__in=("", city), from_on__lte=on)
    own = [_dated(row) for row in rows if row.scope]
    shipped = [_dated(row) for row in rows if not row.scope]
    name = parameter_name(key)
    if any(value.holds(on) for value in own):
        return choose(own, name=name, city=city, on=on)
    return choose(shipped, name=name, city=city, on=on)


def values_on(prefix: str, *, on: date, tenant_path: str = "") -> dict[str, DatedValue]:
    """The general values in force on a day of all parameters whose key begins so, else as `value_on`: one query."""
    rows = DatedParameter.objects.in_tenant(tenant_path).filter(key__startswith=prefix, city="", from_on__lte=on)
    own: dict[str, list[DatedValue]] = {key: [] for key in catalogue() if key.startswith(prefix)}
    shipped: dict[str, list[DatedValue]] = {key: [] for key in own}
    for row in rows:
        (own if row.scope else shipped).setdefault(row.key, []).append(_dated(row))
    found = {}
    for key, values in own.items():
        known = values if any(value.holds(on) for value in values) else shipped.get(key, [])
        found[key] = choose(known, name=parameter_name(key), city="", on=on)
    return found


@cache
def catalogue() -> dict[str, ParameterKind]:
    """Every parameter the product knows, from `data/catalogue.json`."""
    entries = json.loads((DATA / "catalogue.json").read_text(encoding="utf-8"))
    return {entry["key"]: ParameterKind(**entry) for entry in entries}


def parameter_name(key: str) -> str:
    """Name of a parameter in the reader's language; the key itself if the catalogue does not know it."""
    kind = catalogue().get(key)
    if kind is None:
        return key
    return kind.name_zh if _is_chinese() else kind.name


def parameter_register(actor: Actor) -> tuple[ParameterGroup, ...]:
    """The whole register as one page: every parameter of the catalogue with its values, faults beside."""
    values: dict[str, list[DatedParameter]] = {key: [] for key in catalogue()}
    for row in DatedParameter.objects.for_actor(actor).order_by("key", "city", "-from_on"):
        values.setdefault(row.key, []).append(row)
    groups: dict[str, list[ParameterRow]] = {}
    for key, rows in values.items():
        kind = catalogue().get(key) or ParameterKind(key, key, key, "other", "")
        groups.setdefault(kind.group, []).append(_row(key, kind, rows))
    return tuple(ParameterGroup(name, tuple(rows)) for name, rows in groups.items())


def parameter_get(actor: Actor, pk: int) -> DatedParameter:
    """One value inside the actor's scope, or `NotFound`."""
    found = DatedParameter.objects.for_actor(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _row(key: str, kind: ParameterKind, rows: list[DatedParameter]) -> ParameterRow:
    found = tuple(
        fault for scope in {row.scope for row in rows} for fault in faults(_dated(row) for row in rows if row.scope == scope)
    )
    unit = gettext(UNITS[kind.unit]) if kind.unit in UNITS else kind.unit
    return ParameterRow(key, parameter_name(key), unit, tuple(rows), found)


def _dated(row: DatedParameter) -> DatedValue:
    return DatedValue(row.value, row.city, row.from_on, row.until_on, row.source)


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
