from datetime import date

import pytest

from duban.inspections.models import Audit, AuditProgramme
from tests.factories.audits import make_audit, make_audit_finding, make_programme
from tests.factories.inspections import make_line

PATH = "/inspections/audits/"
MEETING = {"place": "会议室", "attendees": "周敏，质量经理\n王建国，项目经理", "minutes": "说明范围"}


@pytest.fixture
def line(world):
    return make_line(world.ours)


def text_of(response):
    return response.content.decode()


def plan_form(world, line, **more):
    return {
        "title": "保洁质量审核",
        "objective": "核验",
        "starts_on": "2026-11-16",
        "ends_on": "2026-11-18",
        "lines": [line.pk],
        "standards": [line.standard_id],
        "lead": world.person("quality_manager").pk,
        "members": [world.person("auditor").pk],
        **more,
    }


def test_a_programme_begins_empty_and_gets_its_objectives(client_as, world):
    client = client_as("quality_manager")
    assert "Write down what the audits" in text_of(client.get(PATH))
    assert "The quality manager writes it down" in text_of(client_as("auditor").get(PATH))
    assert client.get(f"{PATH}programme/?year=2027").status_code == 200
    form = {"office": world.ours.root.pk, "year": "2027", "objectives": "核验外包质量", "risks": "人手不足"}
    assert client.post(f"{PATH}programme/", form).url == f"{PATH}?year=2027"
    text = text_of(client.get(f"{PATH}?year=2027"))
    assert "核验外包质量" in text
    assert "Plan an audit" in text
    assert client.post(f"{PATH}programme/", {**form, "objectives": ""}).status_code == 422
    assert client_as("quality_inspector").get(f"{PATH}programme/").status_code == 403
    assert "核验外包质量" in text_of(client.get(f"{PATH}programme/?year=2027"))


def test_an_audit_goes_from_plan_to_report_on_its_pages(client_as, world, line):
    client, programme = client_as("quality_manager"), make_programme(world.ours)
    assert client.get(f"{PATH}new/").status_code == 200
    form = plan_form(world, line, programme=programme.pk)
    bad = client.post(f"{PATH}new/", {**form, "members": [world.person("estate_manager").pk]})
    assert bad.status_code == 422
    assert "works in the audited office" in text_of(bad)
    assert client.post(f"{PATH}new/", form).status_code == 302
    audit = Audit.objects.get()
    page = f"{PATH}{audit.code}/"
    assert "Not held yet." in text_of(client.get(page))
    assert "保洁质量审核" in text_of(client.get(f"{page}edit/"))
    assert client.post(f"{page}edit/", plan_form(world, line, ends_on="2026-11-01")).status_code == 422
    assert client.post(f"{page}edit/", plan_form(world, line, title="改名")).status_code == 302
    assert client.get(f"{page}meetings/opening/").status_code == 200
    assert client.get(f"{page}meetings/coffee/").status_code == 404
    assert client.post(f"{page}meetings/opening/", MEETING).status_code == 422
    assert client.post(f"{page}meetings/opening/", {**MEETING, "held_at": "2026-11-16T09:00"}).status_code == 302
    assert "王建国，项目经理" in text_of(client.get(f"{page}meetings/opening/"))
    assert client.post(f"{page}meetings/closing/", {**MEETING, "held_at": "2026-11-18T16:00"}).status_code == 302
    assert client.get(f"{page}report/").status_code == 200
    assert client.post(f"{page}report/", {"conclusion": ""}).status_code == 422
    assert client.post(f"{page}report/", {"conclusion": "符合"}).status_code == 302
    text = text_of(client.get(page))
    assert "Report (Chinese)" in text
    assert "改名" in text
    paper = client.get(f"{page}report/en/")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    assert f"{audit.code}-en.pdf" in paper["Content-Disposition"]
    assert client.post(f"{page}close/").status_code == 302
    assert Audit.objects.get().state == "closed"
    assert "Closed on" in text_of(client.get(page))


def test_an_audit_is_called_off(client_as, world, line):
    audit = make_audit(world.ours, line)
    assert client_as("quality_manager").post(f"{PATH}{audit.code}/cancel/", {"note": "改期"}).status_code == 302
    assert client_as("quality_manager").post(f"{PATH}{audit.code}/begin/").status_code == 404


def test_the_year_shows_each_audit_in_its_month(client_as, world, line):
    make_audit(world.ours, line, title="三月审核", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 3))
    finding = make_audit_finding(world.ours, line)
    text = text_of(client_as("auditor").get(PATH))
    assert "三月审核" in text
    assert "03-02 – 03-03" in text
    assert "this month" in text
    assert "of 2 planned" in text
    assert finding.audit.code in text_of(client_as("auditor").get(f"{PATH}all/"))
    assert "三月审核" in text_of(client_as("auditor").get(f"{PATH}?year=next"))
    assert "三月审核" not in text_of(client_as("auditor").get(f"{PATH}?year=2025"))
    assert AuditProgramme.objects.count() == 1


def test_a_vendor_sees_the_report_and_no_minutes(client_as, world, line):
    planned = make_audit(world.ours, line)
    issued = make_audit(world.ours, line, state="issued")
    client = client_as("vendor_manager")
    assert client.get(f"{PATH}{planned.code}/").status_code == 404
    text = text_of(client.get(f"{PATH}{issued.code}/"))
    assert "扶手清洁记录缺 3 日" in text
    assert "项目部会议室" not in text
    assert world.person("auditor").name not in text
    assert client.get(f"{PATH}{issued.code}/report/zh/").status_code == 200
    assert client.get(f"{PATH}{issued.code}/edit/").status_code == 403
    assert client_as("rival_manager").get(f"{PATH}{issued.code}/").status_code == 404


def test_an_insider_is_told_why_nothing_is_offered(client_as, world, line):
    audit = make_audit(world.ours, line, state="reporting")
    audit.units.add(world.ours.root)
    text = text_of(client_as("quality_manager").get(f"{PATH}{audit.code}/"))
    assert "You belong to what is audited here" in text
    assert "Issue the report" not in text


def test_the_lists_are_flat(client_as, world, line, flat_queries):
    client = client_as("quality_manager")

    def add():
        make_audit_finding(world.ours, line)

    flat_queries.check("inspections.audits", visit=lambda: client.get(PATH), add_row=add)
    flat_queries.check("inspections.audits_all", visit=lambda: client.get(f"{PATH}all/"), add_row=add)
    flat_queries.check("inspections.audit_findings", visit=lambda: client.get(f"{PATH}findings/"), add_row=add)
