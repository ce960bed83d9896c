from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from duban.attendance.models import Assignment, Roster
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line

MONDAY = date(2026, 10, 5)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


def address(roster, rest=""):
    return f"/attendance/rosters/{roster.code}/{rest}"


def test_a_vendor_opens_fills_copies_and_publishes_a_week(client_as, line, post, worker):
    client = client_as("vendor_manager")
    make_assignment(make_roster(line, MONDAY - timedelta(days=7)), post, MONDAY - timedelta(days=6), worker)
    assert client.get("/attendance/rosters/new/").status_code == 200
    assert client.post("/attendance/rosters/new/", {"line": line.pk, "day": "2030-01-01"}).status_code == 422
    client.post("/attendance/rosters/new/", {"line": line.pk, "day": "2026-10-07"})
    roster = Roster.objects.get(week=MONDAY)
    page = client.get(address(roster)).content.decode()
    key = f"{post.code}.2026-10-05.day"
    assert f'name="{key}"' in page
    assert '<option value="王小明">' in page
    assert client.post(address(roster, "cells/"), {key: worker.code}).status_code == 302
    client.post(address(roster, "copy/"))
    assert list(roster.assignments.order_by("day").values_list("day", flat=True)) == [MONDAY, MONDAY + timedelta(days=1)]
    client.post(address(roster, "publish/"))
    roster.refresh_from_db()
    assert roster.state == "published"
    page = client.get(address(roster)).content.decode()
    assert f'name="{key}"' not in page
    assert address(roster, "reopen/") in page
    assert address(roster, "swap/") not in page
    assert client.post(address(roster, "burn/")).status_code == 404


def test_typing_a_cell_answers_with_what_is_wrong(client_as, world, line, post, worker):
    other = make_post(world.ours.estate, "西门岗")
    roster = make_roster(line, MONDAY, "draft")
    make_assignment(roster, other, MONDAY, worker)
    client = client_as("vendor_foreman")
    answer = client.post(address(roster, "cells/"), {f"{post.code}.2026-10-05.day": "王小明"}, **HTMX)
    assert "<html" not in answer.content.decode()
    assert f'data-mark="{other.code}.2026-10-05.day"' in answer.content.decode()
    refused = client.post(address(roster, "cells/"), {f"{post.code}.2026-10-06.day": "没有此人"}, **HTMX)
    assert refused.status_code == 422
    assert f'data-refused="{post.code}.2026-10-06.day"' in refused.content.decode()
    whole = client.post(address(roster, "cells/"), {f"{post.code}.2026-10-06.day": "没有此人"})
    assert (whole.status_code, "<html" in whole.content.decode()) == (422, True)
    assert Assignment.objects.count() == 2


def test_the_company_reads_with_warnings_and_has_no_button(client_as, world, line, post, worker):
    roster = make_roster(line)
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, post, MONDAY + timedelta(days=1))
    make_assignment(roster, make_post(world.ours.estate, "西门岗"), MONDAY, worker)
    for role in ("quality_manager", "estate_manager", "group_admin"):
        page = client_as(role).get(address(roster)).content.decode()
        assert "王**" in page
        assert "王小明" not in page
        assert 'class="has-mark"' in page
        for rest in ("cells/", "copy/", "publish/", "reopen/", "swap/"):
            assert address(roster, rest) not in page
        assert client_as(role).get("/attendance/rosters/new/").status_code == 403
        assert client_as(role).get(address(roster, "swap/")).status_code == 403
        assert client_as(role).post(address(roster, "reopen/")).status_code == 403
    assert client_as("rival_manager").get(address(roster)).status_code == 404


def test_an_estate_without_posts_says_what_to_do(client_as, line):
    roster = make_roster(line, MONDAY, "draft")
    page = client_as("vendor_manager").get(address(roster)).content.decode()
    assert "data-roster" not in page


def test_the_sheet_goes_out(client_as, line, post, worker):
    make_assignment(make_roster(line), post, MONDAY, worker)
    assert client_as("vendor_manager").get("/attendance/rosters/sheet/").headers["Content-Type"].endswith("sheet")
    assert client_as("vendor_worker").get("/attendance/rosters/sheet/").status_code == 403


def test_the_sheet_of_a_week_holds_every_shift_of_its_posts_and_nothing_else(client_as, line, post, worker):
    roster = make_roster(line)
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(make_roster(line, MONDAY - timedelta(days=7)), post, MONDAY - timedelta(days=7), worker)
    answer = client_as("vendor_manager").get(address(roster, "sheet/"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == len(post.shifts)
    assert [worker.name in row for row in rows].count(True) == 1
    assert roster.code in answer.headers["Content-Disposition"]
    assert client_as("rival_manager").get(address(roster, "sheet/")).status_code == 404


def test_rosters_are_flat(client_as, world, line, post, flat_queries):
    client = client_as("vendor_manager")
    weeks = iter(range(20))
    flat_queries.check(
        "attendance.rosters",
        visit=lambda: client.get("/attendance/rosters/"),
        add_row=lambda: make_roster(line, MONDAY + timedelta(days=7 * next(weeks))),
    )
    roster = Roster.objects.latest("week")
    flat_queries.check(
        "attendance.roster",
        visit=lambda: client.get(address(roster)),
        add_row=lambda: make_assignment(
            roster, make_post(world.ours.estate, f"岗 {next(weeks)}"), roster.week, make_worker(world.ours.vendor)
        ),
        limit=15,
    )


def test_a_missing_credential_is_named_in_words(client_as, world, line, post, worker):
    post.required_credentials = ["guard"]
    post.save()
    roster = make_roster(line, MONDAY)
    make_assignment(roster, post, MONDAY, worker)
    page = client_as("quality_manager").get(address(roster)).content.decode()
    assert "A credential is missing on that day (Security guard card)" in page
    assert worker.name not in page
