from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from duban.inspections.models import CheckResult, Finding, Praise, UncountedResult
from duban.inspections.selectors.facts import metric_facts, occurrences
from duban.inspections.selectors.trust import marks_of_finding, marks_of_praise, marks_of_result
from duban.inspections.services.trust import follow_trust
from duban.platform.files.services import store_file
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.challenges import issue_challenge
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.models import TrustMark, TrustReview
from duban.platform.trust.services import photos_look, reviews_decide
from duban.scorecards.models import DirtyPair
from tests.factories.inspections import items_of, make_line, make_place, make_task
from tests.factories.pictures import make_picture

DEVICE = "018f4a2e-1111-7000-8000-000000000001"
HERE = {"lat": "31.230400", "lon": "121.473700", "accuracy": 10}


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def place(line):
    found = make_place(line.estate, "大堂")
    found.latitude, found.longitude = HERE["lat"], HERE["lon"]
    found.save()
    return found


@pytest.fixture
def task(line, place):
    return make_task(line, places=[place])


@pytest.fixture
def send(actor):
    """Send envelopes as (kind, payload), captured some seconds ago; returns their ids."""

    def run(*said, role="quality_inspector", ago=0, device=DEVICE):
        now = timezone.now()
        envelopes = []
        for kind, payload in said:
            at = now - timedelta(seconds=ago)
            full = {"at": at.isoformat(), "position": HERE, **payload}
            envelopes.append(Sent(uuid4(), f"inspections.{kind}", 1, at, full, digest(canonical(full))))
        answers = receive_envelopes(actor=actor(role), device=device, sent_at=now, envelopes=envelopes)
        assert {answer.stage.value for answer in answers} == {"applied"}
        return [sent.id for sent in envelopes]

    return run


@pytest.fixture
def answer(task, place, line):
    def make(number=0, verdict="pass", **more):
        severity = "minor" if verdict == "fail" else None
        said = {"task": task.code, "place": place.tag, "item": items_of(line)[number].key, "verdict": verdict}
        return ("answer", {**said, "severity": severity, **more})

    return make


def facts(line):
    today = timezone.localdate()
    rows = [row for query in metric_facts([line.pk], today, today) for row in query]
    return {metric: (int(numerator), int(denominator)) for metric, _, _, numerator, denominator in rows}


def occurred(line):
    today = timezone.localdate()
    found = occurrences([line.pk], today, today)
    return [(item.for_points, item.for_money) for item in found if item.kind == "failed_item"]


def test_an_honest_record_counts_and_asks_nobody(send, answer, line):
    (key,) = send(answer())
    mark = TrustMark.objects.get(pk=key)
    assert (mark.grade, mark.reasons, mark.record, mark.ground) == ("A", [], CheckResult.objects.get().code, {})
    assert mark.looked_at is not None
    assert (TrustReview.objects.count(), facts(line)["inspections.pass_rate"]) == (0, (1, 1))


def test_what_no_plan_takes_waits_and_counts_for_nothing(send, answer, line, actor):
    send(answer(), answer(1, verdict="fail", position={**HERE, "is_mock": True}))
    review = TrustReview.objects.get()
    assert (review.state, review.grade, review.first_reason) == ("waiting", "D", "mock")
    assert (review.counts_score, review.counts_money, review.title) == (False, False, "floors.lamp")
    assert (facts(line)["inspections.pass_rate"], occurred(line)) == ((1, 1), [])
    DirtyPair.objects.all().delete()
    assert reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="现场核实") == 1
    assert (facts(line)["inspections.pass_rate"], occurred(line)) == ((1, 2), [(True, True)])
    assert (UncountedResult.objects.count(), DirtyPair.objects.filter(day=timezone.localdate()).count()) == (0, 1)
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="refuse", note="查实作假")
    assert (facts(line)["inspections.pass_rate"], occurred(line)) == ((1, 1), [])


