"""Patrol routes for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.attendance.models import Route
from duban.attendance.schemas import Paging
from duban.attendance.schemas.routes import PatrolRouteIn, PatrolRouteNewIn, PatrolRouteOut
from duban.attendance.selectors.naming import line_named, plan_named
from duban.attendance.selectors.patrols import route_get, routes_after
from duban.attendance.services.patrols import route_save
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["attendance"])


@router.get("", response={200: list[PatrolRouteOut], **REFUSALS}, operation_id="routes_list")
def routes_list(request: HttpRequest, page: Query[Paging]) -> list[Route]:
    """Routes in the order in which they were drawn; `after` is the last code of the page before."""
    return list(routes_after(actor_of(request), page.after)[: page.limit])


@router.get("/{code}", response={200: PatrolRouteOut, **REFUSALS}, operation_id="routes_get")
def routes_get(request: HttpRequest, code: str) -> Route:
    """One route with its points."""
    return route_get(actor_of(request), code)


@router.post("", response={201: PatrolRouteOut, **REFUSALS}, operation_id="routes_create")
def routes_create(request: HttpRequest, payload: PatrolRouteNewIn) -> Status[Route]:
    """Draw a route for a contract line."""
    actor = actor_of(request)
    line = line_named(actor, payload.contract, payload.line)
    route = route_save(actor=actor, line=line, plan=plan_named(line, payload))
    return Status(201, route_get(actor, route.code))


@router.put("/{code}", response={200: PatrolRouteOut, **REFUSALS}, operation_id="routes_change")
def routes_change(request: HttpRequest, code: str, payload: PatrolRouteIn) -> Route:
    """Change a route; rounds that have begun keep it as it was."""
    actor = actor_of(request)
    route = route_get(actor, code)
    route_save(actor=actor, line=route.line, plan=plan_named(route.line, payload), route=route)
    return route_get(actor, code)
