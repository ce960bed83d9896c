from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckPhoto, CheckResult, Finding, FormAnswer, OtherAnswer, UncountedResult
from duban.inspections.selectors.trust import marks_of_result, marks_of_task
from duban.inspections.services.rounds import task_cancel
from duban.platform.audit.models import AuditEntry
from duban.platform.files.models import Attachment
from duban.platform.files.services import store_file
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.models import Envelope
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.platform.trust.models import TrustReview
from duban.platform.trust.services import reviews_decide
from duban.standards.domain.xforms.forms import Choice, Form, Question, to_json
from duban.standards.models import Checklist, FormDefinition
from tests.factories.inspections import make_line, make_place, make_task
from tests.inspections.test_services import photo

DEVICE = "018f4a2e-1111-7000-8000-000000000001"
FAILED = {"relevant": "${floors.handrail} = 'fail'"}
FORM = Form(
    "日检",
    (
        Question("floors.handrail", "select_one", rules={"required": "true()"}, choices="verdict"),
        Question("floors.handrail.photo", "image", rules={**FAILED, "required": "true()"}),
        Question("floors.handrail.note", "text", rules=FAILED),
        Question("lobby.glass", "select_one", rules={"relevant": "${lobby} = 'yes'"}, choices="verdict"),
        Question("lobby", "select_one", choices="yesno"),
        Question(
            "temp",
            "decimal",
            {"constraint_message": {"zh": "应在 0 到 60 度", "en": "Between 0 and 60"}},
            {"constraint": ". <= 60"},
        ),
        Question("rooms", "repeat", children=(Question("area", "decimal"), Question("room.photo", "image"))),
        Question("total", "calculate", rules={"calculation": "sum(${area})"}),
    ),
    {
        "verdict": tuple(Choice(name, {}) for name in ("pass", "fail", "not_applicable")),
        "yesno": (Choice("yes", {}), Choice("no", {})),
    },
)


@pytest.fixture
def task(world, actor):
    line = make_line(world.ours)
    checklist = Checklist.objects.get(standard_id=line.standard_id)
    source = store_file(actor=actor("quality_manager"), source=b"a,b\n1,2\n", name="form.csv")
    FormDefinition.objects.create(checklist=checklist, version=1, definition=to_json(FORM), source=source)
    return make_task(line, checklist=checklist, places=[make_place(world.ours.estate, "大堂")])


@pytest.fixture
def send(actor, task):
    def run(role="quality_inspector", key=None, **more):
        now = timezone.now()
        ground = {"task": task.code, "place": task.places.get().tag, "checklist": task.checklist.code, "version": 1}
        payload = {**ground, "values": {}, "photos": [], "at": now.isoformat(), **more}
        sent = [Sent(key or uuid4(), "inspections.form", 1, now, payload, digest(canonical(payload)))]
        [answer] = receive_envelopes(actor=actor(role), device=DEVICE, sent_at=now, envelopes=sent)
        return answer

    return run


def picture(actor, colour="red"):
    file = store_file(actor=actor("quality_inspector"), source=photo(colour=colour))
    return {"sha256": file.sha256, "taken_at": timezone.now().isoformat(), "source": "camera"}


def results():
    rows = CheckResult.objects.order_by("pk").values_list("item__key", "verdict")
    return {key: Verdict(verdict).name.lower() for key, verdict in rows}


def fields(answer):
    return [error["field"] for error in answer.reason["errors"]]


def test_a_form_is_kept_and_its_verdicts_become_results(actor, task, send):
    shot, room = picture(actor), picture(actor, "blue")
    values = {
        "floors.handrail": "fail",
        "floors.handrail.photo": shot["sha256"],
        "floors.handrail.note": "背面积尘",
        "lobby": "no",
        "lobby.glass": "fail",
        "rooms": [{"area": "20.5", "room.photo": room["sha256"]}, {"area": "4"}],
    }
    answer = send(values=values, photos=[shot, room])
    assert (answer.stage.value, answer.record) == ("applied", task.code)
    [result] = CheckResult.objects.all()
    assert (result.item.key, result.verdict, result.note, result.photo_count) == (
        "floors.handrail",
        Verdict.FAIL,
        "背面积尘",
        1,
    )
    assert Finding.objects.get().check_result == result
    kept = FormAnswer.objects.get()
    assert kept.values == {name: value for name, value in values.items() if name != "lobby.glass"} | {"total": "24.5"}
    assert (kept.is_current, kept.root_id, kept.place.name) == (True, kept.client_id, "大堂")
    assert Attachment.objects.filter(target_type="inspections.formanswer").count() == 2
    assert CheckPhoto.objects.get().file.sha256 == shot["sha256"]
    assert AuditEntry.objects.filter(action="fill_form", target_code=task.code).count() == 1


def test_the_same_form_sent_again_changes_nothing(task, send):
    key, at = uuid4(), timezone.now().isoformat()
    values = {"floors.handrail": "pass"}
    assert send(key=key, values=values, at=at).stage.value == "applied"
    assert send(key=key, values=values, at=at).stage.value == "applied"
    Envelope.objects.all().delete()
    assert send(key=key, values=values, at=at).stage.value == "applied"
    assert (FormAnswer.objects.count(), CheckResult.objects.count()) == (1, 1)


