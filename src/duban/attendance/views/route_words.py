"""What the page of a patrol route says, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.attendance.models import Route
from duban.attendance.permissions import Code, can_set_rules
from duban.attendance.tables import ROUNDS
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.platform.ui.components import Action, Fact, Link


@dataclass(frozen=True)
class StopRow:
    """One point: its place, its window after the beginning, minutes planned since the point before, metres walked."""

    order: int
    place: str
    tag: str
    window: str
    gap: str
    metres: str


def point_rows(route: Route) -> list[StopRow]:
    """The points in order with the gaps that are planned between them."""
    points = list(route.points.all())
    before = [None, *points]
    return [
        StopRow(
            point.order,
            point.place.name,
            point.place.tag,
            _("%(opens)d–%(closes)d min") % {"opens": point.opens_minute, "closes": point.closes_minute},
            _("%(minutes)d min") % {"minutes": point.opens_minute - last.opens_minute} if last else "",
            _("%(metres)d m") % {"metres": point.metres} if point.metres is not None else "",
        )
        for last, point in zip(before, points, strict=False)
    ]


def route_facts(route: Route) -> list[Fact]:
    """Line, beginnings, order, length."""
    points = list(route.points.all())
    longest = max((point.closes_minute for point in points), default=0)
    return [
        Fact(_("Contract line"), line_label(route.line)),
        Fact(_("Rounds begin at"), " · ".join(sorted(route.starts))),
        Fact(_("Order of the points"), _("In strict order") if route.is_ordered else _("In any order")),
        Fact(_("Number of points"), str(len(points))),
        Fact(_("A round takes at most"), _("%(minutes)d min") % {"minutes": longest}),
    ]


def route_actions(actor: Actor, route: Route) -> list[Action]:
    """Changing it, for the office that is in charge; the vendor walks it and does not draw it."""
    if not can_set_rules(actor, route.line):
        return []
    return [Action(_("Change the route"), reverse("attendance:route_edit", args=[route.code]), method="get", symbol="edit")]


def routes_actions(actor: Actor) -> list[Action]:
    """The button above the list of routes."""
    if not actor.office_paths(Code.EDIT):
        return []
    return [Action(_("Draw a route"), reverse("attendance:route_new"), method="get", tone="primary", symbol="plus")]


def route_links(route: Route) -> list[Link]:
    """All routes, and the rounds that were walked on this one."""
    return [
        Link(_("All routes"), reverse("attendance:routes")),
        Link(_("Its rounds"), ROUNDS.url("attendance:rounds", line=str(route.line_id))),
    ]
