from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.insight.domain.page import MoneyTotals

AMOUNTS = st.decimals(0, 10_000_000, places=2)


def test_shares_are_fractions_of_the_base_fees():
    money = MoneyTotals(fee=Decimal("124800.00"), payable=Decimal("118560.00"), deducted=Decimal("6240.00"))
    assert (money.payable_share, money.deducted_share) == (Decimal("0.95"), Decimal("0.05"))


def test_a_month_without_fees_has_no_shares():
    money = MoneyTotals(Decimal(0), Decimal(0), Decimal(0))
    assert (money.payable_share, money.deducted_share) == (None, None)


@given(payable=AMOUNTS, deducted=AMOUNTS)
def test_what_is_paid_and_what_is_kept_make_up_the_whole(payable, deducted):
    money = MoneyTotals(payable + deducted, payable, deducted)
    if money.payable_share is not None:
        assert abs(money.payable_share + money.deducted_share - 1) < Decimal("1e-20")
