from datetime import date
from decimal import Decimal

import pytest

from duban.settlement.domain.clock import ClockInputs, PayerKind, overdue_interest, payment_clock

LARGE, SMALL, PUBLIC = PayerKind.LARGE, PayerKind.SMALL, PayerKind.PUBLIC
CONFIRMED = date(2026, 11, 5)


def test_row_payment_clock():
    clock = payment_clock(ClockInputs(LARGE, SMALL, confirmed_on=CONFIRMED))
    assert (clock.is_statutory, clock.due_on, clock.day_count) == (True, date(2027, 1, 4), 60)
    assert clock.daily_rate == Decimal("0.0005")
    assert clock.days_left(date(2026, 12, 31)) == 4


def test_row_overdue_interest():
    assert overdue_interest(Decimal(100_000), 30) == Decimal("1500.00")


def test_interest_runs_from_the_day_after():
    inputs = ClockInputs(LARGE, SMALL, confirmed_on=CONFIRMED, overdue_amount=Decimal(100_000), today=date(2027, 2, 3))
    clock = payment_clock(inputs)
    assert (clock.overdue_days, clock.interest_amount) == (30, Decimal("1500.00"))
    on_time = payment_clock(ClockInputs(LARGE, SMALL, CONFIRMED, overdue_amount=Decimal(1), today=date(2027, 1, 4)))
    assert (on_time.overdue_days, on_time.interest_amount) == (0, Decimal("0.00"))


@pytest.mark.parametrize(("agreed", "days", "flags"), [(None, 30, []), (45, 45, []), (90, 60, ["agreed_too_long"])])
def test_public_payer(agreed, days, flags):
    clock = payment_clock(ClockInputs(PUBLIC, SMALL, confirmed_on=CONFIRMED, agreed_days=agreed))
    assert (clock.day_count, [flag.code for flag in clock.flags]) == (days, flags)


@pytest.mark.parametrize(("agreed", "days", "flags"), [(30, 30, []), (90, 90, ["agreed_unusual"])])
def test_large_payer_with_agreed_time(agreed, days, flags):
    clock = payment_clock(ClockInputs(LARGE, SMALL, confirmed_on=CONFIRMED, agreed_days=agreed))
    assert (clock.day_count, [flag.code for flag in clock.flags]) == (days, flags)


def test_equals_go_by_contract_only():
    clock = payment_clock(ClockInputs(SMALL, SMALL, confirmed_on=CONFIRMED))
    assert (clock.is_statutory, clock.due_on, clock.daily_rate) == (False, None, Decimal(0))
    assert payment_clock(ClockInputs(LARGE, LARGE, CONFIRMED, agreed_days=20)).due_on == date(2026, 11, 25)
    assert clock.days_left(CONFIRMED) is None


def test_acceptance_overdue_starts_the_clock():
    inputs = ClockInputs(LARGE, SMALL, delivered_on=date(2026, 10, 31), acceptance_days=10, today=date(2026, 11, 23))
    clock = payment_clock(inputs)
    assert (clock.started_on, clock.started_by) == (date(2026, 11, 10), "acceptance overdue")
    waiting = payment_clock(
        ClockInputs(LARGE, SMALL, delivered_on=date(2026, 10, 31), acceptance_days=10, today=date(2026, 11, 9))
    )
    assert (waiting.started_on, waiting.due_on) == (None, None)


def test_agreed_interest_never_below_lpr():
    inputs = ClockInputs(LARGE, SMALL, CONFIRMED, agreed_yearly_rate=Decimal("0.01"), lpr_rate=Decimal("0.0365"))
    clock = payment_clock(inputs)
    assert clock.daily_rate == Decimal("0.0001")
    assert [flag.code for flag in clock.flags] == ["interest_below_lpr"]
    fine = payment_clock(ClockInputs(LARGE, SMALL, CONFIRMED, agreed_yearly_rate=Decimal("0.073"), lpr_rate=Decimal("0.03")))
    assert (fine.daily_rate, fine.flags) == (Decimal("0.0002"), ())
