"""What an importer and its rows know about themselves."""

from hypothesis import given
from hypothesis import strategies as st

from duban.platform.imports.importer import ImportCounts, ImportRefused, ImportRow, RowProblem
from tests.platform.imports.estates import ESTATES, TOO_SMALL_FOR_HOUSEHOLDS

COUNTS = st.builds(ImportCounts, *[st.integers(0, 100_000)] * 3)


def test_columns_are_found_by_every_name_they_go_by() -> None:
    name = ESTATES.by_key["name"]
    assert {ESTATES.by_name[text] for text in ("项目名称", "小区名称", "estatename", "name")} == {name}
    assert list(ESTATES.by_key) == [column.key for column in ESTATES.columns]


def test_a_row_names_its_problem_with_place_and_value() -> None:
    row = ImportRow(7, {"area_m2": 20, "household_count": 300})
    problem = row.problem("area_m2", TOO_SMALL_FOR_HOUSEHOLDS, area=20, count=300)
    assert problem == RowProblem(7, "area_m2", TOO_SMALL_FOR_HOUSEHOLDS, {"area": "20", "count": "300"}, 20)
    assert (row["household_count"], row.get("lifts"), row.get("lifts", 0)) == (300, None, 0)
    assert row.problem("", TOO_SMALL_FOR_HOUSEHOLDS).value is None


@given(first=COUNTS, second=COUNTS)
def test_counts_of_two_parts_add_up(first: ImportCounts, second: ImportCounts) -> None:
    both = first + second
    assert both == second + first
    assert both.created == first.created + second.created
    assert first + ImportCounts() == first


def test_a_refusal_says_how_many_rows_are_at_fault() -> None:
    found = [ImportRow(number, {}).problem("", TOO_SMALL_FOR_HOUSEHOLDS) for number in (2, 5)]
    refusal = ImportRefused(iter(found))
    assert (refusal.problems, str(refusal)) == (tuple(found), "2 rows refused")
