from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Finding, Praise, UncountedResult
from duban.inspections.selectors import metric_facts, occurrences
from tests.factories.inspections import SHANGHAI, items_of, make_finding, make_line, make_place, make_result

START, END = date(2026, 10, 1), date(2026, 10, 31)

checks = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 3), st.integers(0, 6), st.sampled_from(list(Verdict)), st.sampled_from(list(Grade))
    ),
    max_size=30,
)


def facts(lines, start, end):
    rows = [row for queryset in metric_facts(lines, start, end) for row in queryset]
    return {
        (metric, line, day): (Decimal(numerator), Decimal(denominator)) for metric, line, day, numerator, denominator in rows
    }


@pytest.fixture
def two_lines(world):
    return [make_line(world.ours), make_line(world.ours, estate=world.ours.estate_two)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=checks)
def test_pass_rate_facts_equal_a_naive_recount(two_lines, rows):
    CheckResult.objects.all().delete()
    lines = two_lines
    expected: dict[tuple[str, int, date], list[int]] = defaultdict(lambda: [0, 0])
    stored = []
    for line_index, item_index, offset, verdict, grade in rows:
        line, day = lines[line_index], START + timedelta(days=offset)
        item = items_of(line)[item_index]
        at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
        stored.append(CheckResult(line=line, item=item, day=day, at=at, verdict=verdict, severity=grade))
        if verdict is not Verdict.NOT_APPLICABLE and day <= START + timedelta(days=4):
            for metric in ("inspections.pass_rate", f"inspections.pass_rate:{item.block}"):
                expected[metric, line.pk, day][0] += verdict is Verdict.PASS
                expected[metric, line.pk, day][1] += 1
    CheckResult.objects.bulk_create(stored)
    wanted = {key: (Decimal(passed), Decimal(counted)) for key, (passed, counted) in expected.items()}
    end = START + timedelta(days=4)
    assert facts(None, START, end) == wanted
    only = lines[0].pk
    assert facts([only], START, end) == {key: value for key, value in wanted.items() if key[1] == only}


def test_rectification_counts_on_the_due_day_once_it_is_over(world):
    line = make_line(world.ours)
    for number, (due, rectified, state) in enumerate(
        [
            (date(2026, 10, 8), date(2026, 10, 8), "rectified"),
            (date(2026, 10, 8), date(2026, 10, 9), "closed"),
            (date(2026, 10, 8), None, "open"),
            (date(2026, 10, 8), None, "withdrawn"),
            (date(2026, 11, 23), None, "open"),
            (None, None, "open"),
        ]
    ):
        _finding(line, number, due, rectified, state)
    found = facts([line.pk], START, date(2026, 12, 31))
    assert found == {
        ("inspections.rectified_on_time", line.pk, date(2026, 10, 8)): (Decimal(1), Decimal(3)),
        ("inspections.repeat_rate", line.pk, START): (Decimal(0), Decimal(5)),
    }
    late = [(item.kind, item.on) for item in occurrences([line.pk], START, date(2026, 12, 31))]
    assert late == [("late_rectification", date(2026, 10, 8))] * 2


def test_occurrences_name_item_place_and_red_line(world):
    line = make_line(world.ours)
    building = make_place(world.ours.estate, "11栋")
    floor = make_place(world.ours.estate, "18层", building)
    drunk = make_result(line, item=3, day=date(2026, 10, 6), severity=2)
    handrail = make_result(line, item=0, day=date(2026, 10, 5), place=floor)
    make_result(line, item=0, verdict=Verdict.PASS)
    found = list(occurrences(None, START, date(2026, 10, 31)))
    assert [(item.code, item.kind, item.key, item.severity, item.place) for item in found] == [
        (f"CR-{handrail.pk}", "failed_item", "floors:handrail", "minor", "11栋 18层"),
        (f"CR-{drunk.pk}", "red_line", "staff:drunk", "critical", ""),
    ]


def test_facts_and_occurrences_take_one_statement_each_and_one_for_doubts(world, django_assert_num_queries):
    line = make_line(world.ours)
    for item in range(4):
        make_result(line, item=item)
    with django_assert_num_queries(7):
        facts(None, START, date(2026, 10, 31))
    with django_assert_num_queries(6):
        list(occurrences(None, START, date(2026, 10, 31)))


def test_the_time_of_day_decides_on_the_due_day(world):
    line = make_line(world.ours)
    due = datetime(2026, 10, 8, 18, tzinfo=SHANGHAI)
    for number, minutes in enumerate((-1, 0, 1)):
        _finding(line, number, due.date(), due.date(), "rectified")
        Finding.objects.filter(code=f"FD-2026-9{number:03d}").update(due_at=due, rectified_at=due + timedelta(minutes=minutes))
    assert facts([line.pk], START, END)["inspections.rectified_on_time", line.pk, due.date()] == (Decimal(2), Decimal(3))
    assert [item.code for item in occurrences([line.pk], START, END)] == ["FD-2026-9002"]


def test_repeats_are_a_share_and_an_occurrence_of_their_own(world):
    line = make_line(world.ours)
    for number in (1, 2):
        _finding(line, number, None, None, "open")
        Finding.objects.filter(code=f"FD-2026-9{number:03d}").update(repeat_number=number)
    assert facts([line.pk], START, END) == {("inspections.repeat_rate", line.pk, START): (Decimal(1), Decimal(2))}
    found = [(item.code, item.kind, item.on) for item in occurrences([line.pk], START, END)]
    assert found == [("FD-2026-9002/repeat", "repeat_finding", START)]


def test_what_is_doubted_for_score_and_money_costs_nothing(world):
    line = make_line(world.ours)
    for item, (score, money) in enumerate(((False, False), (True, False))):
        finding = make_finding(line, item=item, day=START, repeat_number=2, due_on=None)
        UncountedResult.objects.create(
            check_result=finding.check_result, line=line, day=START, for_score=score, for_money=money
        )
    found = [row for row in occurrences([line.pk], START, END) if row.kind == "repeat_finding"]
    assert [(row.key, row.for_points, row.for_money) for row in found] == [("floors:lamp", True, False)]


def test_praise_is_a_positive_occurrence_until_it_is_taken_back(world):
    line = make_line(world.ours)
    for state in ("given", "taken_back"):
        Praise.objects.create(line=line, day=START, text="暴雨夜主动值守", state=state)
    assert [(item.kind, item.label, item.on) for item in occurrences(None, START, END)] == [
        ("commendation", "暴雨夜主动值守", START)
    ]


def _finding(line, number, due, rectified, state):
    Finding.objects.create(
        code=f"FD-2026-9{number:03d}",
        line=line,
        item=items_of(line)[0],
        severity=0,
        found_on=START,
        due_on=due,
        rectified_on=rectified,
        state=state,
    )
