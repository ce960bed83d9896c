import json
import math
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.standards.domain.xforms.answers import MOST_REPEATS, check_answers, images_of
from duban.standards.domain.xforms.evaluating import Context, evaluate
from duban.standards.domain.xforms.expressions import parse
from duban.standards.domain.xforms.forms import Choice, Form, Question, for_phone, to_json

TODAY = date(2026, 11, 26)
SHA = "a" * 64
YES = tuple(Choice(name, {"zh": name}) for name in ("pass", "fail"))
FORM = Form(
    "日检",
    (
        Question("intro", "note"),
        Question(
            "floors",
            "group",
            children=(
                Question("floors.handrail", "select_one", rules={"required": "true()"}, choices="verdict"),
                Question(
                    "floors.handrail.photo",
                    "image",
                    rules={"relevant": "${floors.handrail} = 'fail'", "required": "true()"},
                ),
            ),
        ),
        Question(
            "temp",
            "decimal",
            {"constraint_message": {"zh": "0 到 60 度"}},
            {"constraint": ". >= 0 and . <= 60"},
        ),
        Question("people", "integer"),
        Question("tools", "select_multiple", choices="tool"),
        Question("spot", "geopoint"),
        Question("tag", "barcode"),
        Question(
            "rooms",
            "repeat",
            rules={"relevant": "${people} > 0"},
            children=(
                Question("area", "decimal", {"required_message": {"zh": "填面积"}}, {"required": "true()"}),
                Question("clean", "select_one", choices="verdict"),
                Question("double", "calculate", rules={"calculation": "${area} * 2"}),
                Question("photo", "image", rules={"relevant": "${clean} = 'fail'"}),
                Question("shelves", "repeat", children=(Question("height", "integer"),)),
            ),
        ),
        Question("total", "calculate", rules={"calculation": "sum(${area})"}),
        Question("high", "calculate", rules={"calculation": "max(${height}, 0)"}),
        Question("low", "calculate", rules={"calculation": "min(${height})"}),
        Question("big", "text", rules={"relevant": "${total} > 100", "required": "${total} > 100"}),
    ),
    {"verdict": YES, "tool": (Choice("mop", {}), Choice("bucket", {}))},
)


def weighed(**answers):
    return check_answers(FORM, {"floors.handrail": "pass", **answers}, TODAY)


def faults(checked):
    return [(fault.path, fault.message) for fault in checked.faults]


def test_what_is_not_relevant_is_left_out_and_what_is_calculated_comes_in():
    checked = check_answers(FORM, {"floors.handrail": "pass", "floors.handrail.photo": SHA, "big": "x"}, TODAY)
    assert checked.faults == ()
    assert checked.values == {"floors.handrail": "pass", "total": "0", "high": "0"}


def test_a_missing_photo_of_a_failed_item_is_named():
    failed = check_answers(FORM, {"floors.handrail": "fail"}, TODAY)
    assert faults(failed) == [("floors.handrail.photo", "This question must be answered.")]
    whole = check_answers(FORM, {"floors.handrail": "fail", "floors.handrail.photo": SHA}, TODAY)
    assert (whole.faults, images_of(FORM, whole.values)) == ((), [SHA])
    assert faults(check_answers(FORM, {}, TODAY)) == [("floors.handrail", "This question must be answered.")]


