from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from duban.inspections.models import AnswerChange, CheckResult, InspectionTask, OtherAnswer
from duban.inspections.services import phone_changes
from duban.platform.files.selectors import attachments_of
from duban.platform.sync.models import Envelope, Stage
from duban.platform.trust.models import TrustMark
from tests.inspections.services.test_phone_rounds import line, places, said, send, shot, task

__all__ = ["line", "places", "said", "send", "task"]


def test_corrections_follow_one_another(send, said):
    first, second, third = uuid4(), uuid4(), uuid4()
    send("quality_inspector", ("answer", said(value="3.5"), first))
    send("quality_inspector", ("answer", said(verdict="fail", severity="minor", replaces=str(first), value="2"), second))
    send("quality_inspector", ("answer", said(verdict="not_applicable", replaces=str(second)), third))
    result = CheckResult.objects.get()
    assert (result.verdict, result.value) == (2, None)


def test_a_chain_is_followed_only_so_far(send, said, monkeypatch):
    monkeypatch.setattr(phone_changes, "LONGEST", 1)
    keys = [uuid4() for _ in range(3)]
    send("quality_inspector", ("answer", said(), keys[0]))
    send("quality_inspector", ("answer", said(verdict="fail", severity="minor", replaces=str(keys[0])), keys[1]))
    assert send("quality_inspector", ("answer", said(replaces=str(keys[1])), keys[2]))[0][0] == "applied"
    assert send("quality_inspector", ("answer", said(replaces=str(keys[2])))) == [("rejected", "not_found")]


def test_an_answer_beside_the_result_can_be_corrected(actor, send, said):
    mine, picture = uuid4(), shot(actor)
    send("quality_inspector", ("answer", said()))
    send("quality_manager", ("answer", said(verdict="fail", severity="major", photos=[picture, picture]), mine))
    change = said(verdict="fail", severity=None, note="both sides", replaces=str(mine), photos=[picture, shot(actor, "red")])
    assert send("quality_manager", ("answer", change)) == [("applied", OtherAnswer.objects.get().code)]
    other = OtherAnswer.objects.get()
    assert (other.verdict, other.severity, other.note, len(attachments_of(other))) == (0, 1, "both sides", 2)
    again = said(verdict="fail", severity="critical", replaces=str(mine))
    send("quality_manager", ("answer", again))
    assert OtherAnswer.objects.get().severity == 2
    assert CheckResult.objects.get().verdict == 1


def test_a_correction_waits_for_what_it_corrects(send, said):
    first, change = uuid4(), uuid4()
    late = said(verdict="fail", severity="minor", replaces=str(first))
    assert send("quality_inspector", ("answer", late, change)) == [("waiting", "not_yet")]
    assert send("quality_inspector", ("answer", said(), first))[0][0] == "applied"
    assert (Envelope.objects.get(pk=change).stage, CheckResult.objects.get().verdict) == (Stage.APPLIED, 0)
    assert AnswerChange.objects.get().root_id == first
    assert str(AnswerChange.objects.get()) == f"{change} → {first}"


def test_the_correction_captured_last_counts_whichever_arrives_last(send, said):
    first, now = uuid4(), timezone.now()
    send("quality_inspector", ("answer", said(), first))
    for minutes, verdict in ((1, "fail"), (9, "pass")):
        at = (now - timedelta(minutes=minutes)).isoformat()
        change = said(verdict=verdict, severity="minor" if verdict == "fail" else None, replaces=str(first), at=at)
        assert send("quality_inspector", ("answer", change)) == [("applied", CheckResult.objects.get().code)]
    assert CheckResult.objects.get().verdict == 0


def test_nobody_corrects_what_was_refused_or_is_not_theirs(send, said):
    refused, theirs = uuid4(), uuid4()
    send("quality_inspector", ("answer", said() | {"item": "no.such"}, refused), ("answer", said(), theirs))
    assert send("quality_inspector", ("answer", said(replaces=str(refused)))) == [("rejected", "invalid")]
    assert send("quality_manager", ("answer", said(replaces=str(theirs)))) == [("rejected", "not_found")]


def test_what_an_answer_made_and_its_grade_follow_it_beside_the_result(send, said, task):
    early, late, now = uuid4(), uuid4(), timezone.now()
    counted = said(photos=[]) | {"position": None}
    send("quality_inspector", ("answer", counted, late))
    result = CheckResult.objects.get()
    at = (now - timedelta(hours=1)).isoformat()
    assert send("quality_manager", ("answer", said(at=at), early)) == [("applied", result.code)]
    other = OtherAnswer.objects.get()
    assert Envelope.objects.get(pk=late).record == TrustMark.objects.get(pk=late).record == other.code
    assert TrustMark.objects.get(pk=early).record == result.code


def test_a_finish_waits_for_its_answers(send, said, task):
    end = {"task": task.code, "answered": 1}
    assert send("quality_manager", ("finish", end)) == [("waiting", "not_yet")]
    send("quality_inspector", ("answer", said()))
    assert InspectionTask.objects.get().state == "done"
