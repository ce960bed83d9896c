from datetime import date

import pytest

from duban.estates.models import PlaceKind
from duban.inspections.selectors.plan_scope import Scope, reaches, scope_of
from tests.factories.estates import PlaceFactory
from tests.factories.inspections import make_line, make_plan

START, END = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def lines(world):
    return [make_line(world.ours), make_line(world.ours, estate=world.ours.estate_two), make_line(world.theirs)]


def reached(scope, start=START, end=END):
    return [reach.line_id for reach in reaches([scope], start, end)[scope.key]]


def test_a_plan_reaches_the_lines_below_its_office_and_no_others(world, lines):
    office = world.ours.city.path
    assert reached(Scope(1, office, "cleaning")) == [lines[0].pk, lines[1].pk]
    assert reached(Scope(1, office, "security")) == []
    assert reached(Scope(1, office, "cleaning", estate_ids={world.ours.estate_two.pk})) == [lines[1].pk]
    assert reached(Scope(1, office, "cleaning", line_ids={lines[0].pk})) == [lines[0].pk]
    assert reached(Scope(1, world.ours.project.path, "cleaning")) == [lines[0].pk]


def test_a_line_counts_while_it_is_performed(world, lines):
    office = world.ours.city.path
    assert reached(Scope(1, office, "cleaning"), date(2027, 1, 1), date(2027, 1, 31)) == []
    contract = lines[0].contract
    contract.terminated_on = date(2026, 11, 10)
    contract.save()
    found = reaches([Scope(1, office, "cleaning")], START, END)[1]
    assert [reach.last for reach in found] == [date(2026, 11, 10), date(2026, 12, 31)]


def test_places_are_those_of_the_kind_below_the_named_ones(world, lines):
    estate = world.ours.estate
    towers = [PlaceFactory(estate=estate, name=f"{number}栋") for number in (1, 2)]
    floors = [PlaceFactory(estate=estate, parent=towers[number % 2], kind=PlaceKind.FLOOR) for number in range(4)]
    PlaceFactory(estate=world.ours.estate_two, kind=PlaceKind.FLOOR)

    def places(**more):
        found = reaches([Scope(1, world.ours.city.path, "cleaning", line_ids={lines[0].pk}, **more)], START, END)
        return set(found[1][0].places)

    assert places() == set()
    assert places(place_kind="floor") == {floor.pk for floor in floors}
    assert places(place_kind="floor", place_ids={towers[0].pk}) == {floors[0].pk, floors[2].pk}
    assert places(place_ids={towers[1].pk}) == {towers[1].pk}
    assert places(place_kind="floor", place_ids={floors[3].pk}) == {floors[3].pk}


def test_any_number_of_plans_costs_two_statements(world, lines, django_assert_num_queries):
    PlaceFactory(estate=world.ours.estate, kind=PlaceKind.FLOOR)
    plans = [make_plan(world.ours, place_kind="floor"), make_plan(world.ours, estates=[world.ours.estate])]
    scopes = [scope_of(plan) for plan in plans]
    with django_assert_num_queries(2):
        found = reaches(scopes, START, END)
    assert [len(found[plan.pk]) for plan in plans] == [2, 1]
