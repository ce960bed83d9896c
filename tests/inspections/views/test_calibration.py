import re
from html import unescape

import pytest

from duban.inspections.models import Visit
from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from tests.factories.inspections import make_result
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


def test_every_figure_of_an_inspector_opens_to_its_checks(client_as, made):
    client, person = client_as("quality_manager"), made.people["甲"]
    text = client.get(f"{PATH}{person.pk}/").content.decode()
    addresses = sorted(set(re.findall(rf'href="({PATH}{person.pk}/checks/[^"]*)"', text)))
    assert [kind for kind in ("vendor=", "line=", "day_from=") if not any(kind in one for one in addresses)] == []
    for address in (addresses[0], addresses[-1]):
        assert client.get(unescape(address)).status_code == 200
    narrow = next(one for one in addresses if "line=" in one)
    shown = client.get(unescape(narrow)).content.decode()
    first = made.lines[0].check_results.filter(inspector=person).first()
    assert "CR-" in shown
    assert f"{PATH}{person.pk}/" in shown
    assert first.inspector == person
    assert client.get(f"{PATH}{person.pk}/visits/").status_code == 200


@pytest.mark.parametrize("name", ["checks", "visits"])
def test_the_lists_behind_the_figures_are_flat(client_as, made, flat_queries, name):
    client, person = client_as("quality_manager"), made.people["甲"]
    row = made.lines[0].check_results.filter(inspector=person).first()

    def add_row():
        visit = Visit.objects.create(line=row.line, day=LAST, inspector=person)
        make_result(row.line, day=LAST, inspector=person, visit=visit)

    url = f"{PATH}{person.pk}/{name}/?day_from=2026-10-30"
    flat_queries.check(f"inspections.calibration_{name}", visit=lambda: client.get(url), add_row=add_row)
