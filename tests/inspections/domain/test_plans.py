from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from duban.inspections.domain.plans import Frequency, PlanInput, SamplingMode, plan_problems

SOUND = PlanInput(name="周检", service_line="cleaning", starts_on=date(2026, 11, 1))


def test_a_sound_plan_has_no_problems():
    assert plan_problems(SOUND) == ()
    assert plan_problems(replace(SOUND, times=9)) == ()
    assert plan_problems(replace(SOUND, window_from=time(8), window_to=time(18), aql_minor=Decimal(0))) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"ends_on": date(2026, 10, 31)}, "ends_on"),
        ({"window_days": 61}, "window_days"),
        ({"window_from": time(9), "window_to": time(9)}, "window_to"),
        ({"weekdays": (8,)}, "weekdays"),
        ({"month_days": (0,)}, "month_days"),
        ({"season_months": (13,)}, "season_months"),
        ({"frequency": Frequency.CALENDAR}, "weekdays"),
        ({"every_weeks": 0}, "every_weeks"),
        ({"times": 32}, "times"),
        ({"frequency": Frequency.RISK, "times": 9}, "times"),
        ({"frequency": Frequency.RISK, "times_min": 0}, "times"),
        ({"frequency": Frequency.RISK, "times_min": 9, "times_max": 8}, "times"),
        ({"place_kind": "floor", "sampling": SamplingMode.COUNT, "sample_count": 0}, "sample_count"),
        ({"aql_major": Decimal(3)}, "aql_major"),
        ({"aql_minor": Decimal(15)}, "aql_minor"),
        ({"sampling": SamplingMode.AQL}, "place_kind"),
    ],
)
def test_a_plan_that_says_nonsense_is_told_where(change, field):
    assert [problem.field for problem in plan_problems(replace(SOUND, **change))] == [field]
