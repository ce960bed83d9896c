import pytest

from duban.surveys.models import SurveyScore
from tests.factories.inspections import make_line
from tests.factories.surveys import make_score


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_the_desk_enters_a_round(client_as, world, line):
    client = client_as("service_desk")
    assert client.get("/surveys/new/").status_code == 200
    form = {
        "estate": world.ours.estate.pk,
        "service_line": "cleaning",
        "day": "2026-10-31",
        "method": "phone",
        "respondents": "40",
        "score_sum": "3400",
    }
    assert client.post("/surveys/new/", {**form, "score_sum": "5000"}).status_code == 422
    answer = client.post("/surveys/new/", form)
    assert answer.status_code == 302
    assert "85.0" in client.get(answer.url).content.decode()
    assert SurveyScore.objects.count() == 1
    assert client_as("finance").get("/surveys/new/").status_code == 403


def test_too_few_answers_show_as_insufficient(client_as, line):
    score = make_score(line, respondents=9)
    client = client_as("auditor")
    assert "85.0" not in client.get(f"/surveys/{score.code}/").content.decode()
    assert "9 of 30" in client.get("/surveys/").content.decode()
    assert client_as("their quality_manager").get(f"/surveys/{score.code}/").status_code == 404
    assert client_as("vendor_manager").get("/surveys/").status_code == 403


def test_the_list_is_flat(client_as, line, flat_queries):
    client = client_as("auditor")
    methods = iter(["phone", "online", "paper", "house_visit"])
    flat_queries.check(
        "surveys.list", visit=lambda: client.get("/surveys/"), add_row=lambda: make_score(line, method=next(methods))
    )
