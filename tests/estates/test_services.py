from decimal import Decimal

import pytest

from duban.estates.domain.details import EstateDetails, PlaceDetails, PostDetails
from duban.estates.domain.places import DEFAULT_RADIUS_M
from duban.estates.models import Estate, Place, Post
from duban.estates.services import estate_create, new_tag, place_create, place_update, post_create
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed
from tests.factories.estates import PlaceFactory


def test_moving_a_place_takes_its_whole_subtree_along(world, actor):
    estate = world.ours.estate
    first, second = PlaceFactory(estate=estate), PlaceFactory(estate=estate)
    floor = PlaceFactory(estate=estate, parent=first)
    room = PlaceFactory(estate=estate, parent=floor)
    place_update(actor=actor("group_admin"), place=floor, parent=second, details=PlaceDetails("floor", "2 层"))
    floor.refresh_from_db()
    room.refresh_from_db()
    assert (floor.path, room.path) == (f"{second.path}{floor.pk}/", f"{second.path}{floor.pk}/{room.pk}/")
    assert room.depth == 2


def test_a_place_cannot_lie_below_itself(world, actor):
    tower = PlaceFactory(estate=world.ours.estate)
    floor = PlaceFactory(estate=world.ours.estate, parent=tower)
    with pytest.raises(Invalid):
        place_update(actor=actor("group_admin"), place=tower, parent=floor, details=PlaceDetails("building", "x"))
    tower.refresh_from_db()
    assert tower.parent is None


def test_places_of_two_estates_do_not_mix(world, actor):
    other = PlaceFactory(estate=world.ours.estate_two)
    count = Place.objects.count()
    with pytest.raises(Invalid):
        place_create(actor=actor("group_admin"), estate=world.ours.estate, parent=other, details=PlaceDetails("floor", "x"))
    with pytest.raises(Invalid):
        post_create(
            actor=actor("group_admin"),
            estate=world.ours.estate,
            place=other,
            details=PostDetails("security", "x", hours_per_week=1),
        )
    assert (Place.objects.count(), Post.objects.count()) == (count, 0)


@pytest.mark.parametrize("role", ["finance", "estate_manager", "their group_admin", "stranger"])
def test_only_who_holds_the_right_adds_places(world, actor, role):
    with pytest.raises(NotAllowed):
        place_create(actor=actor(role), estate=world.ours.estate, parent=None, details=PlaceDetails("floor", "x"))
    assert Place.objects.count() == 0


def test_two_top_places_of_one_name_are_refused(world, actor):
    admin = actor("group_admin")
    place_create(actor=admin, estate=world.ours.estate, parent=None, details=PlaceDetails("building", "1 栋"))
    with pytest.raises(Invalid):
        place_create(actor=admin, estate=world.ours.estate, parent=None, details=PlaceDetails("building", "1 栋"))
    assert Place.objects.count() == 1


def test_tags_are_long_and_without_look_alikes():
    tags = {new_tag() for _ in range(200)}
    assert len(tags) == 200
    assert {len(tag) for tag in tags} == {12}
    assert not set("".join(tags)) & set("IO01")


def test_a_place_knows_where_it_stands_in_the_world_and_on_the_plan(world, actor):
    details = PlaceDetails(
        "checkpoint",
        "东门",
        latitude=Decimal("31.230416"),
        longitude=Decimal("121.473701"),
        radius_m=60,
        is_rotating=True,
        plan_x=Decimal("12.50"),
        plan_y=Decimal("80.00"),
    )
    place = place_create(actor=actor("group_admin"), estate=world.ours.estate, parent=None, details=details)
    place.refresh_from_db()
    assert (place.latitude, place.longitude, place.radius_m) == (details.latitude, details.longitude, 60)
    assert (place.is_rotating, place.plan_x, place.plan_y) == (True, details.plan_x, details.plan_y)
    assert PlaceFactory(estate=world.ours.estate).radius_m == DEFAULT_RADIUS_M


def test_an_estate_belongs_to_an_office(world, actor):
    count = Estate.objects.count()
    details = EstateDetails(name="新城", kind="residential", city="上海")
    with pytest.raises(Invalid):
        estate_create(actor=system_actor(world.ours.root.path), office=world.ours.vendor.unit, details=details)
    assert Estate.objects.count() == count


def test_a_place_moves_only_inside_its_estate_and_keeps_its_path_otherwise(world, actor):
    place, other = PlaceFactory(estate=world.ours.estate), PlaceFactory(estate=world.ours.estate_two)
    child = PlaceFactory(estate=world.ours.estate, parent=place)
    with pytest.raises(Invalid):
        place_update(actor=actor("group_admin"), place=place, parent=other, details=PlaceDetails("building", "x"))
    place_update(actor=actor("group_admin"), place=place, parent=None, details=PlaceDetails("building", "新名"))
    place.refresh_from_db()
    child.refresh_from_db()
    assert (place.name, place.path, child.path) == ("新名", f"/{place.pk}/", f"/{place.pk}/{child.pk}/")
