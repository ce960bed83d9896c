import pytest

from tests.factories.settlement import make_statement


@pytest.fixture
def statement(world):
    return make_statement(world.ours)


def test_the_cockpit_gives_the_same_figures_as_the_page(client_as, statement):
    answer = client_as("finance").get("/api/v1/insight/cockpit", {"month": "2026-10"})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["month"], found["score"], found["line_count"]) == ("2026-10", "85.4", 2)
    assert found["payable_amount"] == str(statement.payable_amount)


def test_a_month_that_is_none_is_a_problem_document(client_as, statement):
    answer = client_as("finance").get("/api/v1/insight/cockpit", {"month": "soon"})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_chain_is_for_those_who_see_the_contract(client_as, statement):
    query = {"contract": statement.contract.code, "month": "2026-10", "line": 2}
    stations = client_as("vendor_manager").get("/api/v1/insight/chain", query).json()
    assert [station["key"] for station in stations][:3] == ["standard", "clause", "task"]
    assert client_as("rival_manager").get("/api/v1/insight/chain", query).status_code == 404
