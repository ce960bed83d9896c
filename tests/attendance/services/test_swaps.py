from datetime import date, timedelta

import pytest

from duban.attendance.services.swaps import swap_answer, swap_propose
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line
from tests.factories.vendors import make_credential

MONDAY = date(2026, 11, 30)


@pytest.fixture
def places(world):
    line = make_line(world.ours, service_line="security")
    roster = make_roster(line)
    post = make_post(world.ours.estate)
    first, second = make_worker(world.ours.vendor, "王一"), make_worker(world.ours.vendor, "李二")
    return (
        make_assignment(roster, post, MONDAY, first),
        make_assignment(roster, post, MONDAY + timedelta(days=1), second),
    )


def test_two_people_change_places(world, places):
    manager = world.actor("vendor_manager")
    first, second = places
    before = (first.worker_id, second.worker_id)
    swap = swap_propose(actor=manager, assignment=first, other=second, reason="家中有事")
    swap_answer(actor=manager, swap=swap, move="accept")
    for row in places:
        row.refresh_from_db()
    assert (second.worker_id, first.worker_id) == before
    with pytest.raises(WrongState):
        swap_answer(actor=manager, swap=swap, move="accept")


def test_somebody_stands_in_or_not(world, places):
    foreman, third = world.actor("vendor_foreman"), make_worker(world.ours.vendor, "赵三")
    declined = swap_propose(actor=foreman, assignment=places[0], worker=third, reason="病假")
    swap_answer(actor=foreman, swap=declined, move="decline")
    places[0].refresh_from_db()
    assert places[0].worker.name == "王一"
    accepted = swap_propose(actor=foreman, assignment=places[0], worker=third, reason="病假")
    swap_answer(actor=foreman, swap=accepted, move="accept")
    places[0].refresh_from_db()
    assert places[0].worker == third


@pytest.mark.parametrize("role", ["quality_manager", "group_admin", "rival_manager", "vendor_worker"])
def test_nobody_else_swaps_the_vendors_people(world, places, role):
    swap = swap_propose(actor=world.actor("vendor_manager"), assignment=places[0], other=places[1], reason="换班")
    with pytest.raises(NotAllowed):
        swap_propose(actor=world.actor(role), assignment=places[0], other=places[1], reason="换班")
    with pytest.raises(NotAllowed):
        swap_answer(actor=world.actor(role), swap=swap, move="accept")


def test_what_does_not_fit_is_refused(world, places):
    manager = world.actor("vendor_manager")
    rest = make_assignment(places[0].roster, places[0].post, MONDAY + timedelta(days=3))
    foreign_line = make_line(world.ours, service_line="security", estate=world.ours.estate_two, vendor=world.ours.rival)
    stranger = make_worker(world.ours.rival)
    foreign = make_assignment(make_roster(foreign_line), make_post(world.ours.estate_two), MONDAY, stranger)
    for more in (
        {"other": places[1], "reason": " "},
        {"reason": "换班"},
        {"other": rest, "reason": "换班"},
        {"other": foreign, "reason": "换班"},
        {"worker": stranger, "reason": "换班"},
    ):
        with pytest.raises(Invalid):
            swap_propose(actor=manager, assignment=places[0], **more)


def test_nobody_swaps_onto_a_post_without_its_credential(world, places):
    manager, third = world.actor("vendor_manager"), make_worker(world.ours.vendor, "赵三")
    post = places[0].post
    post.required_credentials = ["guard"]
    post.save()
    with pytest.raises(Invalid) as refused:
        swap_propose(actor=manager, assignment=places[0], worker=third, reason="病假")
    assert "Security guard card" in str(refused.value.errors[0].params["credential"])
    card = make_credential(third)
    swap = swap_propose(actor=manager, assignment=places[0], worker=third, reason="病假")
    card.delete()
    with pytest.raises(Invalid):
        swap_answer(actor=manager, swap=swap, move="accept")
    make_credential(third)
    swap.refresh_from_db()
    swap_answer(actor=manager, swap=swap, move="accept")
    places[0].refresh_from_db()
    assert places[0].worker == third


def test_a_day_that_is_over_is_not_swapped(world, places, time_machine):
    manager, (first, second) = world.actor("vendor_manager"), places
    swap = swap_propose(actor=manager, assignment=first, other=second, reason="家中有事")
    time_machine.move_to("2026-12-01T09:00:00+08:00", tick=False)
    for act in (
        lambda: swap_propose(actor=manager, assignment=first, other=second, reason="补记"),
        lambda: swap_answer(actor=manager, swap=swap, move="accept"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert [error.field for error in refused.value.errors] == ["assignment"]
    swap.refresh_from_db()
    swap_answer(actor=manager, swap=swap, move="decline")
    first.refresh_from_db()
    assert first.worker_id != second.worker_id
