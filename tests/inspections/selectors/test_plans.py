from datetime import date

from duban.inspections.domain.plans import Frequency
from duban.inspections.models import RiskRating
from duban.inspections.selectors.plans import ratings_now
from duban.inspections.services import tasks_make
from duban.platform.parameters.services import load_shipped_values
from tests.factories.inspections import make_line, make_plan

TODAY = date(2026, 11, 23)


def test_the_ratings_of_a_plan_by_risk_begin_with_the_period_of_today(world):
    load_shipped_values()
    line = make_line(world.ours)
    plan = make_plan(world.ours, frequency=Frequency.RISK, times=2, span="month", window_days=1)
    tasks_make()
    RiskRating.objects.filter(opens_on=date(2026, 12, 1)).update(times=4)
    found = ratings_now(plan, TODAY)
    assert [(rating.line, rating.opens_on) for rating in found] == [(line, date(2026, 11, 1)), (line, date(2026, 12, 1))]
    assert [rating.times for rating in ratings_now(plan, date(2026, 12, 5))] == [4]


def test_a_plan_by_the_calendar_has_none(world):
    assert ratings_now(make_plan(world.ours), TODAY) == ()
