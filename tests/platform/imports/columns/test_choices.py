from datetime import date

import pytest

from duban.platform.imports import reasons
from duban.platform.imports.columns import Boolean, Choice, Column, Reference, Wrong

YES_NO = Boolean("active", zh="在管", en="Active")
KIND = Choice(
    "kind", zh="业态", en="Kind", choices={"mall": ("商场", "Mall", "购物中心"), "office": ("写字楼", "Office building")}
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", True),
        ("Yes", True),
        ("TRUE", True),
        (True, True),
        (1.0, True),
        ("√", True),
        ("否", False),
        ("n", False),
        (False, False),
        (0, False),
        ("×", False),
    ],
)
def test_yes_and_no(cell: object, value: object) -> None:
    assert YES_NO.parse(cell) is value


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_written_is_read_back(language: str) -> None:
    assert [YES_NO.parse(YES_NO.write(value, language)) for value in (True, False)] == [True, False]
    assert [KIND.parse(KIND.write(value, language)) for value in KIND.choices] == list(KIND.choices)
    assert KIND.allowed(language) == (("商场", "写字楼") if language == "zh-hans" else ("Mall", "Office building"))


@pytest.mark.parametrize("cell", ["mall", "MALL", "商场", " 购物中心 ", "Ｍａｌｌ"])
def test_choice_in_every_spelling(cell: str) -> None:
    assert KIND.parse(cell) == "mall"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (YES_NO, "也许", reasons.NOT_YES_NO),
        (KIND, "别墅", reasons.NOT_A_CHOICE),
        (Reference("office", zh="单位", en="Office", lookup="x.y"), date(2026, 1, 1), reasons.NOT_A_TEXT),
    ],
)
def test_refused(column: Column, cell: object, reason: object) -> None:
    with pytest.raises(Wrong) as caught:
        column.parse(cell)
    assert caught.value.reason == reason


def test_a_long_list_of_choices_is_cut_in_the_message() -> None:
    many = Choice("x", zh="项", en="Item", choices={str(number): (f"甲{number}", f"A{number}") for number in range(20)})
    with pytest.raises(Wrong) as caught:
        many.parse("?")
    assert caught.value.params["choices"].endswith("甲11 / A11…")


def test_nothing_stays_nothing() -> None:
    assert YES_NO.write(None, "en") is None
    assert KIND.write("other", "en") == "other"
