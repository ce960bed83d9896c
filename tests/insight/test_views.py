import pytest

from tests.factories.settlement import make_statement


@pytest.fixture
def statement(world):
    return make_statement(world.ours)


@pytest.mark.parametrize(
    ("role", "status"), [("quality_manager", 200), ("vendor_manager", 200), ("stranger", 403), ("outside_counsel", 403)]
)
def test_the_cockpit_is_for_those_who_hold_the_right(client_as, statement, role, status):
    assert client_as(role).get("/").status_code == status


def test_the_cockpit_shows_score_money_and_lines(client_as, statement):
    page = client_as("quality_manager").get("/", {"month": "2026-10"}).content.decode()
    assert "85.4" in page
    assert "Who moved, and why" in page
    assert "2 estates · 1 service lines · 1 vendors · 2 contract lines" in page


def test_the_month_asked_for_is_shown_and_nonsense_falls_back(client_as, statement):
    empty = client_as("quality_manager").get("/", {"month": "2026-03"})
    assert "No cards for this month yet" in empty.content.decode()
    assert client_as("quality_manager").get("/", {"month": "abc"}).status_code == 200


def test_the_lower_row_shows_deductions(client_as, statement):
    page = client_as("finance").get("/insight/lower/", {"month": "2026-10"}).content.decode()
    assert "11,860" in page or "11860" in page
    assert "No complaints or slots counted yet" in page


def test_waiting_work_is_listed(client_as, statement):
    assert "Statements to send" in client_as("finance").get("/insight/waiting/").content.decode()
    assert "Nothing waits for you" in client_as("stranger").get("/insight/waiting/").content.decode()


def test_the_chain_bar_is_a_fragment_and_hidden_from_others(client_as, statement):
    query = {"contract": statement.contract.code, "line": "1", "month": "2026-10", "at": "money"}
    page = client_as("finance").get("/chain/", query).content.decode()
    assert statement.contract.code in page
    assert "<html" not in page
    assert client_as("rival_manager").get("/chain/", query).status_code == 404
    assert client_as("stranger").get("/chain/", query).status_code == 403
    foreman = client_as("vendor_foreman").get("/chain/", query)
    assert (foreman.status_code, foreman.content) == (200, b"")


def test_the_cockpit_is_flat(client_as, world, flat_queries):
    numbers, browser = iter(range(100)), client_as("quality_manager")
    flat_queries.check(
        "insight.cockpit",
        visit=lambda: browser.get("/", {"month": "2026-10"}),
        add_row=lambda: make_statement(world.ours, f"C-{next(numbers)}"),
    )
