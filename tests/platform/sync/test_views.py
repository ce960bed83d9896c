import pytest

from duban.platform.sync.models import NeededFile
from duban.platform.sync.reasons import reason
from tests.factories.envelopes import make_envelope

PATH = "/phones/"


@pytest.fixture(autouse=True)
def _toy_kinds():
    """These pages speak of the real kinds."""


@pytest.fixture
def refused(world):
    return make_envelope(world.ours)


def page(client, url=PATH):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_sent_it_reads_what_was_refused_and_why(client_as, refused):
    client = client_as("quality_inspector")
    shown = page(client)
    for words in ("Answer of a round", "Rejected", "The content is not what this kind of record needs.", "No such item."):
        assert words in shown
    detail = page(client, f"{PATH}{refused.pk}/")
    for words in ("No such item.", "TK-2026-0001", "积水", "lat: 31.23", "a · b", "Mend what is named above", refused.sha256):
        assert words in detail


def test_what_waits_says_for_what(client_as, world):
    waiting = make_envelope(world.ours, stage="waiting", reason=reason("files"))
    NeededFile.objects.create(envelope=waiting, sha256="0" * 64)
    detail = page(client_as("quality_inspector"), f"{PATH}{waiting.pk}/")
    assert "Files that are missing" in detail
    assert "Nothing needs to be done" in detail


def test_what_was_applied_leads_to_its_record(client_as, world):
    done = make_envelope(world.ours, stage="applied", reason={}, record="CR-7")
    make_envelope(world.ours, stage="applied", reason={}, record="PU-7", kind="attendance.punch")
    make_envelope(world.ours, stage="applied", reason={}, kind="some.thing")
    client = client_as("quality_inspector")
    shown = page(client, f"{PATH}?state=applied")
    assert "/inspections/results/CR-7/" in shown
    assert "some.thing" in shown
    assert "Why it does not count" not in page(client, f"{PATH}{done.pk}/")
    assert "CR-7" in page(client, f"{PATH}?q=CR-7&record=CR-7&kind=inspections.answer")


def test_the_office_sees_what_colleagues_could_not_deliver(client_as, world, refused):
    done = make_envelope(world.ours, stage="applied", reason={}, record="CR-7")
    client = client_as("quality_manager")
    shown = page(client)
    assert str(refused.pk) in shown
    assert "CR-7" not in shown
    assert client.get(f"{PATH}{refused.pk}/").status_code == 200
    assert client.get(f"{PATH}{done.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "their quality_manager"])
def test_all_others_see_only_their_own(client_as, refused, role):
    client = client_as(role)
    assert "Nothing was sent yet" in page(client)
    assert client.get(f"{PATH}{refused.pk}/").status_code == 404


def test_strangers_find_nothing(client_as, refused):
    assert client_as("stranger").get(PATH).status_code == 404


def test_the_list_is_flat(client_as, world, flat_queries):
    client = client_as("quality_manager")
    flat_queries.check("phones.list", visit=lambda: client.get(PATH), add_row=lambda: make_envelope(world.ours))


def test_other_systems_read_the_same(client_as, world, refused):
    waiting = make_envelope(world.ours, stage="waiting", reason=reason("files"))
    client, path = client_as("quality_inspector"), "/api/v1/field/sent"
    listed = client.get(path).json()
    assert [row["id"] for row in listed] == [str(waiting.pk), str(refused.pk)]
    assert [row["id"] for row in client.get(f"{path}?after={waiting.pk}&limit=5").json()] == [str(refused.pk)]
    assert [row["state"] for row in client.get(f"{path}?state=waiting").json()] == ["waiting"]
    one = client.get(f"{path}/{refused.pk}").json()
    assert (one["payload"]["note"], one["reason"]["errors"][0]["field"], one["record"]) == ("积水", "item", "")
    assert client_as("finance").get(f"{path}/{refused.pk}").status_code == 404
