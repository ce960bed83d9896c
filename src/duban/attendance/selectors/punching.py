"""What a check-in needs to know: the posts and lines of the sender, and the people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from duban.attendance.domain.fences import Point
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.vendors.models import Worker


@dataclass(frozen=True)
class Circle:
    """Where a post stands: the middle (nothing if neither its place nor its estate has a position) and metres around it."""

    centre: Point | None
    radius: int


def posts_by_code(actor: Actor, codes: Collection[str]) -> dict[str, tuple[Post, list[ContractLine]]]:
    """Code of a post → the post and the actor's contract lines that pay for it, newest first: two statements."""
    posts = list(Post.objects.filter(code__in=codes).select_related("place", "estate__office"))
    seen = ContractLine.objects.for_actor(actor).exclude(contract__state="draft")
    lines = seen.filter(estate_id__in={post.estate_id for post in posts}).select_related(
        "estate__office", "contract__office", "contract__vendor__unit"
    )
    by_key: dict[tuple[int, str], list[ContractLine]] = {}
    for line in lines.order_by("-starts_on", "-id"):
        by_key.setdefault((line.estate_id, line.service_line), []).append(line)
    return {post.code: (post, found) for post in posts if (found := by_key.get((post.estate_id, post.service_line)))}


def line_on(lines: Collection[ContractLine], day: date) -> ContractLine | None:
    """The line that runs on a day, cut where its contract was terminated."""
    return next((line for line in lines if (term := line.performed_term) and term.starts_on <= day <= term.ends_on), None)


def workers_known(actor: Actor, codes: Collection[str]) -> dict[str, Worker]:
    """Code → worker of the companies the actor sees, and the actor's own under `""`: one statement."""
    own = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=())
    rows = Worker.objects.for_actor(actor).filter(Q(code__in=codes) | own).select_related("company")
    found: dict[str, Worker] = {}
    for worker in rows:
        found[worker.code] = worker
        if worker.person_id is not None and worker.person_id == actor.person_id:
            found[""] = worker
    return found


def circle_of(post: Post) -> Circle:
    """Where a post stands: its place if that has a position, else its estate."""
    place, estate = post.place, post.estate
    if place is not None and place.latitude is not None and place.longitude is not None:
        return Circle(Point(place.latitude, place.longitude), place.radius_m)
    if estate.latitude is not None and estate.longitude is not None:
        return Circle(Point(estate.latitude, estate.longitude), ESTATE_RADIUS)
    return Circle(None, ESTATE_RADIUS)


ESTATE_RADIUS = 400
"""Metres around the middle of an estate where a post has no place with a position."""
