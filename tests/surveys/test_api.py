from tests.factories.inspections import make_line

PATH = "/api/v1/surveys/scores"


def test_a_round_is_entered_corrected_and_read(client_as, world):
    line = make_line(world.ours)
    payload = {
        "estate": world.ours.estate.name,
        "service_line": "cleaning",
        "day": "2026-10-31",
        "method": "phone",
        "respondents": 40,
        "score_sum": "3400",
    }
    desk = client_as("service_desk")
    first = desk.post(PATH, payload, content_type="application/json").json()
    assert (first["contract"], first["line"]) == (line.contract.code, 1)
    again = desk.post(PATH, {**payload, "respondents": 41}, content_type="application/json").json()
    assert (again["code"], again["respondents"]) == (first["code"], 41)
    wrong = desk.post(PATH, {**payload, "score_sum": "9999"}, content_type="application/json")
    assert (wrong.status_code, [error["field"] for error in wrong.json()["errors"]]) == (422, ["score_sum"])
    elsewhere = desk.post(PATH, {**payload, "estate": world.theirs.estate.name}, content_type="application/json")
    assert elsewhere.status_code == 404
    assert [item["code"] for item in client_as("auditor").get(PATH).json()] == [first["code"]]
    assert client_as("auditor").get(f"{PATH}/{first['code']}").json() == again
    assert client_as("their quality_manager").get(PATH).json() == []