def test_answers_that_break_the_rules_are_named_in_the_forms_own_words(task, send):
    with translation.override("en"):
        wrong = send(values={"floors.handrail": "fail", "temp": "61", "x": "1"})
        assert (wrong.stage.value, fields(wrong)) == ("rejected", ["values.x"])
        wrong = send(values={"floors.handrail": "fail", "temp": "61"})
    assert fields(wrong) == ["values.floors.handrail.photo", "values.temp"]
    assert "Between 0 and 60" in str(wrong.reason)
    with translation.override("zh-hans"):
        assert "应在 0 到 60 度" in str(send(values={"floors.handrail": "pass", "temp": "61"}).reason)
    with translation.override("fr"):
        assert "60" in str(send(values={"floors.handrail": "pass", "temp": "61"}).reason)
    unknown = {"floors.handrail": "fail", "floors.handrail.photo": "a" * 64}
    assert fields(send(values=unknown)) == ["photos"]
    assert (FormAnswer.objects.count(), CheckResult.objects.count()) == (0, 0)


def test_a_later_form_corrects_what_changed(actor, task, send):
    first = uuid4()
    send(key=first, values={"floors.handrail": "pass", "lobby": "yes", "lobby.glass": "fail"})
    assert results() == {"floors.handrail": "pass", "lobby.glass": "fail"}
    shot = picture(actor)
    second = uuid4()
    values = {"floors.handrail": "fail", "floors.handrail.photo": shot["sha256"], "lobby": "no"}
    assert send(key=second, values=values, photos=[shot], replaces=str(first)).stage.value == "applied"
    assert results() == {"floors.handrail": "fail", "lobby.glass": "not_applicable"}
    assert send(key=uuid4(), values={**values, "temp": "20"}, photos=[shot], replaces=str(second)).stage.value == "applied"
    assert list(FormAnswer.objects.order_by("pk").values_list("is_current", flat=True)) == [False, False, True]
    assert set(FormAnswer.objects.values_list("root_id", flat=True)) == {first}
    assert CheckResult.objects.count() == 2


def test_a_correction_may_answer_what_was_not_asked_before(task, send):
    first = uuid4()
    send(key=first, values={"floors.handrail": "pass"})
    send(values={"floors.handrail": "pass", "lobby": "yes", "lobby.glass": "pass"}, replaces=str(first))
    assert results() == {"floors.handrail": "pass", "lobby.glass": "pass"}
    assert send(values={"floors.handrail": "pass"}, replaces=str(uuid4())).reason["code"] == "not_yet"


def test_strange_tasks_forms_and_places_are_refused(actor, task, send):
    values = {"floors.handrail": "pass"}
    assert send(values=values, task="TK-0").reason["code"] == "not_found"
    assert fields(send(values=values, version=2)) == ["version"]
    assert fields(send(values=values, place="T-0")) == ["place"]
    assert send(role="vendor_manager", values=values).stage.value == "rejected"
    send(values=values)
    task_cancel(actor=actor("quality_manager"), task=task, note="停工")
    assert fields(send(values=values)) == ["task"]
    assert FormAnswer.objects.count() == 1


def test_of_two_people_who_fill_in_one_form_the_earlier_counts_and_both_are_kept(actor, task, send):
    send(values={"floors.handrail": "pass"}, at=(timezone.now() - timedelta(minutes=9)).isoformat())
    assert send(role="estate_manager", values={"floors.handrail": "not_applicable"}).stage.value == "applied"
    assert results() == {"floors.handrail": "pass"}
    assert list(OtherAnswer.objects.values_list("verdict", flat=True)) == [Verdict.NOT_APPLICABLE]
    assert FormAnswer.objects.filter(is_current=True).count() == 2


def test_a_form_without_any_verdict_still_needs_a_place_of_the_task(task, send):
    optional = Form("抄表", (Question("meter", "integer"),))
    definition = FormDefinition.objects.get()
    FormDefinition.objects.create(checklist=task.checklist, version=2, definition=to_json(optional), source=definition.source)
    assert fields(send(values={"meter": "7"}, version=2, place="T-0")) == ["place"]
    assert send(values={"meter": "7"}, version=2, place="").stage.value == "applied"
    assert FormAnswer.objects.get().place is None
    assert CheckResult.objects.count() == 0


def test_working_papers_stay_inside(actor, task, send):
    send(values={"floors.handrail": "pass"}, at=(timezone.now() + timedelta(hours=3)).isoformat())
    kept = FormAnswer.objects.for_actor(actor("auditor")).get()
    assert kept.at <= timezone.now()
    assert not FormAnswer.objects.for_actor(actor("vendor_manager")).exists()
    assert not FormAnswer.objects.for_actor(actor("their quality_manager")).exists()
    assert (kept.audit_scope(), str(kept)) == (task.audit_scope(), f"{task.pk}/{kept.client_id}")


def test_a_doubted_form_leaves_its_verdicts_uncounted_until_somebody_looked_at_it(actor, task, send):
    faked = {"lat": "31.230400", "lon": "121.473700", "accuracy": 10, "is_mock": True}
    send(values={"floors.handrail": "pass", "lobby": "yes", "lobby.glass": "pass"}, position=faked)
    review = TrustReview.objects.get()
    assert (review.kind, review.record, review.first_reason) == ("inspections.form", task.code, "mock")
    assert set(UncountedResult.objects.values_list("for_score", "for_money")) == {(False, False)}
    handrail, glass = CheckResult.objects.order_by("item__key")
    assert {mark.pk for result in (handrail, glass) for mark in marks_of_result(result)} == {review.mark_id}
    assert [mark.pk for mark in marks_of_task(task)] == [review.mark_id]
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="现场核实")
    assert UncountedResult.objects.count() == 0
