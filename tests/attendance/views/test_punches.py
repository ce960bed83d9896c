from datetime import date, timedelta
from uuid import uuid4

import pytest

from duban.attendance.models import Punch, Slot
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_slot, make_worker, moment
from tests.factories.inspections import make_line, make_place

MONDAY = date(2026, 10, 5)
HERE = {"latitude": "31.2304001", "longitude": "121.4737004", "accuracy": "12"}


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    place = make_place(world.ours.estate, "东门")
    place.latitude, place.longitude = "31.230400", "121.473700"
    place.save()
    return make_post(world.ours.estate, place=place, fence="block")


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor, person=world.person("vendor_worker"))


def sent(**more):
    return {"direction": "in", "token": "", "worker": "", "client_id": str(uuid4()), **HERE, **more}


def test_a_worker_checks_in_from_the_page_and_sees_the_slot(client_as, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T08:01:00+08:00", tick=False)
    make_assignment(make_roster(line), post, MONDAY, worker)
    client = client_as("vendor_worker")
    url = f"/attendance/posts/{post.code}/check-in/?token={post.place.tag}"
    assert f'value="{post.place.tag}"' in client.get(url).content.decode()
    form = sent(token=post.place.tag)
    for _twice in range(2):
        assert client.post(url, form).headers["Location"] == f"/attendance/posts/{post.code}/"
    punch = Punch.objects.get()
    assert (punch.method, punch.distance, punch.accuracy, punch.worker) == ("qr", 0, 12, worker)
    time_machine.move_to("2026-10-05T16:02:00+08:00", tick=False)
    client.post(url, sent(direction="out"))
    page = client.get(f"/attendance/posts/{post.code}/").content.decode()
    assert f'data-punch="{punch.code}"' in page
    assert f'data-slot="{Slot.objects.get().code}" data-state="present"' in page
    assert "/attendance/slots/" not in page
    assert "王小明" not in page


@pytest.mark.parametrize(
    ("more", "method"), [({"token": "typed"}, "typed"), ({}, "position"), ({"latitude": "", "longitude": ""}, "position")]
)
def test_how_somebody_checks_in_is_kept(client_as, line, post, worker, more, method, time_machine):
    time_machine.move_to("2026-10-05T08:01:00+08:00", tick=False)
    post.fence = "exception"
    post.save()
    token = {"token": post.place.tag} if more.get("token") else {}
    client_as("vendor_worker").post(f"/attendance/posts/{post.code}/check-in/", sent(**{**more, **token}))
    punch = Punch.objects.get()
    assert (punch.method, punch.latitude is None) == (method, "latitude" in more)


def test_a_refused_check_in_says_why_and_keeps_what_was_typed(client_as, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T08:01:00+08:00", tick=False)
    url = f"/attendance/posts/{post.code}/check-in/"
    answer = client_as("vendor_worker").post(url, sent(token="WRONG"))
    assert answer.status_code == 422
    assert "Scan the code at the post" in answer.content.decode()
    assert 'value="WRONG"' in answer.content.decode()
    assert client_as("vendor_worker").post(url, sent(latitude="x")).status_code == 422
    assert not Punch.objects.exists()


def test_a_foreman_checks_others_in_and_the_company_has_no_button(client_as, world, line, post, worker, time_machine):
    time_machine.move_to("2026-10-05T08:01:00+08:00", tick=False)
    url = f"/attendance/posts/{post.code}/check-in/"
    assert url in client_as("vendor_foreman").get(f"/attendance/posts/{post.code}/").content.decode()
    client_as("vendor_foreman").post(url, sent(worker=worker.code))
    assert Punch.objects.get().person == world.person("vendor_foreman")
    for role in ("quality_manager", "estate_manager", "group_admin"):
        assert url not in client_as(role).get(f"/attendance/posts/{post.code}/").content.decode()
        assert client_as(role).get(url).status_code == 403
    assert client_as("rival_manager").get(f"/attendance/posts/{post.code}/").status_code == 404
    time_machine.move_to("2030-10-05T08:01:00+08:00", tick=False)
    assert client_as("vendor_foreman").get(url).status_code == 403


def test_the_office_reads_a_day_with_distances_and_exceptions(client_as, line, post, worker):
    make_slot(line, post, MONDAY, "review", rostered_name="王小明", late_minutes=9, checkin_at=moment(MONDAY, 8))
    make_punch(
        line,
        post,
        worker,
        moment(MONDAY, 8),
        verdict="exception",
        reasons=["outside", "low_trust"],
        distance=812,
        received_at=moment(MONDAY, 8) + timedelta(minutes=20),
    )
    page = client_as("quality_manager").get(f"/attendance/posts/{post.code}/?day=2026-10-05").content.decode()
    for words in ("812 m", "Outside the circle of the post; Low trust grade", "arrived", "9 min late", "/attendance/slots/"):
        assert words in page
    assert "王**" in page
    assert "王小明" in client_as("vendor_foreman").get(f"/attendance/posts/{post.code}/?day=2026-10-05").content.decode()
    assert (
        "none runs on this day" in client_as("auditor").get(f"/attendance/posts/{post.code}/?day=2030-01-01").content.decode()
    )


def test_the_page_tells_where_it_measures_from(client_as, world, line, post):
    auditor = client_as("auditor")

    def read():
        return auditor.get(f"/attendance/posts/{post.code}/?day=x").content.decode()

    assert f"the place, {post.place.radius_m} m" in read()
    post.place = None
    post.save()
    assert "nothing yet" in read()
    estate = world.ours.estate
    estate.latitude, estate.longitude = "31.230400", "121.473700"
    estate.save()
    assert "the middle of the estate, 400 m" in read()
    post.fence = "ignore"
    post.save()
    assert "Measured from" not in read()


def test_posts_are_flat(client_as, world, line, flat_queries):
    client = client_as("auditor")
    numbers = iter(range(20))
    flat_queries.check(
        "attendance.posts",
        visit=lambda: client.get("/attendance/posts/"),
        add_row=lambda: make_post(world.ours.estate, f"岗 {next(numbers)}"),
    )
    assert client_as("vendor_worker").get("/attendance/posts/").status_code == 200


def test_an_exception_names_person_day_and_credential(client_as, line, post, worker):
    reasons = ["no_credential:expired:fire_operator", "not_employed", "outside"]
    make_punch(line, post, worker, moment(MONDAY, 8), verdict="exception", reasons=reasons)
    page = client_as("quality_manager").get(f"/attendance/posts/{post.code}/?day=2026-10-05").content.decode()
    assert f"{worker.masked} {worker.code}, 2026-10-05: “Fire facility operator certificate”" in page
    assert "is not valid on that day" in page
    assert "does not work for the vendor on 2026-10-05" in page
    assert "Outside the circle of the post" in page
    assert worker.name not in page
