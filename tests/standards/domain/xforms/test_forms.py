from duban.standards.domain.xforms.forms import Choice, Form, Question, for_phone, from_json, to_json

FORM = Form(
    "楼道日检",
    (
        Question("floors", "group", {"label": {"zh": "楼道"}}, {}, "", (
            Question("floors.rail", "select_one", {"label": {"en": "Rail"}}, {"required": "true()"}, "verdict"),
        )),
        Question("points", "repeat", {}, {"relevant": "${floors.rail} = 'fail'"}, "", (Question("note", "text"),)),
    ),
    {"verdict": (Choice("pass", {"zh": "合格"}), Choice("fail", {"zh": "不合格"}))},
)  # fmt: skip


def test_a_form_survives_being_stored():
    assert from_json(to_json(FORM)) == FORM
    assert [question.name for question in FORM.everything()] == ["floors", "floors.rail", "points", "note"]
    assert FORM.languages() == ("zh", "en")


def test_the_phone_gets_rules_as_trees():
    phone = for_phone(to_json(FORM))
    assert phone["questions"][0]["children"][0]["rules"] == {"required": {"text": "true()", "tree": ["call", "true"]}}
    assert phone["questions"][1]["rules"]["relevant"]["tree"][:2] == ["op", "="]
    assert "children" not in phone["questions"][1]["children"][0]
