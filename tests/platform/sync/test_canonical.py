import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.sync.canonical import canonical, digest

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


def test_keys_are_sorted_and_nothing_is_escaped():
    assert canonical({"b": 1, "a": ["甲", {"d": None, "c": True}]}) == '{"a":["甲",{"c":true,"d":null}],"b":1}'


@given(st.dictionaries(st.text("xyz"), PLAIN, max_size=4))
def test_the_text_says_the_same_and_is_its_own_canonical_form(payload):
    text = canonical(payload)
    assert json.loads(text) == payload
    assert canonical(json.loads(text)) == text
    assert len(digest(text)) == 64


@pytest.mark.parametrize("text", ["a\0b", "\ud83d", "\\\0"])
def test_what_cannot_be_stored_has_no_text(text):
    assert canonical({"a": text}) is None


def test_a_written_escape_is_no_nul():
    assert canonical({"a": "\\u0000"}) == '{"a":"\\\\u0000"}'