def test_a_middling_grade_costs_points_but_no_money_until_somebody_decides(send, answer, line, actor):
    send(answer(verdict="fail", position={**HERE, "lat": "31.240400"}))
    assert (TrustReview.objects.get().grade, occurred(line)) == ("C", [(True, False)])
    assert facts(line)["inspections.pass_rate"] == (0, 1)


def test_a_plan_may_take_everything_or_drop_what_is_low(send, answer, task, line):
    task.score_trust, task.money_trust = "any", "any"
    task.save()
    faked = {**HERE, "is_mock": True}
    send(answer(verdict="fail", position=faked))
    assert (TrustReview.objects.get().state, occurred(line)) == ("waiting", [(True, True)])
    task.score_trust, task.below_trust = "high", "drop"
    task.save()
    send(answer(1, verdict="fail", position=faked))
    assert (TrustReview.objects.latest("pk").state, occurred(line)) == ("set_aside", [(True, True), (False, True)])


def test_twenty_answers_in_a_breath_are_doubted(send, line, world):
    places = [make_place(line.estate, f"{number} 层") for number in range(5)]
    task = make_task(line, places=places)
    keys = [(place, item) for place in places for item in items_of(line)]
    said = [("answer", {"task": task.code, "place": place.tag, "item": item.key, "verdict": "pass"}) for place, item in keys]
    send(*said)
    assert set(TrustReview.objects.values_list("first_reason", "grade")) == {("tempo", "C")}
    assert TrustReview.objects.count() == 20


def test_the_same_photo_at_another_place_is_found_by_the_job(send, answer, actor, line, task, place):
    other = make_place(line.estate, "车库")
    task.places.add(other)
    stored = store_file(actor=actor("finance"), source=make_picture())
    picture = {"sha256": stored.sha256, "taken_at": timezone.now().isoformat(), "source": "camera"}
    (first,) = send(answer(photos=[picture]), ago=60)
    (second,) = send(("answer", {**answer(1)[1], "place": other.tag, "photos": [picture]}))
    assert TrustReview.objects.count() == 0
    assert photos_look() == 2
    assert photos_look() == 0
    marks = {mark.pk: mark for mark in TrustMark.objects.all()}
    assert (marks[first].grade, marks[second].grade) == ("A", "C")
    assert marks[second].ground["twin"]["record"] == str(first)
    review = TrustReview.objects.get()
    assert (review.mark_id, review.first_reason, review.counts_money) == (second, "twin", False)


def test_a_doubted_check_in_makes_no_round(send, answer, task, line, place, actor):
    task.planned_on = task.due_on = timezone.localdate()
    task.save()
    arrival = {"task": task.code, "place": place.tag, "method": "qr", "token": place.tag}
    challenge = issue_challenge(actor("quality_inspector")).challenge
    send(("checkin", {**arrival, "challenge": challenge, "position": {**HERE, "is_mock": True}}))
    send(answer())
    send(("finish", {"task": task.code}))
    assert facts(line)["inspections.coverage"] == (0, 1)
    review = TrustReview.objects.get()
    assert (review.page, review.record, review.title) == ("inspections:task", task.code, task.code)
    DirtyPair.objects.all().delete()
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="核实")
    assert facts(line)["inspections.coverage"] == (1, 1)
    assert DirtyPair.objects.filter(line=line, day=task.due_on).exists()


def test_a_doubted_answer_to_a_finding_is_shown_and_nothing_else(send, answer, line):
    send(answer(verdict="fail"))
    finding = Finding.objects.get()
    reply = {"finding": finding.code, "cause": "漏检", "action": "已换", "photos": []}
    send(("reply", reply), role="vendor_foreman", device=DEVICE.replace("1111", "2222"))
    mark = TrustMark.objects.get(kind="inspections.reply")
    assert (mark.record, mark.grade) == (finding.code, "A")
    assert [one.kind for one in marks_of_finding(finding)] == ["inspections.answer"]
    follow_trust(TrustSettled("inspections.reply", ((str(mark.pk), finding.code, False, False),)))
    assert UncountedResult.objects.count() == 0


