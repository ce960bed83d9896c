import json

from django.test import Client


def test_whoever_is_not_signed_in_gets_a_problem_document(db):
    response = Client().get("/api/v1/orgs/me")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert json.loads(response.content)["status"] == 401


def test_a_wrong_token_is_no_token(db):
    assert Client().get("/api/v1/orgs/me", headers={"Authorization": "Bearer duban_wrong"}).status_code == 401


def test_a_session_signs_in_too(client_as):
    assert client_as("finance").get("/api/v1/orgs/me").status_code == 200


def test_every_operation_describes_its_refusals(client):
    described = client.get("/api/v1/openapi.json").json()
    for methods in described["paths"].values():
        for operation in methods.values():
            assert {"401", "403", "404", "409", "422"} <= set(operation["responses"])
