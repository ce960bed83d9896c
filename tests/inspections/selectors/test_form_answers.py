from uuid import uuid4

import pytest
from django.utils import timezone, translation

from duban.inspections.models import FormAnswer, Reinspection, Visit
from duban.inspections.selectors.form_answers import forms_of_task
from duban.platform.files.services import attach, store_file
from duban.standards.domain.xforms.forms import Choice, Form, Question, to_json
from duban.standards.models import Checklist, FormDefinition
from tests.factories.inspections import make_line, make_place, make_task
from tests.inspections.test_services import photo

FORM = Form(
    "日检",
    (
        Question("hall", "group", {"label": {"zh": "大堂"}}, children=(Question("glass", "select_one", choices="verdict"),)),
        Question("empty", "group", children=(Question("never", "text"),)),
        Question("tools", "select_multiple", {"label": {"zh": "工具", "en": "Tools"}}, choices="tool"),
        Question("shot", "image"),
        Question("rooms", "repeat", {"label": {"en": "Room"}}, children=(Question("area", "decimal"),)),
    ),
    {
        "verdict": (Choice("pass", {"zh": "合格", "en": "Pass"}),),
        "tool": (Choice("mop", {"zh": "拖把"}), Choice("bucket", {})),
    },
)
VALUES = {"glass": "pass", "tools": "mop bucket", "shot": "a" * 64, "rooms": [{"area": "12"}, {"area": "8"}]}


@pytest.fixture
def task(world, actor):
    line = make_line(world.ours)
    checklist = Checklist.objects.get(standard_id=line.standard_id)
    source = store_file(actor=actor("quality_manager"), source=b"a,b\n1,2\n", name="form.csv")
    definition = FormDefinition.objects.create(checklist=checklist, version=2, definition=to_json(FORM), source=source)
    task = make_task(line, checklist=checklist)
    facts = {"task": task, "definition": definition, "values": VALUES, "at": timezone.now()}
    place, person = make_place(world.ours.estate, "大堂"), world.person("quality_inspector")
    shown = FormAnswer.objects.create(**facts, place=place, person=person, client_id=uuid4(), root_id=uuid4())
    attach(actor=actor("quality_manager"), target=shown, file=store_file(actor=None, source=photo()), name="a.jpg")
    FormAnswer.objects.create(**facts, client_id=uuid4(), root_id=uuid4(), is_current=False)
    return task


def test_a_form_is_read_in_words(actor, task):
    [form] = forms_of_task(actor("auditor"), task)
    assert [(row.depth, row.label, row.text) for row in form.rows] == [
        (0, "大堂", ""),
        (1, "glass", "Pass"),
        (0, "Tools", "拖把 / bucket"),
        (0, "Room 1", ""),
        (1, "area", "12"),
        (0, "Room 2", ""),
        (1, "area", "8"),
    ]
    assert (form.place, form.version, len(form.photos)) == ("大堂", 2, 1)
    with translation.override("zh-hans"):
        assert forms_of_task(actor("auditor"), task)[0].rows[1].text == "合格"


def test_a_form_without_place_or_person_is_read_too(actor, task):
    FormAnswer.objects.update(place=None, person=None)
    [form] = forms_of_task(actor("auditor"), task)
    assert (form.place, form.person) == ("", "")


def test_vendors_and_whoever_looks_again_blind_read_nothing(actor, task, world):
    assert forms_of_task(actor("vendor_manager"), task) == []
    inspector = world.person("quality_inspector")
    visit = Visit.objects.create(task=task, line=task.line, day=task.planned_on, inspector=world.person("estate_manager"))
    Reinspection.objects.create(visit=visit, inspector=inspector, seed="1", due_on=task.due_on)
    assert forms_of_task(actor("quality_inspector"), task) == []
    assert len(forms_of_task(actor("quality_manager"), task)) == 1


def test_page_and_api_show_it(client_as, task):
    text = client_as("auditor").get(f"/inspections/tasks/{task.code}/").content.decode()
    assert "Form: 大堂, version 2" in text
    assert "拖把 / bucket" in text
    answer = client_as("auditor").get(f"/api/v1/inspections/tasks/{task.code}/forms").json()
    assert answer[0]["rows"][1] == {"depth": 1, "label": "glass", "text": "Pass"}
    assert client_as("rival_manager").get(f"/api/v1/inspections/tasks/{task.code}/forms").status_code == 404
