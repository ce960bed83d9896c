from datetime import date
from types import SimpleNamespace

import pytest

from duban.attendance.selectors.naming import line_named, plan_named, proposal_named, roster_said
from duban.kernel.errors import Invalid, NotFound
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line, make_place

MONDAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


def test_lines_are_named_by_contract_and_number(world, line):
    manager = world.actor("vendor_manager")
    assert line_named(manager, line.contract.code, 1) == line
    assert line_named(manager, line.contract.number, 1) == line
    for actor, number in ((manager, 2), (world.actor("rival_manager"), 1)):
        with pytest.raises(NotFound):
            line_named(actor, line.contract.code, number)


def test_places_of_a_route_are_named_by_their_tags(line):
    place = make_place(line.estate, "东门")
    stop = {"opens_minute": 0, "closes_minute": 30, "metres": None}
    said = SimpleNamespace(
        name="夜巡", starts=["22:00"], is_ordered=False, is_active=True, points=[SimpleNamespace(place=place.tag, **stop)]
    )
    assert [point.place for point in plan_named(line, said).points] == [place.pk]
    said.points.append(SimpleNamespace(place="NOWHERE", **stop))
    with pytest.raises(Invalid) as refused:
        plan_named(line, said)
    assert [error.field for error in refused.value.errors] == ["points.1.place"]


def test_a_roster_is_said_with_masked_names_to_the_company(world, line):
    post, roster = make_post(world.ours.estate), make_roster(line)
    worker = make_worker(world.ours.vendor)
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, post, date(2026, 10, 6))
    own = roster_said(world.actor("vendor_manager"), roster)
    assert [(cell.cell, cell.planned, cell.worker) for cell in own.cells] == [
        (f"{post.code}.2026-10-05.day", "work", "王小明"),
        (f"{post.code}.2026-10-06.day", "rest", ""),
    ]
    assert [cell.worker for cell in roster_said(world.actor("quality_manager"), roster).cells] == ["王**", ""]


def test_a_swap_is_named_by_cells_and_codes(world, line):
    post, roster = make_post(world.ours.estate), make_roster(line)
    worker, other = make_worker(world.ours.vendor), make_worker(world.ours.vendor, "李强")
    row = make_assignment(roster, post, MONDAY, worker)
    cell = f"{post.code}.2026-10-05.day"
    assert proposal_named(roster, cell, "", other.code) == {"assignment": row, "other": None, "worker": other}
    assert proposal_named(roster, cell, cell, "")["other"] == row
    with pytest.raises(Invalid) as refused:
        proposal_named(roster, "", "x", "WK-0")
    assert [error.field for error in refused.value.errors] == ["cell", "other", "worker"]
