"""Service grades of estates, whose numbers run in different directions from scheme to scheme."""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.kernel.text import mark


@dataclass(frozen=True)
class GradeScheme:
    """One published grading: its levels from the lowest to the highest, and where it comes from."""

    name: str
    levels: tuple[str, ...]
    note: str
    source: str


GRADE_SCHEMES: Mapping[str, GradeScheme] = {
    scheme.name: scheme
    for scheme in (
        GradeScheme(
            "中物协[2004]1号",
            ("三级", "二级", "一级"),
            mark("Level 1 is the best of three."),
            "中物协[2004]1号（出处待核实，可调整）",
        ),
        GradeScheme(
            "DB11/T 751", ("一级", "二级", "三级", "四级", "五级"), mark("Level 5 is the best of five."), "DB11/T 751-2010"
        ),
        GradeScheme(
            "上海分等收费标准",
            ("1级", "2级", "3级", "4级", "5级"),
            mark("Level 5 is the best of five."),
            "上海分等收费标准",
        ),
        GradeScheme(
            "江苏省住宅物业管理服务标准",
            ("一级", "二级", "三级", "四级", "五级", "六级", "七级"),
            mark("Level 7 is the best of seven."),
            "江苏省住宅物业管理服务标准",
        ),
        GradeScheme("湖南星级", ("一星", "二星", "三星", "四星", "五星"), mark("Five stars are the best of five."), "湖南星级"),
    )
}


def grade_rank(scheme: str, level: str) -> int | None:
    """The place of `level` in `scheme`, 1 the lowest and higher the better; `None` if the scheme does not know it.

    中物协[2004]1 号 counts downwards (level 1 is best), Beijing, Shanghai and Jiangsu upwards.
    """
    known = GRADE_SCHEMES.get(scheme)
    return known.levels.index(level) + 1 if known and level in known.levels else None
