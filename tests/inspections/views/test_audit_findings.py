import pytest

from duban.inspections.models import AuditFinding, Finding
from tests.factories.audits import make_audit, make_audit_finding, stored
from tests.factories.inspections import items_of, make_line, make_place
from tests.inspections.test_services import photo

PATH = "/inspections/audits/"


@pytest.fixture
def line(world):
    return make_line(world.ours)


def text_of(response):
    return response.content.decode()


def finding_form(line, **more):
    return {
        "grade": "major",
        "statement": "记录缺失",
        "evidence": "抽 12 份",
        "item": items_of(line)[0].pk,
        "line": line.pk,
        "due_on": "2026-12-15",
        **more,
    }


def test_a_finding_is_noted_and_changed_with_pictures(client_as, world, line):
    audit = make_audit(world.ours, line, state="under_way")
    tag = make_place(world.ours.estate, "2 号楼").tag
    client = client_as("auditor")
    new = f"{PATH}{audit.code}/findings/new/"
    assert client.get(new).status_code == 200
    assert client.post(new, finding_form(line, place="nowhere")).status_code == 422
    assert client.post(new, finding_form(line, due_on="")).status_code == 422
    assert client.post(new, finding_form(line, place=tag, attachments=[photo()])).status_code == 302
    finding = AuditFinding.objects.get()
    page = f"{PATH}findings/{finding.code}/"
    text = text_of(client.get(page))
    assert "data-photo" in text
    assert "2 号楼" in text
    assert tag in text_of(client.get(f"{page}edit/"))
    assert client.post(f"{page}edit/", finding_form(line, statement="")).status_code == 422
    strength = {**finding_form(line, grade="strength", statement="现场整洁", item=""), "line": ""}
    assert client.post(f"{page}edit/", strength).status_code == 302
    assert (stored(finding).grade, stored(finding).due_on) == ("strength", None)
    assert client.get(f"{page}edit/").status_code == 200
    assert client_as("quality_inspector").get(new).status_code == 403


def test_the_follow_up_is_done_on_the_page(client_as, world, line):
    finding = make_audit_finding(world.ours, line)
    page = f"{PATH}findings/{finding.code}/"
    vendor, manager = client_as("vendor_manager"), client_as("quality_manager")
    assert "Send the answer" in text_of(vendor.get(page))
    assert vendor.post(f"{page}answer/", {"cause": "漏"}).status_code == 422
    answer = {"cause": "漏", "action": "每周核对", "planned_on": "2026-12-10", "attachments": [photo()]}
    assert vendor.post(f"{page}answer/", answer).status_code == 302
    assert "Send back" in text_of(manager.get(page))
    assert manager.post(f"{page}send_back/", {}).status_code == 422
    assert manager.post(f"{page}accept/", {}).status_code == 302
    assert vendor.post(f"{page}complete/", {"note": "完成", "attachments": [photo()]}).status_code == 302
    assert manager.post(f"{page}verify/", {"note": "抽查合格"}).status_code == 302
    text = text_of(manager.get(page))
    assert "抽查合格" in text
    assert "Reopen" in text
    assert world.person("quality_manager").name not in text_of(vendor.get(page))


def test_an_answer_that_came_too_late_is_a_conflict(client_as, world, line):
    finding = make_audit_finding(world.ours, line, state="answered")
    answer = {"cause": "漏", "action": "每周核对", "planned_on": "2026-12-10"}
    assert client_as("vendor_manager").post(f"{PATH}findings/{finding.code}/answer/", answer).status_code == 409


def test_whoever_answered_reads_that_somebody_else_verifies(client_as, world, line):
    finding = make_audit_finding(world.ours, line, state="done")
    AuditFinding.objects.update(done_by=world.person("quality_manager"))
    text = text_of(client_as("quality_manager").get(f"{PATH}findings/{finding.code}/"))
    assert "The effect is verified by somebody else." in text


def test_a_nonconformity_is_turned_into_a_rectification(client_as, world, line):
    finding = make_audit_finding(world.ours, line)
    page = f"{PATH}findings/{finding.code}/"
    client = client_as("quality_manager")
    assert "Have it rectified" in text_of(client.get(page))
    made = client.post(f"{page}rectify/")
    found = Finding.objects.get()
    assert made.url == f"/inspections/findings/{found.code}/"
    assert found.code in text_of(client.get(page))
    assert client.get(made.url).status_code == 200
    assert client_as("estate_manager").post(f"{page}rectify/").status_code == 403


def test_the_list_says_who_answers(client_as, world, line):
    finding = make_audit_finding(world.ours, line)
    AuditFinding.objects.update(line=None, unit=world.ours.project_two)
    text = text_of(client_as("quality_manager").get(f"{PATH}findings/?state=open&state=answered"))
    assert world.ours.project_two.name in text
    assert "Minor nonconformity" in text
    AuditFinding.objects.update(unit=None)
    assert finding.code in text_of(client_as("quality_manager").get(f"{PATH}findings/?grade=minor"))
    assert "No finding of an audit" in text_of(client_as("rival_manager").get(f"{PATH}findings/"))