def test_a_correction_must_hold_as_well_as_its_answer(send, answer, line, actor):
    (first,) = send(answer(verdict="fail"))
    send(answer(verdict="fail", replaces=str(first), position={**HERE, "is_mock": True}))
    result = CheckResult.objects.get()
    assert [mark.grade for mark in marks_of_result(result)] == ["D", "A"]
    assert occurred(line) == []
    review = TrustReview.objects.get()
    follow_trust(TrustSettled("inspections.answer", ((str(review.mark_id), review.record, False, False),)))
    assert UncountedResult.objects.get().check_result == result


def test_what_is_not_known_changes_nothing(line):
    follow_trust(TrustSettled("inspections.answer", (("x", "CR-1", False, False),)))
    assert (UncountedResult.objects.count(), DirtyPair.objects.count()) == (0, 0)


def test_an_answer_beside_a_result_counts_nowhere_whatever_is_decided(send, answer):
    send(answer())
    follow_trust(TrustSettled("inspections.answer", (("0", "OA-1", False, False), ("1", "CR-0", False, False))))
    assert not UncountedResult.objects.exists()


def praised(line):
    today = timezone.localdate()
    return [(item.for_points, item.for_money) for item in occurrences([line.pk], today, today) if item.kind == "commendation"]


def praise_of(line, place, **more):
    said = {"line": f"{line.contract.code}/{line.number}", "place": place.tag, "text": "雨后立即拖干大堂", **more}
    return ("praise", said)


def test_an_honest_good_find_counts_at_once(send, line, place):
    (key,) = send(praise_of(line, place))
    assert (TrustMark.objects.get(pk=key).grade, TrustReview.objects.count(), praised(line)) == ("A", 0, [(True, True)])
    assert marks_of_praise(Praise.objects.get()) == []


def test_a_good_find_of_the_lowest_trust_adds_nothing_until_somebody_has_looked(send, line, place, actor, client_as):
    send(praise_of(line, place, position={**HERE, "is_mock": True}))
    praise, review = Praise.objects.get(), TrustReview.objects.get()
    assert (review.record, review.grade, review.about) == (praise.code, "D", "甲一花园 · 大堂")
    assert praised(line) == []
    url = reverse(review.page, args=[praise.code])
    pages = [client_as(role).get(url).content.decode() for role in ("quality_manager", "vendor_manager")]
    assert ["Simulated position" in page for page in pages] == [True, False]
    DirtyPair.objects.all().delete()
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="监控核实")
    assert praised(line) == [(True, True)]
    assert DirtyPair.objects.filter(line=line, day=praise.day).exists()
    assert [mark.grade for mark in marks_of_praise(praise)] == ["D"]


def test_a_good_find_with_an_old_photo_is_looked_at_and_counts_meanwhile(send, answer, line, place, actor):
    stored = store_file(actor=actor("finance"), source=make_picture())
    picture = {"sha256": stored.sha256, "taken_at": timezone.now().isoformat(), "source": "camera"}
    send(answer(photos=[picture]), ago=60 * 60 * 24)
    send(praise_of(line, place, photos=[picture]))
    photos_look()
    review = TrustReview.objects.get(kind="inspections.praise")
    assert (review.first_reason, review.grade, praised(line)) == ("twin", "C", [(True, True)])


def test_praise_on_a_line_nobody_knows_is_not_graded(actor, line, place):
    said = {"line": "CT-0000-0000/1", "place": "", "text": "好", "at": timezone.now().isoformat()}
    sent = Sent(uuid4(), "inspections.praise", 1, timezone.now(), said, digest(canonical(said)))
    (told,) = receive_envelopes(actor=actor("quality_inspector"), device=DEVICE, sent_at=timezone.now(), envelopes=[sent])
    assert (told.stage.value, TrustMark.objects.count()) == ("rejected", 0)
