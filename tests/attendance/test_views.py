from datetime import date

import pytest

from tests.factories.attendance import make_post, make_slot
from tests.factories.inspections import make_line


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def slot(world, line):
    return make_slot(
        line, make_post(world.ours.estate), state="review", ground="other_post", rostered_name="王小明", actual_name="张三丰"
    )


def test_the_grid_shows_posts_by_day(client_as, slot):
    page = client_as("auditor").get("/attendance/").content.decode()
    assert "东门岗" in page
    assert slot.code in page
    assert client_as("auditor").get(f"/attendance/?line={slot.line_id}&month=2026-09").status_code == 200
    assert client_as("auditor").get("/attendance/?line=abc&month=x").status_code == 200
    assert slot.code not in client_as("their auditor").get("/attendance/").content.decode()
    assert client_as("vendor_worker").get("/attendance/").status_code == 403


def test_a_slot_shows_its_trace_and_no_full_name(client_as, slot):
    page = client_as("vendor_manager").get(f"/attendance/slots/{slot.code}/").content.decode()
    assert "张**" in page
    assert "张三丰" not in page
    assert "suspected stand-in" in page
    for role in ("their auditor", "rival_manager"):
        assert client_as(role).get(f"/attendance/slots/{slot.code}/").status_code == 404


def test_a_slot_is_decided_with_a_reason(client_as, slot):
    url = f"/attendance/slots/{slot.code}/reject/"
    assert client_as("vendor_manager").post(url, {"note": "在岗"}).status_code == 403
    assert client_as("quality_manager").post(url, {"note": ""}).status_code == 422
    assert client_as("quality_manager").post(url, {"note": "监控无人"}).status_code == 302
    slot.refresh_from_db()
    assert slot.state == "vacant"


@pytest.mark.parametrize("name", ["", "slots/"])
def test_lists_are_flat(client_as, line, world, flat_queries, name):
    client = client_as("auditor")
    post = make_post(world.ours.estate)
    days = iter(range(1, 28))
    flat_queries.check(
        f"attendance.{name.strip('/') or 'coverage'}",
        visit=lambda: client.get(f"/attendance/{name}"),
        add_row=lambda: make_slot(line, post, date(2026, 10, next(days)), "vacant"),
    )
