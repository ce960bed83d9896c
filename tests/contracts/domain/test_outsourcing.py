from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.contracts.domain.outsourcing import Alarm, OutsourcedLine, OutsourcingLimits, assess

LINES = ("cleaning", "security", "greening", "maintenance", "customer_service")


def lines(*names, amount=1000):
    return [OutsourcedLine(name, "某公司", Decimal(amount)) for name in names]


@pytest.mark.parametrize(
    ("handed", "alarm"),
    [
        ((), Alarm.GREEN),
        (("cleaning",), Alarm.GREEN),
        (("cleaning", "security", "greening"), Alarm.GREEN),
        (("cleaning", "security", "greening", "maintenance"), Alarm.YELLOW),
        (("cleaning", "security", "greening", "customer_service"), Alarm.YELLOW),
        (LINES, Alarm.RED),
    ],
)
def test_the_alarm_follows_what_is_kept(handed, alarm):
    verdict = assess(lines(*handed), required=LINES, monthly_income=None)
    assert verdict.alarm is alarm
    assert (set(verdict.outsourced), set(verdict.kept)) == (set(handed), set(LINES) - set(handed))
    assert verdict.line_share == Decimal(len(handed)) / 5
    assert verdict.amount_share is None


@pytest.mark.parametrize(
    ("income", "alarm"), [(1250, Alarm.GREEN), (1249, Alarm.YELLOW), (None, Alarm.GREEN), (0, Alarm.GREEN)]
)
def test_more_than_four_fifths_of_the_income_is_yellow(income, alarm):
    amount = None if income is None else Decimal(income)
    assert assess(lines("cleaning"), required=LINES, monthly_income=amount).alarm is alarm


def test_the_thresholds_are_the_tenants_own():
    strict = OutsourcingLimits(amount_share=Decimal("0.5"), lines_left=3)
    verdict = assess(lines("cleaning", "security"), required=LINES, monthly_income=Decimal(3999), limits=strict)
    assert verdict.alarm is Alarm.YELLOW
    assert [reason.params for reason in verdict.reasons] == [{"count": "3"}, {"share": "50.0", "limit": "50"}]


@given(st.lists(st.sampled_from(LINES)), st.sampled_from(LINES), st.integers(1, 10_000))
def test_handing_over_more_never_lowers_the_alarm(handed, more, income):
    before = assess(lines(*handed), required=LINES, monthly_income=Decimal(income))
    after = assess(lines(*handed, more), required=LINES, monthly_income=Decimal(income))
    order = list(Alarm)
    assert order.index(after.alarm) >= order.index(before.alarm)
