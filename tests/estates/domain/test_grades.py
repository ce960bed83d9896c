import pytest

from duban.estates.domain.grades import GRADE_SCHEMES, grade_rank


@pytest.mark.parametrize(
    ("scheme", "level", "rank"),
    [
        ("中物协[2004]1号", "一级", 3),
        ("中物协[2004]1号", "三级", 1),
        ("DB11/T 751", "五级", 5),
        ("上海分等收费标准", "1级", 1),
        ("江苏省住宅物业管理服务标准", "七级", 7),
        ("中物协[2004]1号", "四级", None),
        ("", "一级", None),
    ],
)
def test_higher_rank_is_better_in_every_scheme(scheme, level, rank):
    assert grade_rank(scheme, level) == rank


def test_no_scheme_names_a_level_twice():
    assert all(len(set(scheme.levels)) == len(scheme.levels) for scheme in GRADE_SCHEMES.values())
