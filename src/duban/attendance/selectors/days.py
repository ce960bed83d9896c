"""Posts and one day of a post: its slots and every check-in, for the office and for whoever stands there."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from duban.attendance.domain.fences import Verdict
from duban.attendance.domain.slots import Shift
from duban.attendance.models import Punch, Slot
from duban.attendance.permissions import Code, can_roster
from duban.attendance.selectors.punching import Circle, circle_of, line_on, posts_by_code
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.vendors.models import Worker

RECENT = timedelta(days=30)
SHIFTS = tuple(Shift)
WITH_LINE = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit", "post")


@dataclass(frozen=True)
class PostDay:
    """One post on one day. `line` pays for it on that day, or nothing; `circle` is where a check-in is measured from."""

    post: Post
    day: date
    line: ContractLine | None
    circle: Circle
    slots: tuple[Slot, ...]
    punches: tuple[Punch, ...]


def posts_of(actor: Actor) -> QuerySet[Post]:
    """Posts in use that a contract line of the actor pays for, with `exceptions` of the last thirty days.

    Whoever may check in sees them as well as whoever may see attendance; anybody else gets `NotAllowed`.
    """
    if not actor.can(Code.PUNCH):
        actor.require(Code.VIEW)
    lines = ContractLine.objects.for_actor(actor).exclude(contract__state="draft")
    pays = lines.filter(estate_id=OuterRef("estate_id"), service_line=OuterRef("service_line"))
    doubtful = Punch.objects.for_actor(actor).filter(
        post_id=OuterRef("pk"), verdict=Verdict.EXCEPTION, day__gt=timezone.localdate() - RECENT
    )
    counted = doubtful.order_by().values("post_id").annotate(number=Count("pk")).values("number")
    posts = Post.objects.filter(Exists(pays), is_active=True).select_related("estate__office", "place")
    return posts.annotate(exceptions=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def post_get(actor: Actor, code: str) -> Post:
    """One post by its code, or `NotFound`."""
    return get_by_code(posts_of(actor), code)


def post_day(actor: Actor, post: Post, day: date) -> PostDay:
    """A post's day: four statements, however much happened."""
    _post, lines = posts_by_code(actor, {post.code})[post.code]
    slots = Slot.objects.for_actor(actor).filter(post=post, day=day).select_related(*WITH_LINE)
    punches = Punch.objects.for_actor(actor).filter(post=post, day=day).select_related("worker")
    return PostDay(
        post,
        day,
        line_on(lines, day),
        circle_of(post),
        tuple(sorted(slots, key=lambda slot: SHIFTS.index(Shift(slot.shift)))),
        tuple(punches.order_by("at", "pk")),
    )


def workers_offered(actor: Actor, line: ContractLine) -> list[Worker]:
    """People besides oneself whom the actor may check in under a line, by name: all of the vendor's for who rosters them."""
    if not can_roster(actor, line):
        return []
    return list(Worker.objects.for_actor(actor).filter(company_id=line.contract.vendor_id).order_by("name", "id"))
