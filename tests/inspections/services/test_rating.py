from datetime import date, timedelta

import pytest

from duban.inspections.domain.frequency_calc import DEFAULTS, factors_of
from duban.inspections.domain.plans import Frequency
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import InspectionTask, RiskRating
from duban.inspections.selectors.risk import factors_in_force
from duban.inspections.services import tasks_make
from duban.platform.parameters.models import DatedParameter
from duban.platform.parameters.services import load_shipped_values
from duban.scorecards.models import Period, VendorGrade
from tests.factories.complaints import make_complaint
from tests.factories.inspections import make_line, make_plan, make_result

TODAY = date(2026, 11, 23)


@pytest.fixture
def line(world):
    load_shipped_values()
    return make_line(world.ours)


def by_risk(world, **more):
    return make_plan(world.ours, **{"frequency": Frequency.RISK, "times": 2, "span": "month", "window_days": 1, **more})


def test_a_line_that_fails_is_looked_at_more_often_and_the_reasons_are_kept(world, line):
    for number in range(30):
        make_result(line, day=date(2026, 11, 1), verdict=Verdict.FAIL if number < 3 else Verdict.PASS)
    plan = by_risk(world, season_months=[12])
    tasks_make()
    november, december = RiskRating.objects.order_by("opens_on")
    assert (november.opens_on, november.times) == (date(2026, 11, 1), 3)
    assert (december.times, december.grounds["is_season"]) == (5, True)
    assert november.grounds == {"grade": "", "checks": 30, "failed": 3, "complaints": 0, "is_season": False}
    assert november.trace[2]["inputs"]["share"] == "10.0"
    assert str(november) == f"{plan.pk}/{line.pk}/2026-11-01"


def test_grade_and_complaints_come_from_above(world, line):
    period = Period.objects.create(
        tenant=world.ours.root, kind="month", key="2026-10", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31)
    )
    VendorGrade.objects.create(
        vendor=line.contract.vendor, service_line="cleaning", period=period, grade="D", state="confirmed"
    )
    for _ in range(2):
        make_complaint(line, day=date(2026, 11, 2), validity="valid")
    by_risk(world)
    tasks_make()
    rating = RiskRating.objects.earliest("opens_on")
    assert (rating.grounds["grade"], rating.grounds["complaints"], rating.times) == ("D", 2, 5)


def test_a_period_keeps_its_number_though_more_is_known_later(world, line):
    by_risk(world, times=4, planned_until=TODAY - timedelta(days=60))
    tasks_make(today=TODAY - timedelta(days=30))
    for _ in range(30):
        make_result(line, day=TODAY - timedelta(days=29))
    tasks_make(today=TODAY)
    november = RiskRating.objects.get(opens_on=date(2026, 11, 1))
    assert november.times == 4
    days = InspectionTask.objects.filter(planned_on__range=(date(2026, 11, 1), date(2026, 11, 30)))
    assert days.count() == 4
    assert RiskRating.objects.get(opens_on=date(2026, 12, 1)).times == 6


def test_a_gap_in_the_register_is_said_and_stops_no_plan(world, line):
    DatedParameter.objects.filter(key="risk.season").delete()
    by_risk(world, times=3)
    tasks_make()
    rating = RiskRating.objects.earliest("opens_on")
    assert rating.times == 3
    assert rating.trace[1]["label"].startswith("Nothing is multiplied")
    assert "season" in rating.trace[1]["inputs"]["reason"] or "months" in rating.trace[1]["inputs"]["reason"]


def test_the_shipped_values_are_those_of_the_command(world, line):
    factors, days = factors_in_force("/", TODAY)
    assert factors == factors_of(DEFAULTS, factors.sources)
    assert (days, set(factors.sources)) == (timedelta(days=90), set(DEFAULTS))
    assert all(factors.sources.values())


def test_a_plan_of_fixed_days_is_not_rated(world, line):
    make_plan(world.ours)
    tasks_make()
    assert not RiskRating.objects.exists()


def test_a_quarter_that_touches_a_month_to_look_more_often_is_a_season(world, line):
    by_risk(world, span="quarter", season_months=[12], starts_on=date(2026, 11, 23))
    by_risk(world, span="quarter", season_months=[3], starts_on=date(2026, 11, 23))
    tasks_make()
    assert [rating.grounds["is_season"] for rating in RiskRating.objects.order_by("pk")] == [True, False]


def test_the_number_of_statements_does_not_grow_with_lines_and_plans(world, line, django_assert_max_num_queries):
    for _ in range(6):
        make_line(world.ours)
        by_risk(world)
    with django_assert_max_num_queries(32):
        tasks_make()
    assert RiskRating.objects.count() == 6 * 7 * 2
