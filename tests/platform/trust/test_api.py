import json

import pytest

from tests.factories.trust import make_review

PATH = "/api/v1/trust/reviews"


@pytest.fixture
def reviews(world):
    return [make_review(world.ours), make_review(world.ours, grade="D")]


def test_reviews_are_listed_opened_and_decided(client_as, reviews):
    client = client_as("quality_manager")
    one, other = reviews
    assert [row["code"] for row in client.get(PATH).json()] == [one.code, other.code]
    assert [row["code"] for row in client.get(f"{PATH}?after={one.code}&state=waiting&grade=D&limit=1").json()] == [other.code]
    shown = client.get(f"{PATH}/{one.code}").json()
    assert (shown["reasons"][0]["text"], shown["counts_money"]) == ("25 records within 15 seconds.", False)
    said = json.dumps({"note": "核实"})
    moved = client.post(f"{PATH}/{one.code}/moves/accept", said, content_type="application/json")
    assert (moved.json()["state"], moved.json()["counts_money"], moved.json()["note"]) == ("accepted", True, "核实")
    assert client.post(f"{PATH}/{one.code}/moves/accept", said, content_type="application/json").status_code == 409


def test_who_does_not_decide_is_refused(client_as, reviews):
    assert client_as("vendor_manager").get(PATH).status_code == 403