def test_repeats_are_weighed_row_by_row_and_read_as_a_whole():
    rooms = [
        {"area": "80", "clean": "fail", "photo": SHA, "shelves": [{"height": "2"}, {"height": "5"}]},
        {"area": "30.5", "clean": "pass", "photo": "b" * 64},
        {"clean": "maybe"},
    ]
    checked = weighed(people="2", rooms=rooms)
    assert faults(checked) == [
        ("rooms/2/area", "This question must be answered."),
        ("rooms/2/clean", "This is none of the choices."),
        ("big", "This question must be answered."),
    ]
    assert checked.faults[0].texts == {"zh": "填面积"}
    assert checked.values["rooms"][1] == {"area": "30.5", "clean": "pass", "double": "61"}
    assert (checked.values["total"], checked.values["high"], checked.values["low"]) == ("110.5", "5", "2")
    assert images_of(FORM, checked.values) == [SHA]
    assert weighed(people="0", rooms=rooms).values == {"floors.handrail": "pass", "people": "0", "total": "0", "high": "0"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("temp", "61", "This answer is not allowed here."),
        ("temp", "warm", "A number is needed."),
        ("people", "2.5", "A whole number is needed."),
        ("tools", "mop broom", "This is none of the choices."),
        ("spot", "31.2", "A position is latitude and longitude, with a space between."),
        ("floors.handrail", "maybe", "This is none of the choices."),
        ("tag", "x" * 2001, "An answer is a text of at most {most} characters."),
        ("tag", 7, "An answer is a text of at most {most} characters."),
        ("rooms", "none", "A repeat is a list of at most {most} entries."),
        ("rooms", ["x"], "A repeat is a list of at most {most} entries."),
        ("rooms", [{}] * (MOST_REPEATS + 1), "A repeat is a list of at most {most} entries."),
        ("intro", "x", "“{name}” is no question of this form."),
        ("area", "3", "“{name}” is no question of this form."),
    ],
)
def test_an_answer_that_does_not_fit_is_named(name, value, message):
    assert faults(weighed(**{name: value})) == [(name, message)]


def test_a_strange_name_inside_a_repeat_is_named_with_its_row():
    assert faults(weighed(people="1", rooms=[{"area": "1"}, {"x": "1"}])) == [
        ("rooms/1/x", "“{name}” is no question of this form.")
    ]


def test_good_answers_of_every_kind_pass():
    checked = weighed(temp="21.5", tools="mop bucket", spot="31.23 121.47 0 12", tag=" PT001 ")
    assert checked.faults == ()
    assert checked.values["tag"] == "PT001"


def test_rules_that_wait_for_each_other_settle():
    chain = Form(
        "链",
        tuple(
            Question(f"q{number}", "text", rules={"relevant": f"${{q{number + 1}}} = 'x'"} if number < 5 else {})
            for number in range(6)
        ),
    )
    values = {f"q{number}": "x" for number in range(6)}
    assert check_answers(chain, values, TODAY).values == values
    assert check_answers(chain, {**values, "q5": "y"}, TODAY).values == {"q5": "y"}


def test_rules_that_never_settle_come_to_an_end():
    round_about = Form(
        "圈",
        (
            Question("a", "text", rules={"relevant": "${b} = ''"}),
            Question("b", "text", rules={"relevant": "${a} != ''"}),
        ),
    )
    assert check_answers(round_about, {"a": "1", "b": "1"}, TODAY).faults == ()


ANSWERS = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(st.dictionaries(st.sampled_from(["area", "clean", "shelves", "photo"]), inner), max_size=3),
)


@given(st.dictionaries(st.sampled_from(["floors.handrail", "temp", "people", "rooms", "big", "x"]), ANSWERS))
def test_whatever_a_phone_sends_gets_an_answer(answers):
    checked = check_answers(FORM, answers, TODAY)
    assert check_answers(FORM, answers, TODAY) == checked
    if not checked.faults:
        assert images_of(FORM, checked.values) == [one for one in images_of(FORM, checked.values) if len(one) == 64]


