import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.ui.addresses import address_of

CODES = st.text(st.characters(exclude_characters="/", exclude_categories=("Cs", "Cc")), min_size=1)


@given(code=CODES)
def test_the_address_is_that_of_reverse(code: str) -> None:
    assert address_of("inspections:finding", code) == reverse("inspections:finding", args=[code])


def test_the_code_may_stand_in_the_middle() -> None:
    name = "inspections:finding"
    assert address_of(name, "FD-2026-0001").endswith("/FD-2026-0001/")
    assert address_of("attendance:roster_copy", "RO-1") == reverse("attendance:roster_copy", args=["RO-1"])


def test_a_product_below_a_path_keeps_it() -> None:
    set_script_prefix("/duban/")
    try:
        assert address_of("vendors:detail", "VE-1").startswith("/duban/vendors/")
    finally:
        set_script_prefix("/")
    assert address_of("vendors:detail", "VE-1").startswith("/vendors/")


@pytest.mark.parametrize("name", ["inspections:nothing", "vendors:list"])
def test_a_page_that_takes_no_code_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        address_of(name, "X")
