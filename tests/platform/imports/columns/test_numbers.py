import decimal
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.imports import reasons
from duban.platform.imports.columns import Decimal, Integer, Wrong
from duban.platform.sheets.problems import Reason
from duban.platform.sheets.writers import csv_text

INTEGER = Integer("count", zh="数量", en="Count")
AMOUNT = Decimal("amount", zh="金额", en="Amount", places=2, unit="元")
RATE = Decimal("rate", zh="税率", en="Rate", places=4, percent=True, maximum=2)


def _reason(column: Integer | Decimal, cell: object) -> Reason:
    with pytest.raises(Wrong) as caught:
        column.parse(cell)
    return caught.value.reason


@given(st.integers(-(10**14), 10**14))
def test_integer_in_every_spelling(number: int) -> None:
    for cell in (number, float(number), str(number), f"{number:,}", f" {number} ", f"{number}.0"):
        assert INTEGER.parse(cell) == number


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_amount_is_exact_in_every_spelling(number: decimal.Decimal) -> None:
    for cell in (
        float(number),
        f"{number:f}",
        f"{number:,f}",
        f"¥{number:f}",
        f"{number:f}元",
        f"{number:f} 元",
        csv_text(number),
    ):
        assert AMOUNT.parse(cell) == number


@given(st.decimals(min_value=-2, max_value=2, places=4, allow_nan=False))
def test_rate_written_is_read_back(rate: decimal.Decimal) -> None:
    assert RATE.parse(RATE.write(rate, "zh-hans")) == rate


@pytest.mark.parametrize(
    ("cell", "rate"), [("6%", "0.06"), ("６％", "0.06"), (0.06, "0.06"), ("0.06", "0.06"), (6, "0.06"), ("100%", "1"), (1, "1")]
)
def test_rate(cell: object, rate: str) -> None:
    assert RATE.parse(cell) == decimal.Decimal(rate)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "abc",
        "1,23",
        "1.2.3",
        "--1",
        "1e5",
        "NaN",
        "Infinity",
        float("inf"),
        float("nan"),
        True,
        date(2026, 1, 1),
        "9" * 31,
        ".",
    ],
)
def test_no_number(cell: object) -> None:
    assert _reason(INTEGER, cell) == reasons.NOT_AN_INTEGER
    assert _reason(AMOUNT, cell) == reasons.NOT_A_NUMBER


def test_decimals_are_never_rounded_away() -> None:
    assert _reason(AMOUNT, "1.005") == reasons.TOO_MANY_DECIMALS
    assert _reason(AMOUNT, 1.005) == reasons.TOO_MANY_DECIMALS
    assert _reason(INTEGER, 1.5) == reasons.NOT_AN_INTEGER
    assert AMOUNT.parse("1.500") == decimal.Decimal("1.50")
    assert AMOUNT.parse(0.1 + 0.2) == decimal.Decimal("0.30")


def test_limits_belong_to_the_range() -> None:
    column = Integer("count", zh="数量", en="Count", minimum=1, maximum=3)
    assert [column.parse(number) for number in (1, 3)] == [1, 3]
    assert (_reason(column, 0), _reason(column, 4)) == (reasons.TOO_SMALL, reasons.TOO_GREAT)
    assert _reason(RATE, "201%") == reasons.TOO_GREAT


def test_true_minus_and_unit() -> None:
    assert AMOUNT.parse("−5.20") == decimal.Decimal("-5.20")
    assert Decimal("area", zh="面积", en="Area", unit="m²").parse("80.5 m²") == decimal.Decimal("80.50")
