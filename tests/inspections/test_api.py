from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from duban.inspections.domain.calibration.calc import calculate_draw
from duban.inspections.models import CheckResult, Finding, Reinspection
from duban.inspections.services.calibration import calibration_compute
from duban.inspections.services.reinspections import reinspections_draw
from duban.kernel.actor import system_actor
from tests.factories.inspections import make_line
from tests.inspections.measured import FIRST, LAST, measured

CLIENT = "01930000-0000-7000-8000-00000000000{}"
PATH = "/api/v1/inspections"


@pytest.fixture
def line(world):
    return make_line(world.ours)


def row(line, number=1, **more):
    values = {"client_id": CLIENT.format(number), "contract": line.contract.code, "line": 1, "item": "floors.handrail"}
    return {**values, "day": "2026-10-05", "verdict": "fail", **more}


def post(client, path, payload):
    return client.post(f"{PATH}{path}", payload, content_type="application/json")


def test_results_are_delivered_once_however_often_they_are_sent(client_as, line):
    client = client_as("quality_inspector")
    payload = {"rows": [row(line), row(line, 2, verdict="pass", item="lobby.glass")]}
    assert post(client, "/results", payload).json() == {"written": 2, "known": 0, "findings": 1}
    assert post(client, "/results", payload).json() == {"written": 0, "known": 2, "findings": 0}
    assert {result.client_id for result in CheckResult.objects.all()} == {UUID(CLIENT.format(1)), UUID(CLIENT.format(2))}


def test_unknown_names_are_told_by_row(client_as, line):
    rows = [row(line, contract="CT-9"), row(line, 2, item="nothing"), row(line, 3, place="nowhere")]
    answer = post(client_as("quality_inspector"), "/results", {"rows": rows})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["rows.0.line", "rows.1.item", "rows.2.place"]
    assert CheckResult.objects.count() == 0


def test_lists_page_by_code_inside_the_scope(client_as, line):
    post(client_as("quality_inspector"), "/results", {"rows": [row(line), row(line, 2)]})
    client = client_as("auditor")
    first = client.get(f"{PATH}/results?limit=1").json()
    second = client.get(f"{PATH}/results?limit=5&after={first[0]['code']}").json()
    assert [item["verdict"] for item in first + second] == ["fail", "fail"]
    assert client.get(f"{PATH}/results?from_day=2026-10-06").json() == []
    assert client.get(f"{PATH}/results?to_day=2026-10-04").json() == []
    assert client_as("their auditor").get(f"{PATH}/results").json() == []
    assert client.get(f"{PATH}/results/{first[0]['code']}").json() == first[0]
    assert client_as("rival_manager").get(f"{PATH}/results/{first[0]['code']}").status_code == 404
    assert [item["state"] for item in client.get(f"{PATH}/findings?state=open").json()] == ["open", "open"]
    assert client.get(f"{PATH}/visits").json() == []


def test_a_finding_is_moved_and_a_result_corrected(client_as, line):
    inspector = client_as("quality_inspector")
    post(inspector, "/results", {"rows": [row(line)]})
    finding, result = Finding.objects.get(), CheckResult.objects.get()
    moved = post(client_as("vendor_manager"), f"/findings/{finding.code}/moves/rectify", {"note": "已处理"})
    assert moved.json()["state"] == "rectified"
    assert post(inspector, f"/findings/{finding.code}/moves/rectify", {"note": "x"}).status_code == 409
    corrected = post(inspector, f"/results/{result.code}/correct", {"verdict": "pass", "reason": "误判"})
    assert (corrected.json()["verdict"], corrected.json()["severity"]) == ("pass", None)
    assert inspector.get(f"{PATH}/findings/{finding.code}").json()["state"] == "withdrawn"


@pytest.fixture
def task(world, actor):
    measured(world.ours, estates=1)
    root = world.ours.root
    calibration_compute(actor=system_actor(root.path), tenant=root, start=FIRST, end=LAST)
    draw = {"start": FIRST, "end": LAST, "count": 1, "due_on": date(2026, 11, 30), "seed": "1"}
    return reinspections_draw(actor=actor("quality_manager"), **draw)[0]


def test_the_comparison_is_for_quality_managers(client_as, world, task):
    assert client_as("their quality_manager").get(f"{PATH}/calibration").status_code == 404
    assert client_as("quality_inspector").get(f"{PATH}/calibration").status_code == 403
    found = client_as("quality_manager").get(f"{PATH}/calibration").json()
    assert sorted(found["people"].values()) == sorted("甲乙丙丁")
    assert found["report"]["checks"] == CheckResult.objects.count()
    key = next(key for key, name in found["people"].items() if name == "甲")
    one = client_as("quality_manager").get(f"{PATH}/calibration/{key}").json()
    assert one["name"] == "甲"
    assert sum(row["total"] for row in one["strata"]) == one["figures"]["inspectors"]["checks"]
    assert client_as("quality_manager").get(f"{PATH}/calibration/0").status_code == 404
    assert client_as("city_manager").get(f"{PATH}/calibration/{key}").status_code == 403


