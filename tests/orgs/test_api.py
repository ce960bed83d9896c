import json

import pytest

from duban.orgs.models import Person, Unit
from duban.platform.tokens.services import token_create

BASE = "/api/v1/orgs"


def post(client, path, body):
    return client.post(f"{BASE}{path}", json.dumps(body), content_type="application/json")


def test_me(world, client_as):
    answer = client_as("finance").get(f"{BASE}/me").json()
    assert answer["person"]["username"] == world.person("finance").username
    assert answer["person"]["roles"] == [
        {"role": "finance", "unit": world.ours.root.code, "from_on": "2020-01-01", "until_on": None},
    ]
    assert "settlement.pay" in answer["rights"]


def test_tree(world, client_as):
    answer = client_as("auditor").get(f"{BASE}/units").json()
    assert [(unit["name"], unit["parent"]) for unit in answer][:2] == [
        ("甲物业集团", None),
        ("甲上海公司", world.ours.root.code),
    ]
    assert len(answer) == 6
    assert client_as("auditor").get(f"{BASE}/units/{world.ours.city.code}").json()["city"] == "上海"


def test_unit_of_another_company_is_a_problem_document(world, client_as):
    response = client_as("auditor").get(f"{BASE}/units/{world.theirs.city.code}")
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert {key: problem[key] for key in ("type", "status", "code", "errors")} == {
        "type": "urn:duban:problem:not_found",
        "status": 404,
        "code": "not_found",
        "errors": [],
    }
    assert problem["request_id"] == response["X-Request-Id"]


def test_unit_is_founded(world, client_as):
    body = {"parent": world.ours.city.code, "kind": "project", "name": "三项目部"}
    response = post(client_as("group_admin"), "/units", body)
    assert (response.status_code, response.json()["parent"]) == (201, world.ours.city.code)
    assert post(client_as("finance"), "/units", body).status_code == 403
    wrong = post(client_as("group_admin"), "/units", {**body, "kind": "vendor"})
    assert (wrong.status_code, wrong.json()["errors"]) == (
        422,
        [{"field": "kind", "message": "This kind of unit cannot stand there."}],
    )
    assert Unit.objects.filter(name="三项目部").count() == 1


def test_bad_body_names_its_field(world, client_as):
    response = post(client_as("group_admin"), "/units", {"parent": world.ours.city.code, "kind": "project"})
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (422, ["name"])


def test_people_page_by_page(world, client_as):
    client = client_as("group_admin")
    first = client.get(f"{BASE}/people?limit=2").json()
    rest = client.get(f"{BASE}/people?after={first[-1]['username']}").json()
    assert (len(first), len(first) + len(rest)) == (2, 16)
    assert client_as("vendor_manager").get(f"{BASE}/people").status_code == 403
    assert client.get(f"{BASE}/people/{world.person('their finance').username}").status_code == 404
    assert client.get(f"{BASE}/people/{world.person('finance').username}").json()["roles"][0]["role"] == "finance"


def test_account_and_role(world, client_as):
    body = {
        "username": "li.na",
        "name": "李娜",
        "unit": world.ours.project.code,
        "role": "quality_inspector",
        "from_on": "2026-11-23",
    }
    client = client_as("group_admin")
    made = post(client, "/people", body)
    assert (made.status_code, made.json()["person"]["username"], len(made.json()["password"])) == (201, "li.na", 19)
    grant = {"role": "auditor", "unit": world.ours.city.code, "from_on": "2026-11-23"}
    assert post(client, "/people/li.na/roles", grant).status_code == 201
    assert post(client, "/people/li.na/roles", grant).status_code == 422
    assert post(client, "/people/li.na/roles", {**grant, "unit": world.theirs.city.code}).status_code == 422
    assert post(client_as("their group_admin"), "/people/li.na/roles", grant).status_code == 404
    assert Person.objects.get(username="li.na").grants.count() == 2


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_token_speaks_for_its_person(world, actor, client):
    _token, secret = token_create(actor=actor("auditor"), person=world.person("auditor"), name="x")
    answer = client.get(f"{BASE}/me", headers=bearer(secret))
    assert answer.json()["person"]["username"] == world.person("auditor").username


def test_narrowed_token_holds_only_its_rights(world, actor, client):
    _token, secret = token_create(actor=actor("group_admin"), person=world.person("group_admin"), name="x", codes=["orgs.view"])
    assert client.get(f"{BASE}/me", headers=bearer(secret)).json()["rights"] == ["orgs.view"]
    body = json.dumps({"parent": world.ours.city.code, "kind": "project", "name": "三项目部"})
    response = client.post(f"{BASE}/units", body, content_type="application/json", headers=bearer(secret))
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("headers", [{}, bearer("nonsense")])
def test_without_sign_in_the_api_answers_401(db, client, headers):
    response = client.get(f"{BASE}/me", headers=headers)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
