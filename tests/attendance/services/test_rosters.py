from datetime import date, timedelta

import pytest

from duban.attendance.domain.slots import Planned
from duban.attendance.models import Assignment, Roster, Slot
from duban.attendance.services.rosters import roster_copy, roster_enter, roster_fill, roster_open, roster_publish, roster_reopen
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.orgs.domain.roles import VENDOR_ROLES, Role
from duban.project.rights import RIGHTS
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line
from tests.factories.vendors import make_credential

MONDAY = date(2026, 10, 5)
DAY = timedelta(days=1)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


@pytest.fixture
def manager(world):
    return world.actor("vendor_manager")


def test_no_role_of_the_company_may_roster_or_punch_anybody(world, line):
    for role in set(Role) - VENDOR_ROLES:
        assert not {"attendance.roster", "attendance.punch"} & RIGHTS[role], role
        with pytest.raises(NotAllowed):
            roster_open(actor=world.actor(role), line=line, day=MONDAY)
    with pytest.raises(NotAllowed):
        roster_open(actor=system_actor("/"), line=line, day=MONDAY)
    with pytest.raises(NotAllowed):
        roster_open(actor=world.actor("rival_manager"), line=line, day=MONDAY)
    assert not Roster.objects.exists()


def test_a_roster_is_opened_once_a_week(manager, line):
    first = roster_open(actor=manager, line=line, day=MONDAY + 3 * DAY)
    assert (first.week, first.state) == (MONDAY, "draft")
    assert roster_open(actor=manager, line=line, day=MONDAY).pk == first.pk
    with pytest.raises(Invalid):
        roster_open(actor=manager, line=line, day=date(2027, 6, 1))


def test_cells_are_set_changed_and_emptied(manager, line, post, worker):
    roster = roster_open(actor=manager, line=line, day=MONDAY)
    cell = (post.pk, MONDAY, "day")
    assert roster_fill(actor=manager, roster=roster, cells={cell: (Planned.WORK, worker.pk)}) == 1
    assert roster_fill(actor=manager, roster=roster, cells={cell: (Planned.WORK, worker.pk)}) == 0
    assert roster_fill(actor=manager, roster=roster, cells={cell: (Planned.REST, None)}) == 1
    assert Assignment.objects.get().planned == "rest"
    assert roster_fill(actor=manager, roster=roster, cells={cell: (Planned.BLANK, None)}) == 1
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("wrong", ["post", "day", "worker"])
def test_a_cell_that_does_not_fit_refuses_all(world, manager, line, post, worker, wrong):
    roster = roster_open(actor=manager, line=line, day=MONDAY)
    good = (post.pk, MONDAY, "day")
    bad = {
        "post": ((make_post(world.ours.estate_two).pk, MONDAY, "day"), (Planned.REST, None)),
        "day": ((post.pk, MONDAY + 7 * DAY, "day"), (Planned.REST, None)),
        "worker": ((post.pk, MONDAY + DAY, "day"), (Planned.WORK, make_worker(world.ours.rival).pk)),
    }[wrong]
    with pytest.raises(Invalid) as caught:
        roster_fill(actor=manager, roster=roster, cells={good: (Planned.WORK, worker.pk), bad[0]: bad[1]})
    assert len(caught.value.errors) == 1
    assert not Assignment.objects.exists()


def test_last_week_is_copied_where_this_week_is_empty(manager, line, post, worker):
    before = make_roster(line, MONDAY - 7 * DAY)
    for number in range(3):
        make_assignment(before, post, before.week + number * DAY, worker)
    roster = make_roster(line, MONDAY, "draft")
    make_assignment(roster, post, MONDAY)
    assert roster_copy(actor=manager, roster=roster) == 2
    assert [row.planned for row in roster.assignments.order_by("day")] == ["rest", "work", "work"]


def test_there_may_be_no_week_before(manager, line):
    with pytest.raises(Invalid):
        roster_copy(actor=manager, roster=make_roster(line, MONDAY, "draft"))


def test_publishing_decides_the_slots_of_the_past(manager, line, post, worker, time_machine):
    time_machine.move_to("2026-10-07T12:00:00+08:00", tick=False)
    roster = make_roster(line, MONDAY, "draft")
    make_assignment(roster, post, MONDAY, worker)
    roster_publish(actor=manager, roster=roster)
    slots = Slot.objects.order_by("day")
    assert [(slot.day.day, slot.state, slot.ground) for slot in slots] == [
        (5, "vacant", "nobody_at_all"),
        (6, "off", "not_rostered"),
        (7, "off", "not_rostered"),
    ]
    with pytest.raises(WrongState):
        roster_fill(actor=manager, roster=roster, cells={})
    assert roster_reopen(actor=manager, roster=roster).state == "draft"


def test_cells_are_entered_as_people_write_them(world, manager, line, post, worker):
    roster = roster_open(actor=manager, line=line, day=MONDAY)
    key = f"{post.code}.2026-10-05.day"
    assert roster_enter(actor=manager, roster=roster, texts={key: " 王小明 "}) == 1
    assert Assignment.objects.get().worker == worker
    with pytest.raises(Invalid) as caught:
        roster_enter(actor=manager, roster=roster, texts={key: "张三", f"{post.code}.2026-10-12.day": "休", "x": ""})
    assert [error.field for error in caught.value.errors] == [key, f"{post.code}.2026-10-12.day", "x"]
    assert Assignment.objects.get().worker == worker
    for name in ("quality_manager", "rival_manager"):
        with pytest.raises(NotAllowed):
            roster_enter(actor=world.actor(name), roster=roster, texts={key: ""})


def test_nobody_is_rostered_without_the_credential_of_the_post(manager, line, post, worker):
    post.required_credentials = ["guard"]
    post.save()
    roster = roster_open(actor=manager, line=line, day=MONDAY)
    key = f"{post.code}.2026-10-05.day"
    with pytest.raises(Invalid) as refused:
        roster_enter(actor=manager, roster=roster, texts={key: worker.name})
    assert [error.field for error in refused.value.errors] == [key]
    assert not Assignment.objects.exists()
    make_credential(worker)
    assert roster_enter(actor=manager, roster=roster, texts={key: worker.name}) == 1


def test_a_draft_whose_people_lost_their_credential_is_not_published(manager, line, post, worker, time_machine):
    time_machine.move_to("2026-10-06T09:00:00+08:00", tick=False)
    post.required_credentials = ["guard"]
    post.save()
    card = make_credential(worker)
    roster = roster_open(actor=manager, line=line, day=MONDAY)
    roster_fill(
        actor=manager,
        roster=roster,
        cells={(post.pk, MONDAY + number * DAY, "day"): (Planned.WORK, worker.pk) for number in (0, 2)},
    )
    card.valid_until = MONDAY + DAY
    card.save()
    with pytest.raises(Invalid) as refused:
        roster_publish(actor=manager, roster=roster)
    assert [error.field for error in refused.value.errors] == [f"{post.code}.2026-10-07.day"]
    assert Roster.objects.get().state == "draft"
    card.valid_until = MONDAY + 2 * DAY
    card.save()
    assert roster_publish(actor=manager, roster=roster).state == "published"
