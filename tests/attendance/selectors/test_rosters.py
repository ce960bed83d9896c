from datetime import date, timedelta
from decimal import Decimal

import pytest

from duban.attendance.domain.rosters import Conflict
from duban.attendance.domain.slots import Planned
from duban.attendance.models import Roster
from duban.attendance.selectors.rosters import (
    assignments_by_key,
    people_of,
    roster_get,
    roster_grid,
    roster_lines,
    rosters_of,
    swap_get,
    swaps_of,
    workers_by_code,
)
from duban.attendance.services.swaps import swap_propose
from duban.estates.domain.staffing import StaffingLevel
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line

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


def test_the_company_sees_a_roster_once_it_was_published(world, line):
    draft, published = make_roster(line, MONDAY, "draft"), make_roster(line, MONDAY + 7 * DAY)
    assert set(rosters_of(world.actor("vendor_manager"))) == {draft, published}
    assert set(rosters_of(world.actor("quality_manager"))) == {published}
    Roster.objects.filter(pk=published.pk).update(state="draft")
    assert roster_get(world.actor("estate_manager"), published.code) == published
    for name in ("rival_manager", "their quality_manager"):
        with pytest.raises(NotFound):
            roster_get(world.actor(name), published.code)
    with pytest.raises(NotAllowed):
        rosters_of(world.actor("vendor_worker"))


def test_only_the_vendor_has_lines_to_roster(world, line):
    assert roster_lines(world.actor("vendor_manager")) == [line]
    for name in ("quality_manager", "group_admin", "rival_manager"):
        assert roster_lines(world.actor(name)) == []


def test_the_grid_shows_cells_conflicts_and_crews(world, line, post, worker, django_assert_num_queries):
    other, far = make_post(world.ours.estate, "西门岗"), make_post(world.ours.estate_two, "北门岗")
    roster, elsewhere = (
        make_roster(line, MONDAY, "draft"),
        make_roster(make_line(world.ours, estate=world.ours.estate_two, service_line="security"), MONDAY, "draft"),
    )
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, other, MONDAY, worker)
    make_assignment(roster, post, MONDAY + DAY, worker)
    make_assignment(roster, post, MONDAY + 2 * DAY)
    make_assignment(elsewhere, far, MONDAY + DAY, worker)
    actor = world.actor("vendor_manager")
    with django_assert_num_queries(9):
        grid = roster_grid(actor, roster)
    assert [(row.post.name, row.shift.shift) for row in grid.rows] == [("东门岗", "day"), ("西门岗", "day")]
    first = grid.rows[0].cells
    assert [cell.placement for cell in first[:4]] == [
        (Planned.WORK, worker.pk),
        (Planned.WORK, worker.pk),
        (Planned.REST, None),
        (Planned.BLANK, None),
    ]
    assert first[0].key == f"{post.code}.2026-10-05.day"
    assert [(one.conflict, one.detail) for one in first[0].found] == [(Conflict.TWO_POSTS, "西门岗")]
    assert [(one.conflict, one.detail) for one in first[1].found] == [
        (Conflict.TWO_POSTS, f"{world.ours.estate_two.short_name or world.ours.estate_two.name} 北门岗")
    ]
    assert [(crew.post.name, crew.people) for crew in grid.crews] == [("东门岗", Decimal("0.50")), ("西门岗", Decimal("0.25"))]
    assert grid.crews[0].staffing.level is StaffingLevel.UNLAWFUL
    assert grid.people.named(worker.pk) == "王小明"


def test_the_company_reads_no_drafts_and_no_names_of_other_estates(world, line, post, worker):
    line_two = make_line(world.ours, estate=world.ours.estate_two, service_line="security")
    far = make_post(world.ours.estate_two, "北门岗")
    roster, elsewhere = make_roster(line), make_roster(line_two, MONDAY, "draft")
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(elsewhere, far, MONDAY, worker)
    assert roster_grid(world.actor("estate_manager"), roster).found == ()
    Roster.objects.filter(pk=elsewhere.pk).update(published_at=roster.published_at)
    found = roster_grid(world.actor("estate_manager"), roster).found
    assert [(one.conflict, one.detail) for one in found] == [(Conflict.TWO_POSTS, "")]


def test_days_outside_the_term_are_closed_and_a_lost_shift_is_left_out(world, line, post, worker):
    roster = make_roster(line, MONDAY, "draft")
    make_assignment(roster, post, MONDAY, worker, shift="night")
    line.starts_on = MONDAY + DAY
    line.save()
    roster.refresh_from_db()
    grid = roster_grid(world.actor("vendor_manager"), roster)
    assert [cell.is_open for cell in grid.rows[0].cells] == [False] + [True] * 6
    assert grid.crews[0].staffing is None
    assert grid.found == ()


def test_places_and_people_are_found_by_their_public_names(world, line, post, worker):
    roster = make_roster(line)
    row = make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, post, MONDAY + DAY)
    assert assignments_by_key(roster) == {f"{post.code}.2026-10-05.day": row}
    assert assignments_by_key(roster, since=MONDAY + timedelta(days=1)) == {}
    assert workers_by_code(world.ours.vendor) == {worker.code: worker}
    assert [one.key for one in people_of(world.ours.vendor).all] == [worker.pk]


def test_swaps_are_seen_inside_the_scope(world, line, post, worker):
    monday = date(2026, 11, 30)
    roster = make_roster(line, monday)
    row = make_assignment(roster, post, monday, worker)
    stand_in = make_worker(world.ours.vendor, "李强")
    swap = swap_propose(actor=world.actor("vendor_manager"), assignment=row, worker=stand_in, reason="病假")
    assert swaps_of(world.actor("estate_manager"), roster) == [swap]
    assert swap_get(world.actor("vendor_foreman"), swap.code) == swap
    with pytest.raises(NotFound):
        swap_get(world.actor("rival_manager"), swap.code)


def test_a_credential_that_is_missing_is_marked_at_its_cell(world, line, post, worker):
    post.required_credentials = ["guard"]
    post.save()
    roster = make_roster(line, MONDAY)
    make_assignment(roster, post, MONDAY, worker)
    grid = roster_grid(world.actor("vendor_manager"), roster)
    assert [(one.conflict, one.detail) for one in grid.found] == [(Conflict.NO_CREDENTIAL, "guard")]
