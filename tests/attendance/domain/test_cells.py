from datetime import date

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.cells import BLANK, Candidate, Misread, People, cell_key, read_cell
from duban.attendance.domain.rosters import PLAN_LABELS
from duban.attendance.domain.slots import Planned

PEOPLE = People(
    [Candidate(1, "WK-2026-0001", "王小明"), Candidate(2, "WK-2026-0002", "李强"), Candidate(3, "WK-2026-0003", "李强")]
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", BLANK),
        ("  ", BLANK),
        ("王小明", (Planned.WORK, 1)),
        ("wk-2026-0002", (Planned.WORK, 2)),
        ("李强  WK-2026-0003", (Planned.WORK, 3)),
        ("休", (Planned.REST, None)),
        ("ＲＥＳＴ", (Planned.REST, None)),
        ("假", (Planned.LEAVE, None)),
        ("缺岗", (Planned.MARKED_VACANT, None)),
        ("李强", Misread.AMBIGUOUS),
        ("张三", Misread.UNKNOWN),
    ],
)
def test_a_text_means_a_person_a_plan_or_nothing(text, meaning):
    assert read_cell(text, PEOPLE) == meaning


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("plan", [Planned.REST, Planned.LEAVE, Planned.MARKED_VACANT])
def test_what_the_page_shows_is_read_back(language, plan):
    with override(language):
        assert read_cell(gettext(PLAN_LABELS[plan]), PEOPLE) == (plan, None)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.sampled_from(["王小明", "李强", "赵 六", "陈Ａ"])), unique_by=lambda row: row[0])
)
def test_whoever_is_written_is_found_again(rows):
    people = People([Candidate(key, f"WK-2026-{key:04d}", name) for key, name in rows])
    for key, _name in rows:
        assert read_cell(people.written(key), people) == (Planned.WORK, key)
        assert people.named(key) == next(name for one, name in rows if one == key)
    assert people.written(99) == people.named(99) == ""


def test_cells_have_a_public_name():
    assert cell_key("PO-2026-0001", (7, date(2026, 10, 5), "night")) == "PO-2026-0001.2026-10-05.night"
