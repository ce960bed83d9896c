import pytest

from duban.standards.domain.xforms import checking
from duban.standards.domain.xforms.checking import rule_faults
from duban.standards.domain.xforms.forms import Form, Question


def form(*, calculation="1", constraint="", outside="", **rules):
    inner = Question("inner", "integer", rules={"constraint": constraint} if constraint else {})
    return Form(
        "x",
        (
            Question("first", "integer", rules=rules),
            Question("told", "note"),
            Question(
                "many", "repeat", children=(inner, Question("double", "calculate", rules={"calculation": "${inner} * 2"}))
            ),
            Question("total", "calculate", rules={"calculation": calculation}),
            Question("last", "calculate", rules={"calculation": outside or "${total}"}),
        ),
    )


def test_a_sound_form_has_no_faults():
    sound = form(calculation="sum(${inner}) + ${first}", constraint=". > 0 and ${first} > 1", relevant="${last} > 1")
    assert rule_faults(sound) == []


@pytest.mark.parametrize(
    ("made", "question", "rule", "message"),
    [
        (form(relevant="${nobody} = 1"), "first", "relevant", checking.UNKNOWN),
        (form(relevant="${told} = 1"), "first", "relevant", checking.SECTION_READ),
        (form(relevant="${many} = 1"), "first", "relevant", checking.SECTION_READ),
        (form(calculation="${inner}"), "total", "calculation", checking.IN_REPEAT),
        (form(relevant=". = 1"), "first", "relevant", checking.SELF_OUTSIDE),
        (form(calculation="${last}"), "total", "calculation", checking.CIRCLE),
        (form(calculation="${total} + 1"), "total", "calculation", checking.CIRCLE),
        (form(constraint="1 +"), "inner", "constraint", "The expression ends too early, at place {place}."),
    ],
)
def test_faults_are_named(made, question, rule, message):
    found = rule_faults(made)[0]
    assert (found.question, found.rule, found.message) == (question, rule, message)
    assert found.message.format(**found.params)


def test_a_loop_elsewhere_ends_the_search():
    looped = Form(
        "x",
        (
            Question("a", "calculate", rules={"calculation": "${b}"}),
            Question("b", "calculate", rules={"calculation": "${c} + ${b}"}),
            Question("c", "integer"),
        ),
    )
    assert {(fault.question, fault.params["name"]) for fault in rule_faults(looped)} == {("b", "b")}
