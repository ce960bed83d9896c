from datetime import date, timedelta
from uuid import uuid4

import pytest

from duban.attendance.domain.fences import Method
from duban.attendance.domain.routes import PointPlan, RoutePlan
from duban.attendance.domain.rows import ScanRow
from duban.attendance.models import PatrolRound, PatrolScan, Route
from duban.attendance.services.patrols import rounds_judge, rounds_open, route_save, scans_record
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed
from tests.factories.attendance import make_route, moment
from tests.factories.inspections import make_line, make_place

DAY = date(2026, 10, 5)
SYSTEM = system_actor("/")


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def route(line):
    return make_route(line)


def scan(route, number, hour=22, minute=5, day=DAY, **more):
    tag = route.points.get(order=number).place.tag
    return ScanRow(
        uuid4(), route.code, more.pop("point", tag), Method.QR, moment(day, hour, minute), token=more.pop("token", tag)
    )


def test_rounds_of_a_day_are_made_once(line, route):
    make_route(line, name="停用", is_active=False)
    Route.objects.create(line=line, name="无点", starts=["10:00"])
    assert rounds_open(actor=SYSTEM, day=DAY) == 1
    assert rounds_open(actor=SYSTEM, day=DAY) == 0
    assert rounds_open(actor=SYSTEM, day=date(2027, 6, 1)) == 0
    found = PatrolRound.objects.get()
    assert (found.starts_at, found.ends_at) == (moment(DAY, 22), moment(DAY, 23, 30))


def test_scans_are_stored_once_and_judge_their_round(world, route, time_machine):
    time_machine.move_to("2026-10-05T23:00:00+08:00", tick=False)
    rows = [scan(route, 1), scan(route, 2, minute=40)]
    codes = scans_record(actor=world.actor("vendor_worker"), rows=rows)
    assert scans_record(actor=world.actor("vendor_worker"), rows=rows) == codes
    found = PatrolRound.objects.get(day=DAY)
    assert set(codes.values()) == {found.code}
    assert (PatrolScan.objects.count(), found.on_time_count, found.skipped_count, found.is_over) == (2, 2, 0, False)
    assert rounds_judge(actor=SYSTEM, start=DAY, end=DAY, now=moment(DAY, 23, 31)) == 1
    found.refresh_from_db()
    assert (found.on_time_count, found.skipped_count, found.is_over) == (2, 1, True)
    assert rounds_judge(actor=SYSTEM, start=DAY, end=DAY, now=moment(DAY, 23, 31)) == 0


def test_after_midnight_the_round_of_the_evening_is_meant(world, line):
    route = make_route(line, starts=["23:30"])
    scans_record(actor=world.actor("vendor_worker"), rows=[scan(route, 2, hour=0, minute=10, day=DAY + timedelta(days=1))])
    assert PatrolRound.objects.get(scans__isnull=False).day == DAY


@pytest.mark.parametrize(
    ("more", "field"),
    [({"point": "NOWHERE"}, "point"), ({"token": "WRONG"}, "token"), ({"hour": 12}, "at")],
)
def test_a_refused_scan_changes_nothing(world, route, more, field):
    with pytest.raises(Invalid) as caught:
        scans_record(actor=world.actor("vendor_worker"), rows=[scan(route, 1), scan(route, 2, **more)])
    assert [error.field for error in caught.value.errors] == [f"rows.1.{field}"]
    assert not PatrolScan.objects.exists()


def test_only_people_of_the_vendor_walk_its_routes(world, route):
    with pytest.raises(NotAllowed):
        scans_record(actor=world.actor("quality_manager"), rows=[scan(route, 1)])
    with pytest.raises(Invalid) as caught:
        scans_record(actor=world.actor("rival_manager"), rows=[scan(route, 1)])
    assert caught.value.errors[0].field == "rows.0.route"


def test_a_route_is_entered_and_changed(world, line):
    manager = world.actor("quality_manager")
    gate, wall, shed = (make_place(line.estate, name) for name in ("门", "墙", "棚"))
    for place, latitude in ((gate, "31.230400"), (wall, "31.231300")):
        place.latitude, place.longitude = latitude, "121.473700"
        place.save()
    plan = RoutePlan("夜巡", ("22:00",), (PointPlan(gate.pk, 0, 30), PointPlan(wall.pk, 10, 40), PointPlan(shed.pk, 20, 50)))
    route = route_save(actor=manager, line=line, plan=plan)
    assert list(route.points.values_list("order", "metres")) == [(1, None), (2, 100), (3, None)]
    changed = route_save(actor=manager, line=line, plan=RoutePlan("夜巡二", ("23:00",), plan.points[:1]), route=route)
    assert (changed.code, changed.name, changed.points.count()) == (route.code, "夜巡二", 1)


def test_an_unsound_route_is_refused(world, line, route):
    manager, elsewhere = world.actor("quality_manager"), make_place(world.ours.estate_two, "外面")
    here = route.points.first().place_id
    for plan, field in (
        (RoutePlan("", ("22:00",), (PointPlan(here, 0, 30),)), "name"),
        (RoutePlan("夜巡", ("22:00",), (PointPlan(elsewhere.pk, 0, 30),)), "points"),
        (RoutePlan(route.name, ("22:00",), (PointPlan(here, 0, 30),)), "name"),
    ):
        with pytest.raises(Invalid) as caught:
            route_save(actor=manager, line=line, plan=plan)
        assert [error.field for error in caught.value.errors] == [field]
    with pytest.raises(NotAllowed):
        route_save(actor=world.actor("vendor_manager"), line=line, plan=RoutePlan("x", ("22:00",), (PointPlan(here, 0, 9),)))


def test_a_changed_route_changes_no_round_that_has_begun(world, line, route, time_machine):
    time_machine.move_to("2026-10-05T22:10:00+08:00", tick=False)
    worker, manager = world.actor("vendor_worker"), world.actor("quality_manager")
    rounds_open(actor=SYSTEM, day=DAY)
    rounds_open(actor=SYSTEM, day=DAY + timedelta(days=1))
    first, second, third = (point.place for point in route.points.select_related("place"))
    gone = scan(route, 3, minute=50)
    plan = RoutePlan("夜间巡更", ("21:00",), (PointPlan(second.pk, 0, 30), PointPlan(first.pk, 10, 40, 90)))
    route_save(actor=manager, line=line, plan=plan, route=route)
    assert list(route.points.values_list("place", "metres")) == [(second.pk, None), (first.pk, 90)]
    assert list(PatrolRound.objects.values_list("day", flat=True)) == [DAY]
    scans_record(actor=worker, rows=[gone])
    found = PatrolRound.objects.get(day=DAY)
    assert (PatrolScan.objects.get().place, found.point_count) == (third, 3)
    rounds_open(actor=SYSTEM, day=DAY + timedelta(days=1))
    coming = PatrolRound.objects.get(day=DAY + timedelta(days=1))
    assert (coming.starts_at, coming.point_count) == (moment(DAY + timedelta(days=1), 21), 2)
