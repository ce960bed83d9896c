"""Posts and their slots."""

from datetime import date, datetime, time

from duban.attendance.domain.routes import RoundPlan, StopPlan
from duban.attendance.models import Assignment, PatrolRound, Punch, Roster, Route, RoutePoint, Slot
from duban.contracts.models import ContractLine
from duban.estates.models import Estate, Place, Post
from duban.orgs.models import Person
from duban.vendors.models import Company, Worker
from tests.factories.inspections import SHANGHAI, make_place


def make_post(estate: Estate, name: str = "东门岗", **more: object) -> Post:
    """A post of the security service."""
    return Post.objects.create(estate=estate, service_line="security", name=name, hours_per_week=56, **more)


def make_slot(line: ContractLine, post: Post, day: date = date(2026, 10, 5), state: str = "present", **more: object) -> Slot:
    """One slot as it was handed in."""
    return Slot.objects.create(line=line, post=post, day=day, state=state, **{"ground": "given", **more})


def make_worker(company: Company, name: str = "王小明", person: Person | None = None) -> Worker:
    """Somebody who works for a vendor."""
    return Worker.objects.create(company=company, name=name, person=person)


def make_roster(line: ContractLine, week: date = date(2026, 10, 5), state: str = "published") -> Roster:
    """The roster of a line for the week that begins on a Monday."""
    published_at = moment(week, 8) if state == "published" else None
    return Roster.objects.create(line=line, week=week, state=state, published_at=published_at)


def make_assignment(roster: Roster, post: Post, day: date, worker: Worker | None = None, shift: str = "day") -> Assignment:
    """One cell of a roster; rest if nobody is named."""
    planned = "work" if worker else "rest"
    return Assignment.objects.create(roster=roster, post=post, day=day, shift=shift, planned=planned, worker=worker)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A local moment of a day."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def make_punch(line: ContractLine, post: Post, worker: Worker, at: datetime, direction: str = "in", **more: object) -> Punch:
    """A stored punch of a day shift."""
    values = {"day": at.date(), "shift": "day", "received_at": at, **more}
    return Punch.objects.create(line=line, post=post, worker=worker, at=at, direction=direction, **values)


def make_route(line: ContractLine, names: tuple[str, ...] = ("东门", "北墙", "车库"), **more: object) -> Route:
    """A route with a round at 22:00, a window of half an hour for each point, and no positions."""
    route = Route.objects.create(line=line, **{"name": "夜间巡更", "starts": ["22:00"], **more})
    for number, name in enumerate(names, 1):
        RoutePoint.objects.create(
            route=route, place=_place(line.estate, name), order=number, opens_minute=0, closes_minute=30 * number
        )
    return route


def make_round(route: Route, day: date = date(2026, 10, 5), number: int = 1, **more: object) -> PatrolRound:
    """A round of a route that began at 22:00 and is over."""
    ends = moment(day, 23, 30)
    plan = RoundPlan(
        tuple(
            StopPlan(
                point.place_id,
                point.place.tag,
                point.place.name,
                point.order,
                point.opens_minute,
                point.closes_minute,
                point.metres,
            )
            for point in route.points.select_related("place")
        ),
        route.is_ordered,
    )
    values = {
        "starts_at": moment(day, 22),
        "ends_at": ends,
        "point_count": 3,
        "is_over": True,
        "plan": plan.stored(),
        **more,
    }
    return PatrolRound.objects.create(route=route, line=route.line, day=day, number=number, **values)


def _place(estate: Estate, name: str) -> Place:
    return Place.objects.filter(estate=estate, name=name).first() or make_place(estate, name)
