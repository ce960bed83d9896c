from decimal import Decimal
from io import BytesIO

from PIL import Image

from duban.estates.models import PlaceKind
from duban.project.demo.spots import HEIGHT, LAWN, PLANNED, WATER, WIDTH, draw_plan, place_spots, site_plan
from tests.factories.inspections import make_place


def test_the_plan_shows_a_pond_in_the_middle_and_lawn_at_the_edge():
    image = Image.open(BytesIO(site_plan()))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert image.getpixel((WIDTH // 2, HEIGHT // 2)) == WATER
    assert image.getpixel((5, 5)) == LAWN
    assert site_plan() == site_plan()


def _tops(estate):
    area = make_place(estate, "大堂")
    area.kind = PlaceKind.AREA
    return [area, make_place(estate, "1 栋"), make_place(estate, "12 栋")]


def test_places_of_the_drawn_estate_lie_apart_on_the_plan_and_on_the_ground(world):
    estate = world.ours.estate
    estate.short_name, estate.latitude, estate.longitude = PLANNED, Decimal("31.23"), Decimal("121.47")
    tops = _tops(estate)
    place_spots(estate, tops)
    assert [(place.plan_x, place.plan_y) for place in tops] == [(38, 84), (17, 20), (83, 64)]
    assert len({(place.latitude, place.longitude) for place in tops}) == 3
    assert [place.radius_m for place in tops] == [60, 40, 40]
    draw_plan(estate)
    estate.refresh_from_db()
    assert estate.plan.media_type == "image/png"


def test_an_estate_without_a_position_or_a_plan_gets_none(world):
    estate = world.ours.estate
    tops = _tops(estate)
    place_spots(estate, tops)
    draw_plan(estate)
    assert {(place.plan_x, place.latitude) for place in tops} == {(None, None)}
    estate.refresh_from_db()
    assert estate.plan is None
