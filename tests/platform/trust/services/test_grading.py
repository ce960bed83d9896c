from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from duban.kernel.trust import Floors, TrustGrade
from duban.platform.parameters.models import DatedParameter
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.models import TrustMark, TrustReview
from duban.platform.trust.services import grade_evidence, keep_marks
from duban.platform.trust.shapes import Evidence, Ground, PhotoSeen, Reading

HERE = (31, 121)


@pytest.fixture
def evidence(world):
    ground = Ground(world.ours.project.path, world.ours.city.path, title="地面" * 100, about="大堂", page="inspections:result")

    def make(*, ago=0, is_mock=False, photos=(), **more):
        now = timezone.now()
        times = {"captured_at": now - timedelta(seconds=ago), "sent_at": now, "received_at": now}
        values = {"id": uuid4(), "kind": "k", "device": "d", "ground": replace(ground, **more), **times}
        return Evidence(**values, reading=Reading(HERE, is_mock=is_mock) if is_mock else None, photos=photos)

    return make


@pytest.fixture
def graded(actor):
    people = {role: actor(role) for role in ("quality_inspector", "estate_manager")}

    def run(*items, role="quality_inspector"):
        who = people[role]
        return grade_evidence(person=who.person_id, tenant_path=who.tenant_path, items=items)

    return run


@pytest.fixture
def keep(actor):
    def run(found, applied=None, role="quality_inspector"):
        records = {one.evidence.id: "CR-1" for one in (found if applied is None else applied)}
        keep_marks(actor=actor(role), graded=found, records=records)

    return run


def test_nothing_to_grade_asks_nothing(graded, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert graded() == []


def test_grading_costs_two_queries_however_many(graded, evidence, django_assert_num_queries):
    items = [evidence(ago=60 * number) for number in range(30)]
    with django_assert_num_queries(2):
        found = graded(*items)
    assert {one.trust.grade for one in found} == {TrustGrade.A}


def test_the_companys_own_limits_win(graded, evidence, actor):
    tenant = actor("quality_inspector").tenant_path
    today = timezone.localdate()
    values = {"from_on": today - timedelta(days=30), "source": "自定"}
    DatedParameter.objects.create(scope="", key="trust.burst", value=30, **values)
    DatedParameter.objects.create(scope=tenant, key="trust.burst", value=2, **values)
    DatedParameter.objects.create(scope=tenant, key="trust.burst_s", value=1, until_on=today - timedelta(days=1), **values)
    assert {one.trust.grade for one in graded(evidence(), evidence(ago=10))} == {TrustGrade.C}


def test_records_before_and_other_people_on_the_phone_are_known(graded, evidence, keep):
    keep(graded(evidence(ago=5)))
    other = graded(evidence(), role="estate_manager")[0]
    assert [reason.code for reason in other.trust.reasons] == ["device"]


def test_only_what_was_applied_is_kept_and_once(graded, evidence, keep):
    found = graded(evidence(), evidence(is_mock=True))
    keep(found, applied=found[:1])
    assert (TrustMark.objects.count(), TrustReview.objects.count()) == (1, 0)
    keep(found)
    keep(found)
    assert (TrustMark.objects.count(), TrustReview.objects.count()) == (2, 1)
    review = TrustReview.objects.get()
    assert (review.first_reason, len(review.title), review.counts_score, review.state) == ("mock", 160, True, "waiting")


def test_what_does_not_count_in_full_is_told(graded, evidence, keep, announced):
    floors = Floors(TrustGrade.C, TrustGrade.B)
    keep(graded(evidence(), evidence(is_mock=True), evidence(is_mock=True, floors=floors)))
    (event,) = [event for event in announced if isinstance(event, TrustSettled)]
    assert [(score, money) for _, _, score, money in event.changes] == [(False, False)]


def test_a_plan_may_set_aside_what_is_below(graded, evidence, keep):
    keep(graded(evidence(is_mock=True, floors=Floors(TrustGrade.C, TrustGrade.C, is_dropped=True))))
    keep(graded(evidence(is_mock=True, floors=Floors(is_dropped=True))))
    assert list(TrustReview.objects.order_by("pk").values_list("state", flat=True)) == ["set_aside", "waiting"]


def test_photos_wait_to_be_looked_at_with_what_they_need(graded, evidence, keep):
    photo = PhotoSeen("a" * 64, timezone.now(), HERE, is_gallery=True)
    plain = PhotoSeen("b" * 64, timezone.now())
    keep(graded(evidence(photos=(photo, plain))))
    mark = TrustMark.objects.get()
    assert (mark.looked_at, mark.floors, [one["point"] for one in mark.photos]) == (None, Floors(), [["31", "121"], None])
    assert (mark.signals, mark.reasons[0]["code"]) == ({"is_gallery": True}, "gallery")
