from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.vendors.domain.workers import age_on, masked_identity, masked_name, years_before


@given(st.text(min_size=1, max_size=40))
def test_a_masked_name_shows_its_first_character_only(name):
    assert masked_name(name) == name[0] + "*" * (len(name) - 1)


@given(st.text(alphabet="0123456789X", max_size=20))
def test_a_masked_identity_keeps_its_length_and_hides_its_middle(identity):
    shown = masked_identity(identity)
    assert len(shown) == len(identity)
    assert shown.count("*") >= min(len(identity), max(0, len(identity) - 5))
    if len(identity) > 5:
        assert (shown[:3], shown[-2:]) == (identity[:3], identity[-2:])


@pytest.mark.parametrize(("on", "age"), [(date(2026, 5, 19), 15), (date(2026, 5, 20), 16), (date(2027, 5, 19), 16)])
def test_age_counts_full_years(on, age):
    assert age_on(date(2010, 5, 20), on) == age


def test_years_before_a_leap_day():
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_before(date(2028, 3, 1), 3) == date(2025, 3, 1)
