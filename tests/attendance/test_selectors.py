from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.attendance.domain.slots import Shift, SlotState
from duban.attendance.models import Slot
from duban.attendance.selectors import (
    coverage,
    evidence_panel,
    line_choices,
    metric_facts,
    occurrences,
    review_count,
    slot_get,
)
from duban.kernel.errors import NotAllowed, NotFound
from duban.kernel.evidence import Cluster
from duban.kernel.period import Period
from tests.factories.attendance import make_post, make_slot
from tests.factories.inspections import make_line

START, END = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


def facts(lines, start, end):
    rows = [row for queryset in metric_facts(lines, start, end) for row in queryset]
    return {
        (metric, line, day): (Decimal(numerator), Decimal(denominator)) for metric, line, day, numerator, denominator in rows
    }


slots = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(Shift), st.sampled_from(SlotState)),
    max_size=15,
    unique_by=lambda slot: slot[:2],
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=slots)
def test_presence_facts_equal_a_naive_recount(line, post, rows):
    Slot.objects.all().delete()
    expected: dict[tuple[str, int, date], list[int]] = defaultdict(lambda: [0, 0])
    end = START + timedelta(days=4)
    for offset, shift, state in rows:
        day = START + timedelta(days=offset)
        make_slot(line, post, day, state, shift=shift)
        if day <= end and state in {SlotState.PRESENT, SlotState.VACANT}:
            for metric in ("attendance.presence", f"attendance.presence:{shift}"):
                expected[metric, line.pk, day][0] += state == SlotState.PRESENT
                expected[metric, line.pk, day][1] += 1
    wanted = {key: (Decimal(present), Decimal(counted)) for key, (present, counted) in expected.items()}
    assert facts(None, START, end) == facts([line.pk], START, end) == wanted
    assert facts([], START, end) == {}


def test_occurrences_name_the_post_and_measure_hours(line, post):
    vacant = make_slot(line, post, date(2026, 10, 4), "vacant", shift="night", planned_hours=12)
    review = make_slot(line, post, date(2026, 10, 3), "review")
    make_slot(line, post, date(2026, 10, 5))
    assert [
        (item.code, item.kind, item.key, item.place, item.quantity, item.measure) for item in occurrences(None, START, END)
    ] == [
        (review.code, "review_slot", "day", "东门岗", 1, Decimal("8.0")),
        (vacant.code, "absent_slot", "night", "东门岗", 1, Decimal("12.0")),
    ]


def test_the_panel_shows_where_posts_stay_empty(actor, line, post):
    for day in (date(2026, 9, 20), date(2026, 10, 4), date(2026, 10, 11)):
        make_slot(line, post, day, "vacant", shift="night")
    make_slot(line, post, date(2026, 10, 12), shift="night")
    panel = evidence_panel(actor("vendor_manager"), line.pk, "attendance.presence:night", START, END)
    assert (panel.counted, panel.missed, panel.repeats) == (3, 2, 2)
    assert panel.places == (Cluster("东门岗", 2, post.code),)
    assert [row.on for row in panel.rows] == [date(2026, 10, 11), date(2026, 10, 4)]
    with pytest.raises(NotFound):
        evidence_panel(actor("rival_manager"), line.pk, "attendance.presence", START, END)
    with pytest.raises(NotAllowed):
        evidence_panel(actor("vendor_worker"), line.pk, "attendance.presence", START, END)


def test_coverage_has_every_day_of_the_month_in_one_query(actor, line, post, django_assert_num_queries):
    slot = make_slot(line, post, date(2026, 10, 31), "review")
    auditor = actor("auditor")
    with django_assert_num_queries(1):
        (row,) = coverage(auditor, line, Period.parse("2026-10"))
    assert (row.post, row.shift, len(row.slots), row.slots[30]) == ("东门岗", "day", 31, slot)
    assert review_count(actor("auditor")) == 1
    assert line_choices(actor("auditor")) == [line]
    assert line_choices(actor("their auditor")) == []


def test_codes_that_are_none_are_not_found(actor, line, post):
    slot = make_slot(line, post)
    assert slot_get(actor("vendor_manager"), slot.code) == slot
    for code in ("AS-0", "AS-x", "AS-99999999999999999999"):
        with pytest.raises(NotFound):
            slot_get(actor("auditor"), code)
    with pytest.raises(NotFound):
        slot_get(actor("their auditor"), slot.code)
