"""The editor of a patrol route without a script: buttons move, add and drop points before anything is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from duban.attendance.domain.routes import PointPlan, spaced
from duban.attendance.forms import POINT_FIELDS, PointForms, RouteForm
from duban.attendance.models import Route
from duban.attendance.selectors.patrols import route_places
from duban.contracts.models import ContractLine
from duban.estates.models import Place

SAVE = "save"
FIRST_ROWS = 3
MOVES = {"up": -1, "down": 1}
Row = dict[str, Any]


@dataclass
class Editor:
    """The two halves of the editor: the route and its points; `do` is the button that was pressed."""

    form: RouteForm
    points: Any
    do: str = SAVE

    @property
    def is_valid(self) -> bool:
        """Whether both halves can be read."""
        return all([self.form.is_valid(), self.points.is_valid()])

    def plans(self) -> list[PointPlan]:
        """The points as the service takes them."""
        return [form.point() for form in self.points]


def editor_of(line: ContractLine, route: Route | None, data: QueryDict | None) -> Editor:
    """What the page shows: what is stored, what was sent, or what the button made of it."""
    choices = [(place.pk, _label(place)) for place in route_places(line)]
    more: Mapping[str, Any] = {"form_kwargs": {"places": choices}, "prefix": "points"}
    if data is None:
        return Editor(RouteForm(initial=_initial(route)), PointForms(initial=_stored(route), **more))
    sent = Editor(RouteForm(data), PointForms(data, **more), data.get("do") or SAVE)
    if sent.do == SAVE:
        return sent
    rows = changed_rows(_sent(data), sent)
    return Editor(
        RouteForm(initial=data.dict() | {"is_active": "is_active" in data}), PointForms(initial=rows, **more), sent.do
    )


def changed_rows(rows: Sequence[Row], sent: Editor) -> list[Row]:
    """What a button makes of the rows: add, drop.2, up.2, down.2, space. Windows stay where they are when places move."""
    what, _dot, number = sent.do.partition(".")
    found, at = [dict(row) for row in rows], int(number) if number.isdecimal() else len(rows)
    if what == "add":
        return [*found, {}]
    if what == "drop":
        return found[:at] + found[at + 1 :]
    if what == "space" and sent.is_valid:
        return _spaced(sent)
    target = at + MOVES.get(what, 0)
    if at < len(found) and 0 <= target < len(found):
        for name in ("place", "metres"):
            found[at][name], found[target][name] = found[target][name], found[at][name]
    return found


def _spaced(sent: Editor) -> list[Row]:
    chosen = sent.form.cleaned_data
    gap, window = chosen["gap"] or 0, chosen["window"] or 1
    return [_row(point) for point in spaced(sent.plans(), gap=gap, window=window)]


def _row(point: PointPlan) -> Row:
    return {"place": point.place, "opens": point.opens_minute, "closes": point.closes_minute, "metres": point.metres}


def _sent(data: QueryDict) -> list[Row]:
    total = data.get("points-TOTAL_FORMS", "")
    count = min(int(total), PointForms.absolute_max) if total.isdecimal() else 0
    return [{name: data.get(f"points-{number}-{name}", "") for name in POINT_FIELDS} for number in range(count)]


def _initial(route: Route | None) -> dict[str, Any]:
    if route is None:
        return {}
    order = "strict" if route.is_ordered else "free"
    return {"name": route.name, "starts": " ".join(route.starts), "order": order, "is_active": route.is_active}


def _stored(route: Route | None) -> list[Row]:
    if route is None:
        return [{} for _number in range(FIRST_ROWS)]
    return [
        {"place": point.place_id, "opens": point.opens_minute, "closes": point.closes_minute, "metres": point.metres}
        for point in route.points.all()
    ]


def _label(place: Place) -> str:
    return f"{place.parent.name} · {place.name}" if place.parent else place.name
