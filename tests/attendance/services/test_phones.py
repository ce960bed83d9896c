from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from duban.attendance.models import PatrolRound, PatrolScan, Punch, Slot
from duban.attendance.schemas.phones import PhonePatrol, PhonePunch
from duban.attendance.services.phones import take_patrols, take_punches
from duban.kernel.errors import Invalid, NotFound
from duban.kernel.trust import Trust, TrustGrade, TrustReason
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.kinds import Received
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from tests.factories.attendance import make_assignment, make_post, make_roster, make_route, make_worker, moment
from tests.factories.inspections import make_line, make_place

DEVICE = "018f4a2e-1111-7000-8000-000000000001"
MONDAY = date(2026, 10, 5)
HERE = {"lat": "31.23040012", "lon": "121.47370000", "accuracy": 10}
AWAY = {**HERE, "lat": "31.240400"}
SHAKY = Trust(TrustGrade.D, (TrustReason("tempo", 3),))


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    place = make_place(world.ours.estate, "东门")
    place.latitude, place.longitude = Decimal("31.230400"), Decimal("121.473700")
    place.save()
    return make_post(world.ours.estate, place=place, fence="block")


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor, person=world.person("vendor_worker"))


@pytest.fixture
def route(line):
    return make_route(line)


@pytest.fixture
def send(actor):
    def run(role, *said, kind="attendance.punch"):
        now = timezone.now()
        envelopes = [Sent(key, kind, 1, now, payload, digest(canonical(payload))) for key, payload in said]
        answers = receive_envelopes(actor=actor(role), device=DEVICE, sent_at=now, envelopes=envelopes)
        return [(answer.stage.value, answer.record or dict(answer.reason)) for answer in answers]

    return run


def punched(at_post, hour=8, direction="in", **more):
    at = moment(MONDAY, hour).isoformat()
    ground = {"post": at_post.code, "shift": "day", "day": MONDAY.isoformat(), "direction": direction, "method": "qr"}
    token = at_post.place.tag
    return {**ground, "token": token, "at": at, "position": HERE, "challenge": "", "worker": None, **more}


def passed(on_route, number, minute=5, **more):
    point = on_route.points.get(order=number).place.tag
    at = moment(MONDAY, 22, minute).isoformat()
    ground = {"route": f"{on_route.code}.20261005.1", "point": point, "method": "nfc", "token": point}
    return {**ground, "at": at, "position": None, **more}


def received(payload, trust=None):
    now = timezone.now()
    return Received(uuid4(), DEVICE, payload.at, now, payload, trust)


def faults(answer):
    stage, reason = answer
    assert stage == "rejected"
    return [error["field"] for error in reason.get("errors", ())] or [reason["code"]]


def test_a_worker_checks_in_and_out_and_the_slot_follows(send, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    make_assignment(make_roster(line), post, MONDAY, worker)
    coming, going = (uuid4(), punched(post)), (uuid4(), punched(post, 16, "out"))
    first = send("vendor_worker", going, coming)
    assert [stage for stage, _ in first] == ["applied"] * 2
    assert send("vendor_worker", coming, going) == [first[1], first[0]]
    came, left = Punch.objects.order_by("at")
    assert (came.worker, came.device, came.verdict, str(came.latitude), came.trust) == (
        worker,
        DEVICE,
        "taken",
        "31.230400",
        came.trust,
    )
    assert {first[0][1], first[1][1]} == {came.code, left.code}
    slot = Slot.objects.get(day=MONDAY)
    assert (slot.state, slot.checkin_at, slot.checkout_at) == ("present", came.at, left.at)


def test_a_foreman_checks_a_rostered_person_in_without_a_position(send, world, post, worker):
    post.fence = "ignore"
    post.save()
    assert send("vendor_foreman", (uuid4(), punched(post, worker=worker.code, position=None)))[0][0] == "applied"
    punch = Punch.objects.get()
    assert (punch.worker, punch.person, punch.latitude) == (worker, world.person("vendor_foreman"), None)


def test_a_refused_punch_says_which_field_and_holds_up_no_neighbour(send, world, post, worker):
    other = make_worker(world.ours.vendor, "李强")
    answers = send(
        "vendor_worker",
        (uuid4(), punched(post)),
        (uuid4(), punched(post, post="PO-0000-0000")),
        (uuid4(), punched(post, worker=other.code)),
        (uuid4(), punched(post, worker="WK-0000-0000")),
        (uuid4(), punched(post, token="WRONG")),
        (uuid4(), punched(post, position=AWAY)),
        (uuid4(), punched(post, position=None)),
        (uuid4(), punched(post, position={**HERE, "is_mock": True})),
        (uuid4(), punched(post, at=moment(date(2025, 1, 6), 8).isoformat())),
        (uuid4(), punched(post, shift="evening")),
    )
    assert answers[0][0] == "applied"
    found = [faults(answer) for answer in answers[1:]]
    assert found == [
        ["post"],
        ["worker"],
        ["worker"],
        ["position"],
        ["position"],
        ["position"],
        ["position"],
        ["day"],
        ["shift"],
    ]
    assert Punch.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "fault"),
    [("quality_manager", "not_allowed"), ("estate_manager", "not_allowed"), ("rival_manager", "post")],
)
def test_nobody_outside_the_vendor_checks_anybody_in(send, post, worker, role, fault):
    payload = punched(post, worker=worker.code)
    assert faults(send(role, (uuid4(), payload))[0]) == [fault]
    with pytest.raises(NotFound):
        send("stranger", (uuid4(), payload))
    assert not Punch.objects.exists()


