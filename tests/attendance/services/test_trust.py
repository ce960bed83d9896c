from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from duban.attendance.models import PatrolRound, Punch, Slot
from duban.attendance.selectors.patrols import round_page
from duban.attendance.services.trust import follow_trust
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.models import TrustReview
from duban.platform.trust.services import reviews_decide
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_route, make_worker, moment
from tests.factories.inspections import make_line, make_place

MONDAY = date(2026, 10, 5)
DEVICE = "018f4a2e-1111-7000-8000-000000000001"
FAKED = {"lat": "31.230400", "lon": "121.473700", "accuracy": 10, "is_mock": True}


@pytest.fixture
def send(actor):
    """Send one envelope of the vendor's worker from a phone that fakes its position."""

    def run(kind, **said):
        now = timezone.now()
        payload = {"method": "qr", "at": now.isoformat(), "position": FAKED, "challenge": "", **said}
        sent = Sent(uuid4(), f"attendance.{kind}", 1, now, payload, digest(canonical(payload)))
        answers = receive_envelopes(actor=actor("vendor_worker"), device=DEVICE, sent_at=now, envelopes=[sent])
        assert [answer.stage.value for answer in answers] == ["applied"], answers
        return TrustReview.objects.get(mark=sent.id)

    return run


def decide(actor, review, move):
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move=move, note="录像里看到本人在岗。")
    return TrustReview.objects.get(pk=review.pk)


@pytest.fixture
def punch(world):
    line = make_line(world.ours, service_line="security")
    post = make_post(world.ours.estate)
    worker = make_worker(world.ours.vendor)
    make_assignment(make_roster(line), post, MONDAY, worker)
    return make_punch(line, post, worker, moment(MONDAY, 7, 55), verdict="exception", reasons=["low_trust"])


def settle(punch, counts, kind="attendance.punch"):
    follow_trust(TrustSettled(kind, (("x", punch.code, counts, counts),)))
    punch.refresh_from_db()
    return punch.verdict, punch.reasons


def state():
    return Slot.objects.get(day=MONDAY).state


def test_a_punch_that_was_let_count_mans_its_slot(punch):
    assert settle(punch, counts=True) == ("taken", [])
    assert state() == "present"
    assert settle(punch, counts=False) == ("exception", ["low_trust"])
    assert state() == "review"
    assert settle(punch, counts=False) == ("exception", ["low_trust"])


def test_other_doubts_stay(punch):
    punch.reasons = ["outside", "low_trust"]
    punch.save()
    assert settle(punch, counts=True) == ("exception", ["outside"])


def test_other_kinds_and_unknown_punches_change_nothing(punch):
    assert settle(punch, counts=True, kind="inspections.answer") == ("exception", ["low_trust"])
    follow_trust(TrustSettled("attendance.punch", (("x", "PU-999", True, True),)))
    assert not Slot.objects.exists()


def test_a_remark_is_no_doubt(punch):
    punch.reasons = ["no_circle", "low_trust"]
    punch.save()
    assert settle(punch, counts=True) == ("taken", ["no_circle"])


def test_a_doubted_check_in_mans_its_slot_once_somebody_looked_at_it(world, actor, send, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    line = make_line(world.ours, service_line="security")
    post = make_post(world.ours.estate, place=make_place(world.ours.estate, "东门"), fence="ignore")
    worker = make_worker(world.ours.vendor, person=world.person("vendor_worker"))
    make_assignment(make_roster(line), post, MONDAY, worker)
    said = {"post": post.code, "shift": "day", "day": MONDAY.isoformat(), "direction": "in", "worker": None}
    review = send("punch", token=post.place.tag, at=moment(MONDAY, 7, 55).isoformat(), **said)
    found = Punch.objects.get()
    assert (review.record, review.first_reason, review.counts_score) == (found.code, "mock", False)
    assert (found.verdict, found.reasons, state()) == ("exception", ["low_trust"], "review")
    assert decide(actor, review, "accept").counts_score
    found.refresh_from_db()
    assert (found.verdict, found.reasons, state()) == ("taken", [], "present")
    decide(actor, TrustReview.objects.get(), "refuse")
    assert state() == "review"


def test_a_doubted_point_was_not_walked_until_somebody_looked_at_it(world, actor, send, time_machine):
    time_machine.move_to("2026-10-05T22:05:00+08:00", tick=False)
    route = make_route(make_line(world.ours, service_line="security"))
    tag = route.points.get(order=1).place.tag
    review = send("patrol", route=f"{route.code}.1", point=tag, token=tag)
    found = PatrolRound.objects.get(day=MONDAY)
    assert (review.record, review.counts_score, found.on_time_count) == (found.code, False, 0)
    assert [one.at for one in round_page(found).outcome.points] == [None] * 3
    decide(actor, review, "accept")
    found.refresh_from_db()
    assert (found.on_time_count, round_page(found).outcome.points[0].at) == (1, timezone.now())
    follow_trust(TrustSettled("attendance.patrol", (("x", "PR-999", True, True),)))
    assert PatrolRound.objects.get(day=MONDAY).on_time_count == 1