VECTORS = Path(__file__).parents[4] / "frontend" / "tests" / "field" / "forms.json"
READ = {"temp": "36.5", "tools": "mop bucket", "empty": "", "name": "李 lei", "counts": ("2", "", "5"), "none": ()}
TEXTS = (
    "1 + 2 * 3",
    "7 mod -2",
    "-7 mod 2",
    "5 mod 0",
    "1 div 3",
    "1 div 0",
    "-1 div 0",
    "0 div 0",
    "${temp} > 36 and . = 7",
    "${empty} > 1 or ${empty} < 1",
    "${empty} != 1",
    "${missing} = ''",
    "true() = 'x'",
    "selected(${tools}, 'mop')",
    "selected(${tools}, 'mo')",
    "count-selected(${tools})",
    "sum(${counts})",
    "count(${counts})",
    "count(${temp}) + count(${empty})",
    "min(${counts}, 1)",
    "max(${counts})",
    "max(${none})",
    "sum(${none})",
    "${counts} = 5",
    "${counts} > 5",
    "if(${empty}, 'yes', 'no')",
    "coalesce(${empty}, 'x')",
    "concat('a', 1, true(), ${counts})",
    "string-length(${name})",
    "substr('hello', 1, 3)",
    "substr('hello', -3)",
    "substr('hello', 'x', 2)",
    "contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')",
    "regex('13800001111', '1[0-9]{10}')",
    "regex('138000011112', '1[0-9]{10}')",
    "not(boolean(''))",
    "int(-2.7)",
    "round(2.5)",
    "round(-2.345, 2)",
    "round(1.005, 2)",
    "round(1234, -2)",
    "round('x')",
    "abs(-3) + pow(2, 3)",
    "pow(-1, 0.5)",
    "number('3') + number(true())",
    "number(' 4.50 ')",
    "number('1e3')",
    "string(0.1 + 0.2)",
    "string(1 div 8000000)",
    "string(-0)",
    "string(100000000000000000000000)",
    "today()",
    "today() - '2026-11-25'",
    "'2026-02-30' > 0",
    "'a' < 'b'",
)
KINDS = {"This question must be answered.": "missing", "This is none of the choices.": "choice"}
CASES = (
    {},
    {"floors.handrail": "fail"},
    {"floors.handrail": "pass", "temp": "61", "people": "2.5", "tools": "mop broom", "spot": "31.2"},
    {"floors.handrail": "fail", "floors.handrail.photo": SHA, "big": "x", "temp": "60"},
    {"floors.handrail": "maybe", "people": "1", "rooms": []},
    {
        "floors.handrail": "pass",
        "people": "2",
        "rooms": [
            {"area": "80", "clean": "fail", "photo": SHA, "shelves": [{"height": "2"}, {"height": "5"}]},
            {"area": "30.5", "clean": "pass", "photo": SHA},
            {"clean": "maybe", "shelves": [{}]},
        ],
    },
    {"floors.handrail": "pass", "people": "0", "rooms": [{"area": "x"}], "spot": "31.23 121.47 0 12", "tag": " T1 "},
)


def plain(value):
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value)):
        return str(value)
    return value


def vectors():
    """What the phone must come to as well: expressions with their values, and answers to a form as they are weighed."""
    context = Context(READ, "7", TODAY)
    weighed = [check_answers(FORM, case, TODAY) for case in CASES]
    return {
        "today": TODAY.isoformat(),
        "values": {name: list(value) if isinstance(value, tuple) else value for name, value in READ.items()},
        "expressions": [
            {"text": text, "tree": parse(text).tree(), "value": plain(evaluate(parse(text), context))} for text in TEXTS
        ],
        "form": {"version": 1, **for_phone(to_json(FORM))},
        "answers": [
            {
                "given": case,
                "values": checked.values,
                "faults": {fault.path: KINDS.get(fault.message, _kind(fault.message)) for fault in checked.faults},
            }
            for case, checked in zip(CASES, weighed, strict=True)
        ],
    }


def _kind(message):
    return "rule" if message == "This answer is not allowed here." else "kind"


def test_the_phone_is_tested_with_the_same_vectors():
    found = json.loads(json.dumps(vectors()))
    if os.environ.get("DUBAN_WRITE_SNAPSHOTS"):
        VECTORS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(VECTORS.read_text(encoding="utf-8")) == found
