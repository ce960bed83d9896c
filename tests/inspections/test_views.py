from datetime import date

import pytest

from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, Finding, Visit
from duban.inspections.services import record_results
from tests.factories.inspections import items_of, make_line, make_place, make_result
from tests.inspections.test_services import photo

DAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def finding(actor, line, world):
    place = make_place(world.ours.estate, "18层", make_place(world.ours.estate, "11栋"))
    row = CheckRow(
        line.pk,
        items_of(line)[0].pk,
        DAY,
        Verdict.FAIL,
        place_id=place.pk,
        note="有灰",
        inspector_id=world.person("quality_inspector").pk,
    )
    record_results(actor=actor("quality_manager"), rows=[row])
    return Finding.objects.get()


def paths_of(finding):
    result = finding.check_result.code
    return [f"/inspections/results/{result}/", f"/inspections/findings/{finding.code}/"]


def test_pages_of_a_result_and_a_finding_show_what_was_seen(client_as, finding):
    for path in paths_of(finding):
        page = client_as("quality_manager").get(path)
        assert page.status_code == 200
        assert "11栋 18层" in page.content.decode()
        assert "floors.handrail" in page.content.decode()


def test_strangers_and_other_companies_find_nothing(client_as, finding):
    for path in paths_of(finding):
        for role in ("their quality_manager", "rival_manager"):
            assert client_as(role).get(path).status_code == 404


def test_vendors_read_no_names(client_as, finding, world):
    name = world.person("quality_inspector").name
    path = paths_of(finding)[0]
    assert name in client_as("quality_manager").get(path).content.decode()
    assert name not in client_as("vendor_manager").get(path).content.decode()


@pytest.mark.parametrize(
    "path", ["/inspections/", "/inspections/results/", "/inspections/findings/", "/inspections/findings/board/"]
)
def test_lists_are_for_who_may_see_them(client_as, finding, path):
    assert client_as("auditor").get(path).status_code == 200
    assert client_as("vendor_manager").get(path).status_code == 200
    assert client_as("vendor_worker").get(path).status_code == 403
    assert finding.code not in client_as("their quality_manager").get(path).content.decode()


@pytest.mark.parametrize("name", ["", "results/", "findings/", "findings/board/"])
def test_lists_are_flat(client_as, actor, line, flat_queries, name):
    client = client_as("quality_manager")
    manager = actor("quality_manager")

    def add_row():
        visit = Visit.objects.create(line=line, day=DAY)
        rows = [CheckRow(line.pk, items_of(line)[0].pk, DAY, Verdict.FAIL, visit_id=visit.pk)]
        record_results(actor=manager, rows=rows)

    flat_queries.check(
        f"inspections.{name.strip('/') or 'visits'}", visit=lambda: client.get(f"/inspections/{name}"), add_row=add_row
    )


def test_a_vendor_reports_and_the_inspector_closes(client_as, finding):
    url = f"/inspections/findings/{finding.code}/"
    assert client_as("vendor_manager").post(f"{url}rectify/", {"note": "已处理"}).status_code == 302
    assert client_as("vendor_manager").post(f"{url}close/").status_code == 403
    assert client_as("quality_manager").post(f"{url}close/").status_code == 302
    finding.refresh_from_db()
    assert finding.state == "closed"


def test_a_visit_is_entered_by_hand(client_as, line):
    client = client_as("quality_inspector")
    assert client.get("/inspections/visits/new/").status_code == 200
    assert "floors.lamp" in client.get(f"/inspections/visits/new/?line={line.pk}&day=2026-10-05").content.decode()
    items = items_of(line)
    form = {
        "line": line.pk,
        "day": "2026-10-05",
        f"item-{items[0].pk}-verdict": "0",
        f"item-{items[0].pk}-severity": "1",
        f"item-{items[0].pk}-photos": [photo()],
        f"item-{items[1].pk}-verdict": "1",
    }
    answer = client.post("/inspections/visits/new/", form)
    assert answer.status_code == 302
    visit = Visit.objects.get()
    assert [(result.verdict, result.photo_count) for result in visit.results.order_by("verdict")] == [(0, 1), (1, 0)]
    page = client.get(answer.url)
    assert Finding.objects.get().code in page.content.decode()


def test_an_empty_visit_is_shown_again(client_as, line):
    answer = client_as("quality_inspector").post("/inspections/visits/new/", {"line": line.pk, "day": "2026-10-05"})
    assert answer.status_code == 422
    assert client_as("finance").get(f"/inspections/visits/new/?line={line.pk}").status_code == 404


def test_a_result_is_corrected_with_a_reason(client_as, finding):
    url = f"/inspections/results/{finding.check_result.code}/correct/"
    client = client_as("quality_manager")
    assert client.get(url).status_code == 200
    assert client.post(url, {"verdict": "1", "severity": "0"}).status_code == 422
    assert client.post(url, {"verdict": "1", "severity": "0", "reason": "误判"}).status_code == 302
    assert CheckResult.objects.get().verdict == Verdict.PASS
    assert client_as("vendor_manager").get(url).status_code == 403


def test_photos_are_added_on_both_pages(client_as, finding):
    result = finding.check_result
    inspector, foreman = client_as("quality_inspector"), client_as("vendor_foreman")
    assert inspector.post(f"/inspections/results/{result.code}/photos/", {"photos": [photo()]}).status_code == 302
    assert inspector.post(f"/inspections/results/{result.code}/photos/", {}).status_code == 422
    assert foreman.post(f"/inspections/findings/{finding.code}/photos/", {"photos": [photo(colour="green")]}).status_code == 302
    assert foreman.post(f"/inspections/findings/{finding.code}/photos/", {}).status_code == 422
    assert client_as("quality_manager").get(f"/inspections/findings/{finding.code}/").content.decode().count("data-photo") == 2


def test_unknown_codes_are_not_found(client_as, line):
    make_result(line)
    client = client_as("quality_manager")
    for path in (
        "results/CR-0/",
        "results/CR-x/",
        "results/CR-99999999999999999999/",
        "findings/FD-2026-9999/",
        "visits/IN-1/",
    ):
        assert client.get(f"/inspections/{path}").status_code == 404
