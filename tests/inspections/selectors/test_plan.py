from decimal import Decimal

import pytest

from duban.inspections.selectors.plan import Field, plan_estates, plan_page
from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.files.services import store_file
from tests.factories.inspections import make_finding, make_line, make_place
from tests.inspections.test_services import photo


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def tower(world):
    return make_place(world.ours.estate, "11栋")


@pytest.fixture
def floor(world, tower):
    return make_place(world.ours.estate, "18层", tower)


def on_plan(place, x, y):
    place.plan_x, place.plan_y = Decimal(x), Decimal(y)
    place.save()


def test_without_spots_the_grid_counts_by_building_and_floor(actor, world, line, tower, floor):
    make_finding(line, place=floor)
    make_finding(line, item=1, place=floor, state="rectified")
    make_finding(line, place=tower)
    make_finding(line)
    make_finding(line, place=floor, state="closed")
    page = plan_page(actor("quality_manager"), world.ours.estate.code)
    assert (page.kind, page.picture, page.unplaced, len(page.findings)) == ("grid", "", 0, 4)
    assert set(page.fields) == {Field("11栋", "18层", 2), Field("11栋", "", 1), Field("", "", 1)}


def test_a_place_lends_the_spot_of_the_one_above_it(actor, world, line, tower, floor):
    estate = world.ours.estate
    estate.plan = store_file(actor=actor("quality_manager"), source=photo())
    estate.save()
    on_plan(tower, "12.50", "40.00")
    spotted, plain = make_finding(line, place=floor), make_finding(line, item=1)
    page = plan_page(actor("quality_manager"), estate.code)
    assert (page.kind, page.unplaced, page.fields) == ("plan", 1, ())
    assert [(dot.finding, dot.x, dot.y) for dot in page.dots] == [(spotted, Decimal("12.50"), Decimal("40.00"))]
    assert page.picture
    assert set(page.findings) == {spotted, plain}
    on_plan(floor, "13.00", "41.00")
    assert plan_page(actor("quality_manager"), estate.code).dots[0].x == Decimal("13.00")


def test_positions_on_the_ground_serve_where_there_is_no_plan(actor, world, line, tower):
    tower.latitude, tower.longitude = Decimal("31.230000"), Decimal("121.473000")
    tower.save()
    make_finding(line, place=tower)
    page = plan_page(actor("auditor"), world.ours.estate.code)
    assert (page.kind, page.picture, page.dots[0].y) == ("ground", "", Decimal("31.230000"))


def test_estates_of_others_have_no_plan(actor, world, line):
    assert world.ours.estate in plan_estates(actor("quality_manager"))
    with pytest.raises(NotFound):
        plan_page(actor("quality_manager"), world.theirs.estate.code)
    with pytest.raises(NotFound):
        plan_page(actor("vendor_manager"), world.ours.estate.code)
    with pytest.raises(NotAllowed):
        plan_estates(actor("vendor_worker"))


def test_the_plan_costs_the_same_however_many_findings(actor, world, line, floor, django_assert_num_queries):
    manager = actor("quality_manager")
    for count in (1, 5):
        for _ in range(count):
            make_finding(line, place=floor)
        with django_assert_num_queries(3):
            plan_page(manager, world.ours.estate.code)
