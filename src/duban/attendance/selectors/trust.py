"""What trust asks of attendance: where a punch or a scanned point belongs, and what is left of a round without doubts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from duban.attendance.models import PatrolRound, PatrolScan, Route, RoutePoint
from duban.attendance.selectors.punching import circle_of, posts_by_code
from duban.estates.models import Place, Post
from duban.kernel.actor import Actor
from duban.kernel.trust import Floors, TrustGrade
from duban.platform.trust.models import TrustMark, TrustReview
from duban.platform.trust.selectors import marks_of
from duban.platform.trust.shapes import Ground, Stand

SCAN = "attendance.patrol"
FLOORS = Floors(TrustGrade.C, TrustGrade.C)
"""A check-in or a scanned point of the lowest grade mans no post and walks no round until somebody has looked at it."""


def grounds_of_punches(actor: Actor, envelopes: Sequence[Any]) -> Mapping[UUID, Ground]:
    """Where check-ins and check-outs belong; those at unknown posts are left out. Two queries."""
    posts = posts_by_code(actor, {item.payload.post for item in envelopes})
    grounds = {code: _of_post(post, lines[0].contract.office.path) for code, (post, lines) in posts.items()}
    return {item.id: grounds[item.payload.post] for item in envelopes if item.payload.post in grounds}


def grounds_of_scans(actor: Actor, envelopes: Sequence[Any]) -> Mapping[UUID, Ground]:
    """Where scanned points of patrols belong; those off their route are left out. One query."""
    names = {item.id: _route_of(item) for item in envelopes}
    rows = RoutePoint.objects.filter(route__in=Route.objects.for_actor(actor).filter(code__in=names.values()))
    points = rows.select_related("route__line__estate__office", "route__line__contract__office", "place")
    grounds = {(point.route.code, point.place.tag): _of_point(point) for point in points}
    keys = {item.id: (names[item.id], item.payload.point) for item in envelopes}
    return {key: grounds[named] for key, named in keys.items() if named in grounds}


def marks_of_round(found: PatrolRound) -> list[TrustMark]:
    """Grades of the doubted points of a round, the worst first. Two queries."""
    keys = TrustReview.objects.filter(kind=SCAN, record=found.code).values_list("mark_id", flat=True)
    return sorted(marks_of(keys).values(), key=lambda mark: (-mark.weight, mark.captured_at))


def counted_scans(rounds: Collection[int]) -> "QuerySet[PatrolScan]":
    """Scanned points of rounds without those that do not count, because they are doubted."""
    doubted = TrustReview.objects.filter(kind=SCAN, mark=OuterRef("client_id"), counts_score=False)
    return PatrolScan.objects.filter(~Exists(doubted), round__in=rounds)


def _route_of(item: Any) -> str:
    """A phone names the round of a day as `code.number`; the number does not matter here."""
    code: str = item.payload.route.partition(".")[0]
    return code


def _of_post(post: Post, keeper: str) -> Ground:
    circle = circle_of(post)
    point = None if circle.centre is None else (circle.centre.latitude, circle.centre.longitude)
    is_rotating = post.place is not None and post.place.is_rotating
    return Ground(
        office=post.estate.office.path,
        keeper=keeper,
        stand=Stand(post.place.tag, point, circle.radius, is_rotating) if post.place else None,
        floors=FLOORS,
        title=post.name,
        about=post.estate.short_name or post.estate.name,
    )


def _of_point(point: RoutePoint) -> Ground:
    line = point.route.line
    return Ground(
        office=line.estate.office.path,
        keeper=line.contract.office.path,
        stand=_stand(point.place),
        floors=FLOORS,
        title=point.route.name,
        about=f"{line.estate.short_name or line.estate.name} · {point.place.name}",
        page="attendance:round",
    )


def _stand(place: Place) -> Stand:
    point = None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)
    return Stand(place.tag, point, place.radius_m, place.is_rotating)
