from datetime import date, timedelta

import pytest

from duban.attendance.models import Route
from duban.attendance.selectors.pack import MOST_POSTS, pack_places, pack_posts, pack_routes, pack_slots
from duban.orgs.models import RoleGrant
from tests.factories.attendance import make_assignment, make_post, make_roster, make_route, make_slot, make_worker
from tests.factories.inspections import make_line, make_place

MONDAY = date(2026, 10, 5)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def line(world):
    make_post(world.theirs.estate)
    make_route(make_line(world.theirs, service_line="security"))
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    place = make_place(world.ours.estate, "东门")
    place.latitude, place.longitude = "31.230400", "121.473700"
    place.save()
    return make_post(world.ours.estate, place=place, pattern="2x12")


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor, "王小明", person=world.person("vendor_worker"))


def slots(actor, today=TUESDAY):
    return {(one["day"], one["shift"]): one for one in pack_slots(actor, today)}


def test_a_foreman_carries_every_post_with_whom_to_check_in(actor, line, post, worker):
    roster = make_roster(line)
    make_assignment(roster, post, MONDAY, worker, shift="night")
    make_assignment(roster, post, TUESDAY, shift="day")
    make_slot(line, post, MONDAY, "review", shift="night")
    foreman = actor("vendor_foreman")
    (carried,) = pack_posts(foreman, TUESDAY)
    assert (carried["code"], carried["place"], carried["lat"], carried["heads"]) == (
        post.code,
        post.place.tag,
        "31.230400",
        "1",
    )
    found = slots(foreman)
    assert list(found) == [
        ("2026-10-05", "night"),
        *((day.isoformat(), shift) for day in (TUESDAY, WEDNESDAY, date(2026, 10, 8)) for shift in ("day", "night")),
    ]
    last_night, today = found["2026-10-05", "night"], found["2026-10-06", "day"]
    assert (last_night["rostered"], last_night["worker"], last_night["state"]) == ("王小明", worker.code, "review")
    assert (last_night["starts_at"], last_night["ends_at"]) == ("2026-10-05T20:00:00+08:00", "2026-10-06T08:00:00+08:00")
    assert (today["rostered"], today["worker"], today["state"]) == ("", None, "off")
    assert found["2026-10-06", "night"]["state"] == "planned"


def test_a_worker_carries_the_lines_he_is_rostered_on(world, actor, line, post, worker):
    assert pack_posts(actor("vendor_worker"), TUESDAY) == []
    other = make_worker(world.ours.vendor, "李大强")
    roster = make_roster(line)
    make_assignment(roster, post, TUESDAY, worker)
    make_assignment(roster, post, TUESDAY, other, shift="night")
    found = slots(actor("vendor_worker"))
    assert [one["code"] for one in pack_posts(actor("vendor_worker"), TUESDAY)] == [post.code]
    assert (found["2026-10-06", "day"]["rostered"], found["2026-10-06", "day"]["worker"]) == ("王小明", worker.code)
    assert (found["2026-10-06", "night"]["rostered"], found["2026-10-06", "night"]["worker"]) == ("李**", None)


def test_a_draft_shows_nobody(actor, line, post, worker):
    make_assignment(make_roster(line, state="draft"), post, TUESDAY, worker)
    assert slots(actor("vendor_foreman"))["2026-10-06", "day"]["rostered"] == ""
    assert pack_slots(actor("vendor_worker"), TUESDAY) == []


def test_who_is_in_charge_of_an_estate_sees_its_posts_and_walks_no_rounds(world, actor, line, post, worker):
    RoleGrant.objects.filter(person=world.person("estate_manager")).update(unit=world.ours.estate.office)
    make_assignment(make_roster(line), post, TUESDAY, worker)
    make_route(line)
    keeper = world.actor("estate_manager")
    assert slots(keeper)["2026-10-06", "day"]["rostered"] == "王**"
    assert slots(keeper)["2026-10-06", "day"]["worker"] is None
    assert pack_routes(keeper, TUESDAY) == []
    for role in ("finance", "rival_manager", "their vendor_manager"):
        assert post.code not in {one["code"] for one in pack_posts(actor(role), TUESDAY)}


def test_a_post_without_a_place_is_measured_from_its_estate(world, actor, line):
    make_post(world.ours.estate)
    world.ours.estate.latitude = world.ours.estate.longitude = None
    world.ours.estate.save()
    (carried,) = pack_posts(actor("vendor_foreman"), TUESDAY)
    assert (carried["place"], carried["lat"], carried["lon"], carried["radius_m"]) == (None, None, None, 400)


def test_a_terminated_line_is_carried_no_further(actor, line, post):
    line.contract.terminated_on = TUESDAY
    line.contract.save()
    assert {day for day, _shift in slots(actor("vendor_foreman"))} == {"2026-10-05", "2026-10-06"}
    assert pack_posts(actor("vendor_foreman"), date(2026, 10, 9)) == []


def test_rounds_come_one_by_one_from_last_night_to_tomorrow_noon(world, actor, line):
    route = make_route(line, starts=["23:30", "02:00", "13:00"])
    make_route(line, name="停用", is_active=False)
    Route.objects.create(line=line, name="无点", starts=["10:00"])
    found = pack_routes(actor("vendor_foreman"), TUESDAY)
    assert [(one["code"].removeprefix(route.code), one["day"]) for one in found] == [
        (".20261005.3", "2026-10-05"),
        (".20261006.1", "2026-10-06"),
        (".20261006.2", "2026-10-06"),
        (".20261006.3", "2026-10-06"),
        (".20261007.1", "2026-10-07"),
    ]
    assert {one["estate_name"] for one in found} == {line.estate.short_name or line.estate.name}
    night = found[0]
    assert night["name"] == "夜间巡更 23:30"
    assert (night["points"][1]["window_from"], night["points"][1]["window_to"], night["points"][1]["order"]) == (
        "2026-10-05T23:30:00+08:00",
        "2026-10-06T00:30:00+08:00",
        2,
    )
    line.contract.terminated_on = MONDAY
    line.contract.save()
    assert [one["day"] for one in pack_routes(actor("vendor_foreman"), TUESDAY)] == ["2026-10-05"]


def test_the_places_of_posts_and_points_are_carried(actor, line, post):
    route = make_route(line, names=("东门", "北墙"))
    make_post(line.estate, "无处岗")
    tags = {place["tag"] for place in pack_places(actor("vendor_foreman"), TUESDAY)}
    assert tags == {post.place.tag, *route.points.values_list("place__tag", flat=True)}


@pytest.mark.parametrize("section", [pack_posts, pack_slots, pack_routes, pack_places])
def test_a_section_costs_the_same_for_one_and_for_many(world, actor, line, post, worker, section, django_assert_num_queries):
    roster = make_roster(line)
    make_assignment(roster, post, TUESDAY, worker)
    make_route(line)
    foreman = actor("vendor_foreman")
    count = {"pack_posts": 2, "pack_slots": 4, "pack_routes": 3, "pack_places": 8}[section.__name__]
    with django_assert_num_queries(count):
        section(foreman, TUESDAY)
    for number in range(4):
        extra = make_post(world.ours.estate, f"岗 {number}", place=make_place(world.ours.estate, f"地 {number}"))
        make_assignment(roster, extra, TUESDAY, worker)
        make_route(line, name=f"路 {number}")
    with django_assert_num_queries(count):
        assert len(section(foreman, TUESDAY)) <= MOST_POSTS
