from datetime import timedelta
from uuid import uuid4

import hypothesis
import pytest
from django.utils import timezone
from hypothesis.stateful import run_state_machine_as_test

from duban.inspections.models import CheckPhoto, CheckResult, Finding, InspectionTask, OtherAnswer, Visit
from duban.inspections.services.rounds import task_cancel
from duban.platform.files.services import store_file
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.platform.trust.models import TrustReview
from tests.factories.inspections import items_of, make_line, make_place, make_task
from tests.inspections.test_services import photo
from tests.inspections.two_phones import TwoPhones

DEVICE = "018f4a2e-1111-7000-8000-000000000001"


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def places(world):
    return [make_place(world.ours.estate, name) for name in ("大堂", "车库")]


@pytest.fixture
def task(line, places):
    return make_task(line, places=places)


@pytest.fixture
def send(actor):
    def run(role, *said):
        now = timezone.now()
        envelopes = []
        for kind, payload, *key in said:
            full = {"at": now.isoformat(), **payload}
            full = {name: value for name, value in full.items() if value is not ...}
            name = key[0] if key else uuid4()
            envelopes.append(Sent(name, f"inspections.{kind}", 1, now, full, digest(canonical(full))))
        answers = receive_envelopes(actor=actor(role), device=DEVICE, sent_at=now, envelopes=envelopes)
        return [(answer.stage.value, answer.record or answer.reason["code"]) for answer in answers]

    return run


@pytest.fixture
def said(task, places, line):
    """The payload of one answer."""

    def make(number=0, place=0, verdict="pass", **more):
        ground = {"task": task.code, "place": places[place].tag, "item": items_of(line)[number].key}
        return {**ground, "verdict": verdict, "severity": None, "photos": [], "edits": [], **more}

    return make


def shot(actor, colour="blue"):
    stored = store_file(actor=actor("finance"), source=photo(colour=colour))
    return {"sha256": stored.sha256, "taken_at": timezone.now().isoformat(), "source": "camera"}


def test_a_round_from_arrival_to_the_end(actor, send, said, task, places):
    arrival = {"task": task.code, "place": places[0].tag, "method": "qr", "token": f"https://x/p/{places[0].tag}"}
    assert send("quality_inspector", ("checkin", arrival), ("checkin", arrival)) == [("applied", task.code)] * 2
    assert InspectionTask.objects.get().state == "started"
    picture = shot(actor)
    answers = send(
        "quality_inspector",
        ("answer", said()),
        ("answer", said(1, verdict="fail", severity="critical", note="积水", photos=[picture, picture])),
        ("answer", said(0, place=1, verdict="not_applicable")),
    )
    assert [stage for stage, _ in answers] == ["applied"] * 3
    failed = CheckResult.objects.get(verdict=0)
    assert (failed.severity, failed.note, failed.photo_count, CheckPhoto.objects.count()) == (2, "积水", 1, 1)
    assert Finding.objects.get().check_result == failed
    assert (Visit.objects.get().task, Visit.objects.get().results.count()) == (task, 3)
    finish = {"task": task.code, "note": "完成", "answered": 3, "skipped": 0, "signature": picture["sha256"]}
    assert send("quality_inspector", ("finish", finish), ("finish", finish)) == [("applied", task.code)] * 2
    done = InspectionTask.objects.get()
    assert (done.state, done.note, done.signature.sha256) == ("done", "完成", picture["sha256"])


def test_a_round_may_end_unsigned_and_a_photo_comes_twice(actor, send, said, task):
    first, picture = uuid4(), shot(actor)
    send("quality_inspector", ("answer", said(photos=[picture]), first))
    again = said(verdict="fail", severity="minor", replaces=str(first), photos=[picture])
    assert send("quality_inspector", ("answer", again))[0][0] == "applied"
    assert CheckResult.objects.get().photo_count == 1
    assert send("quality_inspector", ("finish", {"task": task.code})) == [("applied", task.code)]
    assert InspectionTask.objects.get().signature is None


def test_later_answers_of_the_same_person_join_the_visit(send, said):
    send("quality_inspector", ("answer", said()))
    send("quality_inspector", ("answer", said(1)))
    assert (Visit.objects.count(), CheckResult.objects.count()) == (1, 2)