def test_visits_are_drawn_and_checked_again(client_as, world, task):
    client = client_as("quality_manager")
    draw = {"start": "2026-01-05", "end": "2026-10-30", "count": 2, "due_on": "2026-11-30", "seed": "2"}
    drawn = post(client, "/reinspections", draw).json()
    assert [one["seed"] for one in drawn] == ["2", "2"]
    assert [one["code"] for one in client.get(f"{PATH}/reinspections?state=open").json()][1:] == [one["code"] for one in drawn]
    assert client.get(f"{PATH}/reinspections?state=done").json() == []
    proof = client.get(f"{PATH}/draws/{Reinspection.objects.latest('pk').draw.code}").json()
    assert (proof["seed"], calculate_draw(proof["case"])["drawn"]) == ("2", proof["drawn"])
    for role, status in (("quality_inspector", 403), ("their quality_manager", 404)):
        assert client_as(role).get(f"{PATH}/draws/{proof['code']}").status_code == status
    second = Client()
    second.force_login(task.inspector, backend="allauth.account.auth_backends.AuthenticationBackend")
    rows = second.get(f"{PATH}/reinspections/{task.code}").json()["rows"]
    assert {one["first"] for one in rows} == {""}
    answers = {"answers": [{"key": one["key"], "verdict": "fail", "severity": "major"} for one in rows]}
    assert post(client, f"/reinspections/{task.code}/answers", answers).status_code == 403
    done = post(second, f"/reinspections/{task.code}/answers", answers).json()
    assert (done["state"], {one["second"] for one in done["rows"]}) == ("done", {"major"})
    assert "" not in {one["first"] for one in done["rows"]}


def put(client, path, payload):
    return client.put(f"{PATH}{path}", payload, content_type="application/json")


def audit_payload(world, line, **more):
    return {
        "title": "保洁质量审核",
        "objective": "核验",
        "starts_on": "2026-11-16",
        "ends_on": "2026-11-18",
        "lead": world.person("quality_manager").username,
        "members": [world.person("auditor").username],
        "lines": [f"{line.contract.code}/1"],
        "standards": [line.standard.code],
        **more,
    }


MEETING = {"place": "会议室", "attendees": [{"name": "周敏"}, {"name": "王建国", "function": "项目经理"}], "minutes": "说明"}
NONCONFORMITY = {"grade": "minor", "statement": "缺记录", "evidence": "抽 12 份", "item": "floors.lamp", "due_on": "2026-12-15"}
ANSWER = {"cause": "漏", "action": "核对", "planned_on": "2026-12-10"}


def test_an_audit_is_run_through_the_api(client_as, world, line):
    client, vendor = client_as("quality_manager"), client_as("vendor_manager")
    year = {"office": world.ours.root.code, "year": 2026, "objectives": "核验外包质量"}
    programme = put(client, "/audit-programmes", year).json()
    assert client.get(f"{PATH}/audit-programmes").json() == [programme]
    insider = audit_payload(world, line, members=[world.person("estate_manager").username])
    assert post(client, f"/audit-programmes/{programme['code']}/audits", insider).status_code == 422
    audit = post(client, f"/audit-programmes/{programme['code']}/audits", audit_payload(world, line)).json()
    path = f"/audits/{audit['code']}"
    assert (audit["lines"], audit["moves"]) == ([f"{line.contract.code}/1"], ["cancel"])
    renamed = audit_payload(world, line, title="改名", units=[world.ours.project_two.code])
    assert put(client, path, renamed).json()["title"] == "改名"
    assert put(client, f"{path}/meetings/opening", {**MEETING, "held_at": "2026-11-16T01:00:00Z"}).status_code == 200
    noted = post(client, f"{path}/findings", {**NONCONFORMITY, "line": f"{line.contract.code}/1"}).json()
    changed = {**NONCONFORMITY, "line": f"{line.contract.code}/1", "statement": "缺 3 日记录"}
    assert put(client, f"/audit-findings/{noted['code']}", changed).json()["statement"] == "缺 3 日记录"
    strength = {"grade": "strength", "statement": "整洁", "evidence": "现场"}
    assert post(client, f"{path}/findings", strength).json()["line"] is None
    met = put(client, f"{path}/meetings/closing", {**MEETING, "held_at": "2026-11-18T08:00:00Z"}).json()
    assert met["meetings"]["closing"]["attendees"][1] == {"name": "王建国", "function": "项目经理", "organisation": ""}
    assert vendor.get(f"{PATH}{path}").status_code == 404
    assert post(client, f"{path}/moves/issue", {"note": "符合"}).json()["state"] == "issued"
    assert [row["code"] for row in vendor.get(f"{PATH}/audits?state=issued").json()] == [audit["code"]]
    assert client.get(f"{PATH}/audits").json()[0]["unverified_count"] == 1
    assert client.get(f"{PATH}{path}/report/zh").content.startswith(b"%PDF")
    finding = f"/audit-findings/{noted['code']}"
    assert post(vendor, f"{finding}/answer", ANSWER).json()["state"] == "answered"
    assert post(client, f"{finding}/moves/accept", {}).json()["state"] == "accepted"
    made = post(client, f"{finding}/rectify", {}).json()
    assert (made["item"], made["result"]) == ("floors.lamp", None)
    assert [row["state"] for row in client.get(f"{PATH}/audit-findings?state=accepted").json()] == ["accepted"]
    assert vendor.get(f"{PATH}{finding}").json()["cause"] == "漏"
    assert [row["code"] for row in vendor.get(f"{PATH}/audit-findings").json()] == [noted["code"]]
