import pytest

from duban.standards.domain.xforms import reading
from duban.standards.domain.xforms.reading import read_form

HEADINGS = ["type", "name", "label", "relevant", "constraint", "required", "calculation"]
CHOICES = [["list_name", "name", "label"], ["verdict", "pass", "合格"], ["verdict", "fail", "不合格"], ["other", "x", "x"]]


def read(*survey, choices=CHOICES, **sheets):
    return read_form({"survey": [HEADINGS, *survey], "choices": choices, **sheets}, title="表")


def test_a_whole_form_is_read():
    form, faults = read(
        ["begin_group", "floors", "楼道"],
        ["select_one verdict", "floors.rail", "扶手", "", "", "yes"],
        ["image", "photo", "照片", "${floors.rail} = 'fail'", "", "no"],
        ["end group"],
        ["begin repeat", "points", "点位"],
        ["integer", "count", "数量", "", ". >= 0", "${floors.rail} = 'fail'"],
        ["end_repeat"],
        ["calculate", "total", "", "", "", "", "sum(${count})"],
        ["note", "end", "完"],
        settings=[["form_title", "default_language", "version"], ["日检", "中文 (zh)", 3.0]],
    )
    assert faults == []
    assert form is not None
    assert form.title == "日检"
    assert [(question.name, question.kind) for question in form.everything()] == [
        ("floors", "group"),
        ("floors.rail", "select_one"),
        ("photo", "image"),
        ("points", "repeat"),
        ("count", "integer"),
        ("total", "calculate"),
        ("end", "note"),
    ]
    assert form.questions[0].children[0].rules == {"required": "true()"}
    assert form.questions[0].children[1].rules == {"relevant": "${floors.rail} = 'fail'"}
    assert list(form.choices) == ["verdict"]


@pytest.mark.parametrize(
    ("row", "message", "place"),
    [
        (["date", "a", "日"], reading.UNKNOWN_TYPE, "A2"),
        (["text list", "a", "x"], reading.UNKNOWN_TYPE, "A2"),
        (["select_one", "a", "x"], reading.UNKNOWN_TYPE, "A2"),
        (["select_one verdict or_other", "a", "x"], reading.UNKNOWN_TYPE, "A2"),
        (["select_one nothing", "a", "x"], reading.NO_LIST, "A2"),
        (["text", "1a", "x"], reading.NO_NAME, "B2"),
        (["text", "a"], reading.NO_LABEL, "C2"),
        (["text", "a", "read ${b}"], reading.LABEL_READS, "C2"),
        (["note", "a", "x", "", "", "yes"], reading.BY_ITSELF, "F2"),
        (["calculate", "a"], reading.NO_CALCULATION, "G2"),
        (["text", "a", "x", "${b} = 1"], "“{name}” is no question of this form.", "D2"),
        (["text", "a", "x", "", "position(1)"], "The function “{name}” at place {place} is not known.", "E2"),
        (["end_group"], reading.NOT_OPEN, "A2"),
        (["begin_group", "a", "x"], reading.NOT_CLOSED, "A2"),
    ],
)
def test_one_fault_and_its_cell(row, message, place):
    form, faults = read(row)
    assert form is None
    assert [(fault.message, fault.place) for fault in faults] == [(message, place)]
    assert faults[0].message.format(**faults[0].params)


def test_faults_between_rows():
    assert [fault.message for fault in read(["text", "a", "x"], ["text", "a", "y"])[1]] == [reading.NAME_TWICE]
    assert [fault.message for fault in read(["begin_group", "a", "x"], ["end_group"])[1]] == [reading.EMPTY_SECTION]
    assert [fault.place for fault in read(["begin_group", "a", "x"], ["text", "b", "x"], ["end_repeat"])[1]] == ["A4", "A2"]
    deep = [["begin_group", f"g{number}", "x"] for number in range(9)]
    assert reading.TOO_DEEP in [fault.message for fault in read(*deep, ["text", "b", "x"], *([["end_group"]] * 9))[1]]


def test_faults_of_choices_and_settings():
    text = ["text", "a", "x"]
    bad = [["list_name", "name", "label", "filter"], ["v", "a b", "x"], ["v", "c"], ["v", "c", "x", "f"]]
    assert [fault.place for fault in read(text, choices=bad)[1]] == ["D4", "B2", "C3", "B4"]
    settings = [["default_language", "style"], ["Français (fr)", "pages"]]
    assert [fault.where for fault in read(text, settings=settings)[1]] == ["settings B2 style", "settings A2 default_language"]
    english, _ = read(text, settings=[["default_language"], ["English (en)"]])
    assert english is not None
    assert english.questions[0].texts == {"label": {"en": "x"}}
    assert read(text, settings=[["default_language"], ["default"]])[1] == []


def test_sheets_that_are_missing_too_long_or_not_ours():
    assert [fault.message for fault in read_form({}, title="x")[1]] == [reading.NO_SURVEY]
    long = read(*([["text", "a", "x"]] * 2000))
    assert [fault.message for fault in long[1]] == [reading.TOO_LONG]
    other = read(["text", "a", "x"], entities=[["list_name"], ["trees"]], osm=[[""]])
    assert [(fault.message, fault.sheet) for fault in other[1]] == [(reading.OTHER_SHEET, "entities")]
