from datetime import date
from decimal import Decimal

from duban.attendance.domain.fences import Point
from duban.attendance.selectors.punching import ESTATE_RADIUS, Circle, circle_of, line_on, posts_by_code, workers_known
from tests.factories.attendance import make_post, make_worker
from tests.factories.inspections import make_line, make_place

LATITUDE, LONGITUDE = Decimal("31.230400"), Decimal("121.473700")


def test_the_circle_lies_round_the_place_else_the_estate_else_nowhere(world):
    estate, place = world.ours.estate, make_place(world.ours.estate, "东门")
    post = make_post(estate, place=place)
    assert circle_of(post) == Circle(None, ESTATE_RADIUS)
    estate.latitude, estate.longitude = LATITUDE, LONGITUDE
    assert circle_of(post) == Circle(Point(LATITUDE, LONGITUDE), ESTATE_RADIUS)
    place.latitude, place.longitude, place.radius_m = LONGITUDE - 50, LONGITUDE, 60
    assert circle_of(post) == Circle(Point(LONGITUDE - 50, LONGITUDE), 60)


def test_posts_come_with_the_lines_of_the_sender(world):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    found = posts_by_code(world.actor("vendor_worker"), {post.code})
    assert found == {post.code: (post, [line])}
    assert posts_by_code(world.actor("rival_manager"), {post.code}) == {}
    assert line_on([line], date(2026, 10, 5)) == line
    assert line_on([line], date(2030, 1, 1)) is None


def test_workers_are_known_by_code_and_the_sender_by_nothing(world, django_assert_num_queries):
    person = world.person("vendor_worker")
    own, other = make_worker(world.ours.vendor, person=person), make_worker(world.ours.vendor, "李强")
    actor = world.actor("vendor_worker")
    with django_assert_num_queries(1):
        found = workers_known(actor, {other.code})
    assert found == {"": own, own.code: own, other.code: other}
    assert workers_known(world.actor("rival_manager"), {other.code}) == {}
