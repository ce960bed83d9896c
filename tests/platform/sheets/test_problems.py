from hypothesis import given
from hypothesis import strategies as st

from duban.platform.sheets.problems import Problem, Reason, column_letter, column_place, refuse, shown


def test_problem_survives_storage_and_speaks_with_its_values() -> None:
    problem = Problem(
        Reason("At most {limit} rows.", "Split it into {parts}."), "数据", 7, "D", "业态", "别墅", {"limit": "5", "parts": "2"}
    )
    back = Problem.from_json(problem.as_json())
    assert back == problem
    assert (back.place, back.why, back.mend) == ("D7", "At most 5 rows.", "Split it into 2.")


def test_refusal_of_a_file_has_no_place() -> None:
    refused = refuse(Reason("Too large: {limit}", "Split it."), limit=5)
    assert [(problem.place, problem.why) for problem in refused.problems] == [("", "Too large: 5")]
    assert str(refused) == "Too large: {limit}"


@given(st.integers(0, 20_000))
def test_column_letters_there_and_back(place: int) -> None:
    assert column_place(column_letter(place)) == place


def test_letters_as_in_a_spreadsheet() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_shown_values_are_short_and_on_one_line() -> None:
    assert (shown(None), shown(" a\n b "), len(shown("x" * 200))) == ("", "a b", 80)
