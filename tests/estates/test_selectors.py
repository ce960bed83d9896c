import pytest

from duban.estates.selectors import (
    estate_figures,
    estate_get,
    estate_options,
    estates_by_id,
    estates_by_name,
    place_children,
    places_of,
)
from duban.estates.selectors.records import posts_at
from duban.estates.selectors.search import search_estates
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.estates import EstateFactory, PlaceFactory, PostFactory


def test_estates_are_found_by_code_name_and_own_number(world, actor):
    world.ours.estate.external_number = "P1"
    world.ours.estate.save()
    found = estates_by_name(actor("finance"))
    assert {found[key] for key in (world.ours.estate.code, world.ours.estate.name, "P1")} == {world.ours.estate}
    assert world.theirs.estate.name not in found


def test_a_name_that_two_estates_share_finds_neither(world, actor):
    EstateFactory(office=world.ours.project_two, name=world.ours.estate.name)
    assert world.ours.estate.name not in estates_by_name(actor("finance"))


def test_scope_and_right_of_the_reads(world, actor):
    assert [name for _, name in estate_options(actor("estate_manager"))] == [world.ours.estate.name]
    with pytest.raises(NotFound):
        estate_get(actor("estate_manager"), world.ours.estate_two.code)
    with pytest.raises(NotAllowed):
        places_of(actor("vendor_manager"))
    assert estates_by_id([world.theirs.estate.pk]) == {world.theirs.estate.pk: world.theirs.estate}


def test_figures_and_children(world):
    tower = PlaceFactory(estate=world.ours.estate, name="10 栋")
    PlaceFactory(estate=world.ours.estate, name="2 栋")
    PlaceFactory(estate=world.ours.estate, parent=tower, kind="checkpoint")
    PostFactory(estate=world.ours.estate, heads=2)
    PostFactory(estate=world.ours.estate, is_active=False)
    figures = estate_figures(world.ours.estate)
    assert (figures.place_count, figures.checkpoint_count, figures.post_count, figures.heads) == (3, 1, 1, 2)
    assert [(place.name, place.child_count) for place in place_children(world.ours.estate, None)] == [("2 栋", 0), ("10 栋", 1)]


def test_search_stays_inside_the_scope(world, actor):
    assert [hit.title for hit in search_estates(actor("finance"), "一花园", 5)] == [world.ours.estate.name]
    assert search_estates(actor("vendor_manager"), "一花园", 5) == []


def test_posts_in_use_are_found_by_estate_and_service(world):
    ours, other = world.ours.estate, world.ours.estate_two
    gate = PostFactory(estate=ours, name="1 号门岗")
    lobby = PostFactory(estate=ours, name="2 号门岗")
    PostFactory(estate=ours, name="旧岗", is_active=False)
    crew = PostFactory(estate=ours, service_line="cleaning", name="保洁岗")
    PostFactory(estate=other, service_line="cleaning", name="保洁岗")
    found = posts_at([(ours.pk, "security"), (other.pk, "security")])
    assert found == {(ours.pk, "security"): [gate, lobby]}
    assert posts_at([(ours.pk, "cleaning")]) == {(ours.pk, "cleaning"): [crew]}
    assert posts_at([]) == {}
