"""A form of a checklist on a phone: asked by answers, weighed by its rules, handed in without a line, corrected later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, sync_playwright

from duban.standards.domain.xforms.answers import check_answers, images_of
from duban.standards.domain.xforms.forms import Choice, Form, Question, for_phone, to_json
from tests.journeys.inbox import PLACES, TASK, TODAY, Inbox, pack_of_a_round
from tests.journeys.phone import Phone, in_hand, photo
from tests.journeys.sides import sides
from tests.journeys.test_field_app import SMALL
from tests.journeys.visitor import AXE, AXE_RUN


def said(chinese: str, english: str) -> dict[str, dict[str, str]]:
    """The label of a question."""
    return {"label": {"zh": chinese, "en": english}}


FORM = Form(
    "楼道巡检",
    (
        Question("intro", "note", said("先看楼道，再看库房。", "The corridor first, then the store.")),
        Question(
            "corridor",
            "group",
            said("楼道", "Corridor"),
            children=(
                Question("K0", "select_one", said("地面无积尘", "Floor clean"), {"required": "true()"}, "verdict"),
                Question("K0.photo", "image", said("照片", "Photo"), {"relevant": "${K0} = 'fail'", "required": "true()"}),
                Question("K0.note", "text", said("说明", "Note"), {"relevant": "${K0} = 'fail'"}),
            ),
        ),
        Question(
            "temp",
            "decimal",
            {**said("库房温度", "Store temperature"), "constraint_message": {"zh": "应在 0 到 40 度", "en": "0 to 40"}},
            {"constraint": ". >= 0 and . <= 40"},
        ),
        Question("tools", "select_multiple", said("工具", "Tools"), choices="tool"),
        Question("spot", "geopoint", said("位置", "Position")),
        Question("tag", "barcode", said("灭火器编码", "Extinguisher code")),
        Question(
            "rooms",
            "repeat",
            said("库房", "Stores"),
            children=(Question("area", "decimal", said("面积", "Area"), {"required": "true()"}),),
        ),
        Question("total", "calculate", said("总面积", "Total area"), {"calculation": "sum(${area})"}),
    ),
    {
        "verdict": (Choice("pass", {"zh": "合格", "en": "Pass"}), Choice("fail", {"zh": "不合格", "en": "Fail"})),
        "tool": (Choice("mop", {"zh": "拖把", "en": "Mop"}), Choice("bucket", {"zh": "水桶", "en": "Bucket"})),
    },
)


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """Gone before the next database test, as it occupies the thread."""
    with sync_playwright() as found:
        yield found


@pytest.fixture
def inbox() -> Inbox:
    """A round of one item whose checklist has a form."""
    pack = pack_of_a_round(1)
    pack["checklists"][0]["form"] = {"version": 3, **for_phone(to_json(FORM))}
    pack["tasks"][0] |= {"needs_checkin": False, "signature_needed": False}
    return Inbox("inspector", pack)


def question(phone: Phone, path: str) -> Locator:
    """One question of the form."""
    return phone.page.locator(f"[id='q-{path}']")


def write(phone: Phone, path: str, text: str) -> None:
    """Type an answer."""
    question(phone, path).locator("input[type=text]").fill(text)


def hand_in(phone: Phone) -> None:
    """The button at the bottom."""
    phone.page.locator("footer button.action.main").click()


def test_a_form_is_filled_in_without_a_line_and_weighed_by_its_rules(
    playwright: Playwright, address: str, tmp_path: Path, inbox: Inbox
):
    with in_hand(Phone(playwright, address, tmp_path / "memory")) as phone:
        inbox.connect(phone.context)
        phone.sign_in("inspector")
        phone.page.locator(".card").first.wait_for()
        phone.line(is_there=False)
        phone.go("place", TASK, PLACES[0])
        hand_in(phone)
        question(phone, "K0").get_by_role("alert").wait_for()
        assert question(phone, "K0.photo").count() == 0
        question(phone, "K0").locator(".verdict.fail").click()
        phone.take_photo(question(phone, "K0.photo"), photo(1))
        write(phone, "K0.note", "拐角积尘")
        write(phone, "temp", "41,5")
        question(phone, "temp").get_by_text("应在 0 到 40 度").wait_for()
        write(phone, "temp", "21,5")
        question(phone, "tools").get_by_role("button", name="拖把").click()
        question(phone, "tools").get_by_role("button", name="水桶").click()
        question(phone, "spot").get_by_role("button").click()
        question(phone, "tag").locator("a").click()
        phone.page.locator("#typed-code").fill("XF-0042")
        phone.page.locator(".scan form button").click()
        question(phone, "tag").wait_for()
        for number, area in enumerate(("12", "8.5")):
            phone.page.locator(".sheet-repeat > button").click()
            write(phone, f"rooms/{number}/area", area)
        phone.page.locator(".sheet-note output", has_text="20.5").wait_for()
        hand_in(phone)
        phone.page.wait_for_url(f"**/{PLACES[1]}")
        phone.line(is_there=True)
        phone.wait_until_sent()
        [first] = inbox.envelopes.values()
        payload = first["payload"]
        checked = check_answers(FORM, payload["values"], date.fromisoformat(TODAY))
        assert (checked.faults, checked.values) == ((), payload["values"])
        assert [taken["sha256"] for taken in payload["photos"]] == images_of(FORM, checked.values)
        assert (first["kind"], payload["version"], payload["place"]) == ("inspections.form", 3, PLACES[0])
        assert payload["values"]["tag"] == "XF-0042"
        assert set(payload["values"]["tools"].split()) == {"mop", "bucket"}
        phone.go("place", TASK, PLACES[0])
        question(phone, "K0").locator(".verdict.pass").click()
        hand_in(phone)
        phone.page.wait_for_url(f"**/{PLACES[1]}")
        phone.wait_until_sent()
        second = inbox.envelopes.keys() - {first["id"]}
        [later] = [inbox.envelopes[key]["payload"] for key in second]
        assert (later["replaces"], later["values"]["K0"], later["photos"]) == (first["id"], "pass", [])
        assert phone.problems == []


@pytest.mark.only_looks
@pytest.mark.parametrize(("language", "theme"), sides(("zh-hans", "light"), ("en", "dark")))
def test_a_form_fits_a_small_phone(
    playwright: Playwright, address: str, tmp_path: Path, inbox: Inbox, language: str, theme: str
):
    with in_hand(Phone(playwright, address, tmp_path / "memory", theme=theme)) as phone:
        phone.context.add_init_script(f"localStorage.setItem('duban-field-language', '{language}')")
        inbox.connect(phone.context)
        phone.sign_in("inspector")
        phone.page.locator(".card").first.wait_for()
        phone.go("place", TASK, PLACES[0])
        question(phone, "K0").locator(".verdict.fail").click()
        phone.take_photo(question(phone, "K0.photo"), photo(1))
        write(phone, "temp", "99")
        phone.page.locator(".sheet-repeat > button").click()
        hand_in(phone)
        question(phone, "rooms/0/area").get_by_role("alert").wait_for()
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert phone.page.evaluate(SMALL) == []
        phone.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert phone.page.evaluate(AXE_RUN) == []
