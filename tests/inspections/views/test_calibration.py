from html import unescape

import pytest

from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from tests.inspections.measured import FIRST, LAST, measured

PATH = "/inspections/calibration/"


@pytest.fixture
def made(world):
    found = measured(world.ours, leniency={"甲": 0.08}, favour=0.15)
    root = world.ours.root
    calibration_compute(actor=system_actor(root.path), tenant=root, start=FIRST, end=LAST)
    return found


def test_what_stands_out_is_said_in_sentences_and_shown_with_intervals(client_as, made):
    text = client_as("quality_manager").get(PATH).content.decode()
    assert "甲 is lenient: passes" in text
    assert "丁 finds little at 甲丑保洁" in text
    assert '"kind": "forest"' in text
    assert f"{PATH}{made.people['丁'].pk}/" in text
    assert "not enough data: 0 of 30 checks made twice" in text


def test_one_inspector(client_as, made):
    client = client_as("quality_manager")
    text = client.get(f"{PATH}{made.people['甲'].pk}/").content.decode()
    assert "甲 is lenient" in text

    assert "visits vary as those of the others do" in unescape(text)
    assert client.get(f"{PATH}0/").status_code == 404


def test_before_the_first_comparison_the_page_says_when_it_comes(client_as, world):
    client = client_as("quality_manager")
    assert "Inspectors have not been compared yet" in client.get(PATH).content.decode()
    assert client.get(f"{PATH}1/").status_code == 404


@pytest.mark.parametrize("role", ["quality_inspector", "estate_manager", "vendor_manager"])
def test_it_is_for_quality_managers_only(client_as, made, role):
    client = client_as(role)
    assert client.get(PATH).status_code == 403
    assert client.get(f"{PATH}{made.people['甲'].pk}/").status_code == 403
    assert PATH not in client.get("/inspections/").content.decode()


def test_the_list_of_visits_links_to_it(client_as, world):
    text = client_as("quality_manager").get("/inspections/").content.decode()
    assert PATH in text
    assert "/inspections/reinspections/" in text
    assert "/inspections/reinspections/" in client_as("quality_inspector").get("/inspections/").content.decode()


def test_the_page_is_flat(client_as, world, flat_queries):
    client, root = client_as("quality_manager"), world.ours.root
    count = iter(range(1, 9))

    def add_row():
        found = measured(world.ours, estates=1) if next(count) == 1 else None
        last = LAST.replace(day=30 - next(count))
        assert calibration_compute(actor=system_actor(root.path), tenant=root, start=FIRST, end=last) or found

    flat_queries.check("inspections.calibration", visit=lambda: client.get(PATH), add_row=add_row)
