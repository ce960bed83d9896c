from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.contracts.domain.price_list import PriceItem, check_price_list, read_price_list, write_price_list
from duban.kernel.errors import Invalid

TEXT = "绿篱修剪 | m² | 3.5\n\n乔木修剪｜株｜1,280.25\nRefuse\tt\t90"


def test_a_price_list_is_read_row_by_row():
    assert read_price_list(TEXT) == (
        PriceItem("绿篱修剪", "m²", Decimal("3.5")),
        PriceItem("乔木修剪", "株", Decimal("1280.25")),
        PriceItem("Refuse", "t", Decimal(90)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hedges", "name | unit | price"),
        ("Hedges | | 3", "name | unit | price"),
        ("a | b | c | d", "name | unit | price"),
        (f"{'x' * 81} | m² | 3", "too long"),
        (f"x | {'m' * 13} | 3", "too long"),
        ("x | m² | much", "no price"),
        ("x | m² | -1", "no price"),
        ("x | m² | NaN", "no price"),
        ("x | m² | 1.23456", "no price"),
        ("x | m² | 100000001", "no price"),
        ("x | m² | 1\nx | t | 2", "twice"),
    ],
)
def test_a_wrong_row_is_named(text, said):
    with pytest.raises(Invalid) as refusal:
        read_price_list(text)
    (error,) = refusal.value.errors
    assert (error.field, said in error.message) == ("price_list", True)


def test_the_row_number_counts_empty_rows():
    with pytest.raises(Invalid) as refusal:
        read_price_list("\n\na | b")
    assert refusal.value.errors[0].params == {"at": "3"}


def test_a_name_holds_no_sign_that_parts_columns():
    with pytest.raises(Invalid):
        check_price_list([PriceItem("hedges; trees", "m²", Decimal(1))])


def test_a_price_list_has_an_end():
    with pytest.raises(Invalid):
        check_price_list(PriceItem(f"work {number}", "m²", Decimal(1)) for number in range(201))


NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.decimals(0, 99999, places=4), max_size=8))
def test_what_is_written_reads_back(prices):
    items = tuple(PriceItem(name, "m²", price) for name, price in prices.items())
    assert read_price_list(write_price_list(item.stored() for item in items)) == items
