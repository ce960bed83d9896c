from datetime import date, timedelta

import pytest

from duban.inspections.selectors.task_board import SHOWN, LaneKind, task_board
from tests.factories.inspections import make_line, make_task

TODAY = date(2026, 11, 25)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-25 09:00 +0800", tick=False)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def planned(line, days, **more):
    """A round planned so many days from today, two days long."""
    return make_task(line, day=TODAY + timedelta(days=days), **more)


def lanes(board):
    return {lane.kind: [task for group in lane.estates for task in group.tasks] for lane in board.lanes if lane.count}


def test_every_round_stands_in_one_lane(actor, line):
    late, begun, today = planned(line, -3), planned(line, -2, state="started"), planned(line, 0)
    thursday, sunday = planned(line, 1), planned(line, 4)
    missed = planned(line, -20, state="missed")
    for days, state in ((5, "planned"), (-40, "missed"), (-1, "done"), (1, "cancelled")):
        planned(line, days, state=state)
    assert lanes(task_board(actor("quality_inspector"))) == {
        LaneKind.LATE: [late],
        LaneKind.TODAY: [begun, today],
        LaneKind.WEEK: [thursday, sunday],
        LaneKind.MISSED: [missed],
    }


def test_the_most_urgent_are_shown_by_estate_and_all_are_counted(actor, world, line):
    other = make_line(world.ours, estate=world.ours.estate_two)
    for _ in range(SHOWN):
        planned(line, 0)
    urgent = planned(other, 0, due_on=TODAY)
    today = task_board(actor("quality_manager")).lanes[1]
    assert today.count == SHOWN + 1
    shown = {group.estate: (group.count, len(group.tasks)) for group in today.estates}
    assert shown == {line.estate.name: (SHOWN, SHOWN - 1), other.estate.name: (1, 1)}
    assert lanes(task_board(actor("quality_manager"), estate=other.estate_id)) == {LaneKind.TODAY: [urgent]}


def test_one_inspector_has_a_board_of_the_own_rounds(actor, world, line):
    mine, shared, _open = planned(line, 0), planned(line, 1), planned(line, 2)
    inspector, manager = world.ours.people["quality_inspector"], world.ours.people["quality_manager"]
    mine.inspectors.add(inspector)
    shared.inspectors.add(manager, inspector)
    board = task_board(actor("quality_manager"), person=inspector.username)
    assert lanes(board) == {LaneKind.TODAY: [mine], LaneKind.WEEK: [shared]}
    assert set(board.people) == {inspector, manager}
    assert board.inspectors == {mine.pk: (inspector.name,), shared.pk: (inspector.name, manager.name)}


def test_a_vendor_sees_announced_rounds_and_no_name(actor, world, line):
    announced = planned(line, 0)
    planned(line, 0, is_announced=False)
    inspector = world.ours.people["quality_inspector"]
    announced.inspectors.add(inspector)
    board = task_board(actor("vendor_manager"), person=world.ours.people["finance"].username)
    assert lanes(board) == {LaneKind.TODAY: [announced]}
    assert (board.people, board.inspectors) == ((), {})
    assert lanes(task_board(actor("rival_manager"))) == lanes(task_board(actor("their quality_manager"))) == {}
