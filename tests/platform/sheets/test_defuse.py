from hypothesis import given
from hypothesis import strategies as st

from duban.platform.sheets.defuse import defuse, restore


@given(st.text() | st.from_regex(r"'*[=+\-@\t\r].*"))
def test_nothing_is_lost_and_nothing_starts_like_a_formula(text: str) -> None:
    assert restore(defuse(text)) == text
    assert defuse(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not text


def test_ordinary_texts_stay_as_they_are() -> None:
    assert [defuse(text) for text in ("翠湖", "it's", "", "a=b")] == ["翠湖", "it's", "", "a=b"]
