from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from duban.attendance.domain.fences import Method, Point, Reading
from duban.attendance.domain.rows import PunchRow
from duban.attendance.domain.slots import Shift
from duban.attendance.models import Punch, Slot
from duban.attendance.services.punches import punches_record
from duban.kernel.errors import Invalid, NotAllowed
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker, moment
from tests.factories.inspections import make_line, make_place

MONDAY = date(2026, 10, 5)
HERE = Reading(Point(Decimal("31.230400"), Decimal("121.473700")), 10)
AWAY = Reading(Point(Decimal("31.240400"), Decimal("121.473700")), 10)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    place = make_place(world.ours.estate, "东门")
    place.latitude, place.longitude = HERE.point.latitude, HERE.point.longitude
    place.save()
    return make_post(world.ours.estate, place=place, fence="block")


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor, person=world.person("vendor_worker"))


def punched(post, *, hour=8, direction="in", **more):
    values = {"token": post.place.tag if post.place else "", "reading": HERE, **more}
    return PunchRow(uuid4(), post.code, direction, Method.QR, moment(MONDAY, hour), **values)


def test_a_worker_checks_in_and_the_slot_follows(world, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    make_assignment(make_roster(line), post, MONDAY, worker)
    row = punched(post)
    first = punches_record(actor=world.actor("vendor_worker"), rows=[row, punched(post, hour=16, direction="out")])
    assert punches_record(actor=world.actor("vendor_worker"), rows=[row])[row.client_id] == first[row.client_id]
    assert Punch.objects.count() == 2
    punch = Punch.objects.earliest("at")
    assert (punch.worker, punch.day, punch.shift, punch.verdict, punch.distance) == (worker, MONDAY, "day", "taken", 0)
    assert Slot.objects.get(day=MONDAY).state == "present"


def test_a_foreman_checks_somebody_in_by_code(world, line, post, worker):
    punches_record(actor=world.actor("vendor_foreman"), rows=[punched(post, worker=worker.code)])
    assert Punch.objects.get().person == world.person("vendor_foreman")


def test_a_worker_checks_in_nobody_else(world, line, post, worker):
    other = make_worker(world.ours.vendor, "李强")
    with pytest.raises(Invalid) as caught:
        punches_record(actor=world.actor("vendor_worker"), rows=[punched(post, worker=other.code)])
    assert caught.value.errors[0].field == "rows.0.worker"
    assert not Punch.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"token": "WRONG"}, "position"),
        ({"reading": AWAY}, "position"),
        ({"reading": None}, "position"),
        ({"worker": "WK-0000-0000"}, "worker"),
    ],
)
def test_a_refused_punch_changes_nothing_and_says_where(world, line, post, worker, more, field):
    with pytest.raises(Invalid) as caught:
        punches_record(actor=world.actor("vendor_worker"), rows=[punched(post), punched(post, **more)])
    assert [error.field for error in caught.value.errors] == [f"rows.1.{field}"]
    assert not Punch.objects.exists()


def test_an_exception_is_kept_and_reviewed(world, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    post.fence = "exception"
    post.save()
    make_assignment(make_roster(line), post, MONDAY, worker)
    punches_record(actor=world.actor("vendor_worker"), rows=[punched(post, reading=AWAY, is_trusted=False)])
    punch = Punch.objects.get()
    assert (punch.verdict, punch.reasons) == ("exception", ["outside", "low_trust"])
    slot = Slot.objects.get(day=MONDAY)
    assert (slot.state, slot.ground) == ("review", "doubtful")


def test_a_punch_at_no_shift_goes_where_the_phone_says_as_an_exception(world, line, post, worker):
    row = punched(post, hour=23, day=MONDAY, shift=Shift.DAY)
    punches_record(actor=world.actor("vendor_worker"), rows=[row])
    punch = Punch.objects.get()
    assert (punch.day, punch.verdict, punch.reasons) == (MONDAY, "exception", ["no_shift"])


def test_posts_of_others_and_days_without_a_contract_are_refused(world, line, post, worker):
    for actor in ("rival_manager", "their vendor_manager"):
        with pytest.raises(Invalid):
            punches_record(actor=world.actor(actor), rows=[punched(post, worker=worker.code)])
    late = PunchRow(uuid4(), post.code, "in", Method.QR, moment(date(2027, 3, 1), 8), token=post.place.tag, reading=HERE)
    with pytest.raises(Invalid) as caught:
        punches_record(actor=world.actor("vendor_worker"), rows=[late])
    assert caught.value.errors[0].field == "rows.0.day"


def test_the_company_never_checks_anybody_in(world, line, post, worker):
    for role in ("group_admin", "quality_manager", "estate_manager"):
        with pytest.raises(NotAllowed):
            punches_record(actor=world.actor(role), rows=[punched(post, worker=worker.code)])


def test_the_estate_stands_in_for_a_place_without_a_position(world, line, worker):
    estate = world.ours.estate
    estate.latitude, estate.longitude = HERE.point.latitude, HERE.point.longitude
    estate.save()
    post = make_post(estate, "南门岗", fence="exception")
    row = PunchRow(uuid4(), post.code, "in", Method.POSITION, moment(MONDAY, 8), reading=AWAY)
    punches_record(actor=world.actor("vendor_worker"), rows=[row])
    assert Punch.objects.get().reasons == ["outside"]
    assert Punch.objects.get().received_at - row.at > timedelta(0)


def test_who_lacks_the_credential_of_the_post_is_taken_as_an_exception(world, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T17:00:00+08:00", tick=False)
    make_assignment(make_roster(line), post, MONDAY, worker)
    post.required_credentials = ["fire_operator"]
    post.save()
    punches_record(actor=world.actor("vendor_worker"), rows=[punched(post), punched(post, hour=16, direction="out")])
    assert set(Punch.objects.values_list("verdict", flat=True)) == {"exception"}
    assert Punch.objects.earliest("at").reasons == ["no_credential:missing:fire_operator"]
    assert (Slot.objects.get(day=MONDAY).state, Slot.objects.get(day=MONDAY).ground) == ("review", "doubtful")


def test_who_left_the_vendor_is_taken_as_an_exception(world, line, post, worker):
    worker.left_on = MONDAY - timedelta(days=1)
    worker.save()
    punches_record(actor=world.actor("vendor_worker"), rows=[punched(post)])
    assert Punch.objects.get().reasons == ["not_employed"]
