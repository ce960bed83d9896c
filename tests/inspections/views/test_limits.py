from tests.factories.inspections import make_line

PATH = "/inspections/limits/"


def test_an_office_or_a_contract_is_chosen_by_its_code(client_as, world):
    ours, theirs = make_line(world.ours).contract, make_line(world.theirs).contract
    client = client_as("quality_manager")
    first = client.get(PATH)
    assert first.status_code == 302
    page = client.get(first["Location"]).content.decode()
    assert ours.code in page
    assert ours.title in page
    assert theirs.number not in page
    assert client.get(PATH, {"of": ours.code})["Location"] == f"{PATH}{ours.code}/"
    assert client.get(PATH, {"of": "CT-0"}).status_code == 404
    assert client_as("stranger").get(PATH).status_code in {403, 404}
