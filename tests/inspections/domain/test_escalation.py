from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.escalation import LEVEL_LABELS, LEVEL_ROLES, TOP, Ladder, Standing, level_at, overdue_since
from duban.orgs.domain.roles import Role

LADDER = Ladder(overdue=(0, 24, 48, 72), reopened=(0, 24, 72, 120))
START = datetime(2026, 10, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "level"), [(-1, 0), (0, 0), (1, 1), (23.9, 1), (24, 2), (48, 3), (72, 4), (1000, 4)])
def test_an_overdue_finding_climbs_step_by_step(hours, level):
    assert level_at(Standing(START), LADDER, START + timedelta(hours=hours)) == level


@pytest.mark.parametrize(("count", "hours", "level"), [(1, 0, 1), (1, 24, 2), (2, 1, 2), (3, 1, 3), (9, 1, 4), (1, 120, 4)])
def test_a_reopened_finding_starts_at_how_often_it_came_back(count, hours, level):
    standing = Standing(START - timedelta(days=30), reopened_at=START, reopened_count=count)
    assert level_at(standing, LADDER, START + timedelta(hours=hours)) == level


def test_a_finding_whose_due_time_is_unknown_does_not_climb():
    assert level_at(Standing(None), LADDER, START) == 0
    assert overdue_since(None, None, UTC) is None


def test_a_day_without_a_time_is_over_at_its_end():
    assert overdue_since(None, date(2026, 10, 8), UTC) == datetime(2026, 10, 9, tzinfo=UTC)
    assert overdue_since(START, date(2026, 10, 8), UTC) == START


hours = st.lists(st.integers(0, 200), min_size=4, max_size=4).map(sorted)


@given(hours, hours, st.integers(0, 4), st.integers(0, 6), st.integers(0, 500), st.integers(0, 500), st.booleans())
def test_a_level_never_sinks_and_never_passes_the_top(overdue, reopened, level, count, first, second, has_come_back):
    ladder = Ladder(overdue, reopened)
    standing = Standing(START, START if has_come_back else None, count, level)
    early, late = sorted((first, second))
    now = level_at(standing, ladder, START + timedelta(hours=early))
    assert level <= now <= level_at(standing, ladder, START + timedelta(hours=late)) <= TOP


def test_every_level_has_a_role_and_a_word():
    assert set(LEVEL_ROLES) == set(LEVEL_LABELS) - {0}
    assert all(Role(role) for role in LEVEL_ROLES.values())
