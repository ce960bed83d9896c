from datetime import timedelta

import pytest
from django.utils import timezone

from duban.complaints.models import Complaint
from tests.factories.complaints import make_complaint
from tests.factories.inspections import make_line


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_the_desk_enters_a_complaint(client_as, world):
    client = client_as("service_desk")
    assert client.get("/complaints/new/").status_code == 200
    form = {
        "estate": world.ours.estate.pk,
        "category": "noise",
        "channel": "phone",
        "received_at": "2026-11-22T21:00",
        "text": "噪声",
    }
    assert client.post("/complaints/new/", {**form, "text": ""}).status_code == 422
    assert client.post("/complaints/new/", {**form, "received_at": "2026-12-01T00:00"}).status_code == 422
    answer = client.post("/complaints/new/", form)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert Complaint.objects.get().code in page
    assert "left" in page or "too late" in page
    assert client_as("finance").get("/complaints/new/").status_code == 403


def test_the_page_leads_through_the_whole_life(client_as, line):
    complaint = make_complaint(line, state="received", line=None, due_at=timezone.now() + timedelta(hours=2))
    desk, url = client_as("service_desk"), f"/complaints/{complaint.code}/"
    assert desk.get(url).status_code == 200
    assert desk.post(f"{url}route/", {"line": "999999"}).status_code == 422
    assert desk.post(f"{url}route/", {"line": line.pk}).status_code == 302
    assert desk.post(f"{url}validate/", {"is_valid_complaint": "yes", "reason": "属实"}).status_code == 302
    assert desk.post(f"{url}pause/", {"note": "等业主"}).status_code == 302
    assert desk.post(f"{url}resume/").status_code == 302
    until = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert desk.post(f"{url}promise/", {"until": until, "reason": "业主出差"}).status_code == 302
    assert client_as("vendor_manager").post(f"{url}reply/", {"text": "已处理"}).status_code == 302
    assert desk.post(f"{url}move/close/").status_code == 302
    complaint.refresh_from_db()
    assert (complaint.state, complaint.validity) == ("closed", "valid")
    assert desk.get(url).status_code == 200


def test_strangers_find_nothing(client_as, line):
    complaint = make_complaint(line)
    for role in ("their quality_manager", "rival_manager"):
        assert client_as(role).get(f"/complaints/{complaint.code}/").status_code == 404
        assert client_as(role).post(f"/complaints/{complaint.code}/reply/", {"text": "x"}).status_code == 404
    assert client_as("vendor_worker").get("/complaints/").status_code == 403
    assert (
        client_as("vendor_manager")
        .post(f"/complaints/{complaint.code}/validate/", {"is_valid_complaint": "no", "reason": "x"})
        .status_code
        == 403
    )


def test_the_list_is_flat(client_as, line, flat_queries):
    client = client_as("service_desk")
    flat_queries.check("complaints.list", visit=lambda: client.get("/complaints/"), add_row=lambda: make_complaint(line))
