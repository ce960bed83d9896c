import json
from dataclasses import fields
from importlib.resources import files

import pytest

from duban.inspections.domain.plans import PlanInput
from duban.project.demo.checks import INSPECTORS
from duban.project.demo.company import ESTATES, LAST_DAY, PEOPLE
from duban.project.demo.plan_book import CHECKLISTS, FIRST_WEEK, LAST_WEEK, MORNING, NIGHT, PLANS

EVERY = (*PLANS, MORNING, NIGHT)
LEAST_FOR_AN_INSPECTOR = 60


def items_of(service_line):
    text = (files("duban.standards") / "data" / f"{service_line}.json").read_text(encoding="utf-8")
    return {item["key"] for item in json.loads(text)["items"]}


@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.name)
def test_a_plan_names_only_what_there_is(spec):
    assert spec.values.keys() <= {field.name for field in fields(PlanInput)}
    assert spec.maker in {person.username for person in PEOPLE}
    assert spec.office in {person.place for person in PEOPLE}
    assert set(spec.estates) <= {estate.short for estate in ESTATES}
    lists = {name: line for line, name, _ in CHECKLISTS}
    assert not spec.checklist or lists[spec.checklist] == spec.service_line


def test_checklists_ask_for_items_of_their_standards():
    for service_line, _, keys in CHECKLISTS:
        assert set(keys) <= items_of(service_line)


def test_an_inspector_has_a_full_round_every_day():
    (asked,) = (len(keys) for _, name, keys in CHECKLISTS if name == MORNING.checklist)
    assert asked * MORNING.values["sample_count"] >= LEAST_FOR_AN_INSPECTOR
    assert set(MORNING.values["weekdays"]) == set(range(1, 8))
    assert {estate.city for estate in ESTATES if estate.short in MORNING.estates} <= INSPECTORS.keys()


def test_the_told_weeks_begin_on_mondays_around_the_last_day_of_the_year():
    assert {FIRST_WEEK.isoweekday(), LAST_WEEK.isoweekday()} == {1}
    assert FIRST_WEEK < LAST_DAY < LAST_WEEK
