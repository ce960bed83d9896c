from datetime import date

import pytest

from tests.factories.inspections import make_line, make_plan, make_task

PATH = "/inspections/tasks/board/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-25 09:00 +0800", tick=False)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def text(client, query=""):
    answer = client.get(PATH + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_shows_rounds_by_estate_and_person(client_as, world, line):
    plan = make_plan(world.ours, name="大堂周检")
    task, extra = make_task(line, day=date(2026, 11, 25), plan=plan), make_task(line, day=date(2026, 11, 27), kind="extra")
    inspector = world.ours.people["quality_inspector"]
    task.inspectors.add(inspector)
    manager = client_as("quality_manager")
    page = text(manager)
    assert "大堂周检" in page
    assert task.code in page
    assert extra.code in page
    assert f'<option value="{inspector.username}">' in page
    narrowed = text(manager, f"?person={inspector.username}&estate={line.estate_id}")
    assert task.code in narrowed
    assert extra.code not in narrowed
    make_line(world.ours, estate=world.ours.estate_two)
    assert task.code not in text(manager, f"?estate={world.ours.estate_two.pk}")
    assert task.code in text(manager, "?estate=x")
    vendor = text(client_as("vendor_manager"))
    assert task.code in vendor
    assert inspector.name not in vendor


def test_an_empty_lane_says_so_and_the_overdue_one_is_left_out(client_as, line):
    client = client_as("auditor")
    page = text(client)
    assert page.count("board-lane") == page.count('class="muted"') == 3
    make_task(line, day=date(2026, 11, 20))
    assert text(client).count("board-lane") == 4


def test_more_than_the_board_holds_is_said(client_as, line):
    for _ in range(42):
        make_task(line, day=date(2026, 11, 25))
    assert "42" in (page := text(client_as("auditor")))
    assert page.count('board-card"') == 40


def test_the_board_is_flat(client_as, line, flat_queries):
    client = client_as("quality_manager")
    flat_queries.check(
        "inspections.tasks/board", visit=lambda: client.get(PATH), add_row=lambda: make_task(line, day=date(2026, 11, 25))
    )