def test_of_two_answers_to_one_item_the_earlier_counts(send, said):
    assert send("quality_inspector", ("answer", said()))[0][0] == "applied"
    answers = send("quality_manager", ("answer", said(verdict="fail")), ("answer", said(1)))
    other = OtherAnswer.objects.get()
    assert answers[0] == ("applied", other.code)
    assert list(CheckResult.objects.order_by("pk").values_list("verdict", flat=True)) == [1, 1]
    assert Visit.objects.count() == 2
    assert not Finding.objects.exists()


def test_a_later_answer_corrects_the_first(actor, send, said):
    first = uuid4()
    send("quality_inspector", ("answer", said(), first))
    change = said(verdict="fail", severity="major", replaces=str(first), photos=[shot(actor)])
    assert send("quality_inspector", ("answer", change))[0][0] == "applied"
    result = CheckResult.objects.get()
    assert (result.verdict, result.severity, result.photo_count) == (0, 1, 1)
    back = said(verdict="pass", replaces=str(first))
    assert send("quality_inspector", ("answer", back))[0][0] == "applied"
    assert Finding.objects.get().state == "withdrawn"
    assert send("quality_manager", ("answer", back)) == [("rejected", "not_found")]


def test_the_line_as_a_whole_needs_no_place(send, said, task, line):
    whole = {**said(), "place": ""}
    assert send("quality_inspector", ("answer", whole))[0][0] == "applied"
    arrival = {"task": task.code, "place": "", "method": "position"}
    assert send("quality_inspector", ("checkin", arrival)) == [("applied", task.code)]
    assert CheckResult.objects.get().place is None


def test_what_does_not_belong_to_the_task_is_refused(send, said, task, places, world):
    other = make_place(world.ours.estate, "屋顶")
    arrival = {"task": task.code, "place": other.tag, "method": "qr", "token": other.tag}
    answers = send(
        "quality_inspector",
        ("answer", {**said(), "place": other.tag}),
        ("answer", {**said(), "item": "no.such"}),
        ("answer", {**said(), "task": "TK-2026-9999"}),
        ("checkin", arrival),
        ("finish", {"task": task.code}),
    )
    assert answers == [("rejected", code) for code in ("invalid", "invalid", "not_found", "invalid", "invalid")]
    assert not CheckResult.objects.exists()


def test_the_code_of_another_place_is_kept_and_doubted(send, task, places):
    arrival = {"task": task.code, "place": places[0].tag, "method": "qr", "token": "elsewhere"}
    assert send("quality_inspector", ("checkin", arrival)) == [("applied", task.code)]
    review = TrustReview.objects.get()
    assert (review.record, review.first_reason, review.counts_money) == (task.code, "code_wrong", False)


def test_a_task_called_off_counts_nowhere_and_says_so(actor, send, said, task):
    task_cancel(actor=actor("quality_manager"), task=task, note="storm")
    assert send("quality_inspector", ("answer", said())) == [("rejected", "invalid")]
    change = said(replaces=str(uuid4()))
    assert send("quality_inspector", ("answer", change)) == [("rejected", "invalid")]


def test_nobody_answers_for_another_company(send, said):
    assert send("their quality_inspector", ("answer", said())) == [("rejected", "not_found")]


def test_a_clock_ahead_dates_nothing_into_the_future(send, said):
    ahead = (timezone.now() + timedelta(days=2)).isoformat()
    assert send("quality_inspector", ("answer", said(at=ahead)))[0][0] == "applied"
    assert CheckResult.objects.get().at <= timezone.now()


def test_two_phones_lose_nothing_and_nothing_counts_twice(actor, task, places, line):
    keys = [items_of(line)[0].key, items_of(line)[1].key, "no.such"]
    ground = {"actor": staticmethod(actor), "task": task, "place": places[0], "keys": keys}
    settings = hypothesis.settings(max_examples=30, stateful_step_count=20, deadline=None, derandomize=True)
    run_state_machine_as_test(type("Phones", (TwoPhones,), ground), settings=settings)
