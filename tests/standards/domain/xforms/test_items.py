from duban.standards.domain.details import ItemDetails
from duban.standards.domain.xforms import items
from duban.standards.domain.xforms.forms import Choice, Form, Question
from duban.standards.domain.xforms.items import VERDICTS, form_of_items, item_faults, item_keys

ITEMS = (
    ItemDetails("floors.rail", "扶手 ${x}", "每日", name_en="Rail", target="无尘", method="白巾", method_en="White cloth"),
    ItemDetails("floors.stairs", "楼梯", "每日"),
    ItemDetails("lobby.glass", "玻璃", "每日"),
)
KEYS = [item.key for item in ITEMS]
NAMES = {"floors": "楼道", "lobby": "大堂"}


def test_the_form_of_items_asks_for_each_and_for_proof_of_failure():
    form = form_of_items("日检", "cleaning", ITEMS, NAMES)
    assert item_keys(form, KEYS) == KEYS
    assert item_faults(form, KEYS) == []
    rail = form.questions[0].children[0]
    assert rail.texts == {"label": {"zh": "扶手 $ {x}", "en": "Rail"}, "hint": {"zh": "无尘；白巾", "en": "White cloth"}}
    assert form.questions[0].children[1].rules == {"relevant": "${floors.rail} = 'fail'", "required": "true()"}
    assert form.questions[1].texts["label"] == {"zh": "大堂", "en": "Lobbies and lifts"}
    assert "hint" not in form.questions[0].children[3].texts


def test_what_keeps_a_form_from_answering_for_items():
    question = Question("floors.rail", "text")
    assert item_faults(Form("x", (question,)), KEYS) == [("floors.rail", items.NOT_A_VERDICT, {})]
    assert item_faults(Form("x", ()), KEYS) == [("", items.NO_ITEM, {"example": "floors.rail"})]
    assert item_faults(Form("x", ()), [])[0][2] == {"example": "floors.handrail"}
    choices = {"v": tuple(Choice(name, label) for name, label in VERDICTS.items())}
    asked = Question("floors.rail", "select_one", choices="v")
    inside = Form("x", (Question("many", "repeat", children=(asked,)),), choices)
    assert item_faults(inside, KEYS) == [("floors.rail", items.ITEM_IN_REPEAT, {})]
    more = {"v": (*choices["v"], Choice("maybe", {}))}
    assert item_faults(Form("x", (asked,), more), KEYS) == [("floors.rail", items.NOT_A_VERDICT, {})]