def test_a_clock_that_runs_ahead_dates_nothing_into_the_future(actor, post, worker, time_machine):
    time_machine.move_to("2026-10-05T08:10:00+08:00", tick=False)
    item = received(PhonePunch(**punched(post, 9)))
    take_punches(actor("vendor_worker"), [item])
    assert Punch.objects.get().at == item.received_at


def test_the_lowest_trust_makes_an_exception(actor, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    make_assignment(make_roster(line), post, MONDAY, worker)
    take_punches(actor("vendor_worker"), [received(PhonePunch(**punched(post)), SHAKY)])
    punch = Punch.objects.get()
    assert (punch.verdict, punch.reasons, punch.trust, punch.trust_reasons) == ("exception", ["low_trust"], "D", ["tempo"])
    assert Slot.objects.get(day=MONDAY).state == "review"


def test_points_of_a_round_arrive_in_any_order_and_twice(send, route, time_machine):
    time_machine.move_to("2026-10-05T23:31:00+08:00", tick=False)
    one, two = (uuid4(), passed(route, 1)), (uuid4(), passed(route, 2, 40))
    first = send("vendor_worker", two, one, kind="attendance.patrol")
    found = PatrolRound.objects.get(day=MONDAY)
    assert first == [("applied", found.code)] * 2
    assert send("vendor_worker", one, two, kind="attendance.patrol") == first
    assert (PatrolScan.objects.count(), found.on_time_count, found.skipped_count) == (2, 2, 1)


def test_a_refused_point_says_which_field(send, route):
    answers = send(
        "vendor_worker",
        (uuid4(), passed(route, 1)),
        (uuid4(), passed(route, 1, route="RT-0000-0000")),
        (uuid4(), passed(route, 1, point="NOWHERE", token="NOWHERE")),
        (uuid4(), passed(route, 1, token="WRONG")),
        (uuid4(), passed(route, 1, at=moment(MONDAY, 12).isoformat())),
        (uuid4(), passed(route, 1, method="sheet")),
        kind="attendance.patrol",
    )
    assert answers[0][0] == "applied"
    assert [faults(answer) for answer in answers[1:]] == [["route"], ["point"], ["token"], ["at"], ["method"]]
    assert PatrolScan.objects.count() == 1
    assert faults(send("estate_manager", (uuid4(), passed(route, 1)), kind="attendance.patrol")[0]) == ["not_allowed"]


def test_a_point_keeps_its_trust_and_errors_keep_their_words(actor, route):
    item = received(PhonePatrol(**passed(route, 1)), SHAKY)
    take_patrols(actor("vendor_worker"), [item])
    scan = PatrolScan.objects.get()
    assert (scan.trust, scan.trust_reasons, scan.received_at - item.received_at) == ("D", ["tempo"], timedelta(0))
    with pytest.raises(Invalid) as caught:
        take_patrols(actor("vendor_worker"), [received(PhonePatrol(**passed(route, 1, token="WRONG")))])
    assert "Scan the code" in caught.value.errors[0].message
    assert isinstance(scan.at, datetime)
