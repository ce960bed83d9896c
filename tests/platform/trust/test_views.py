import pytest

from duban.platform.files.services import store_file
from duban.platform.trust.models import TrustMark, TrustReview
from tests.factories.inspections import make_line, make_result
from tests.factories.pictures import make_picture
from tests.factories.trust import make_mark, make_review

PATH = "/trust/"


@pytest.fixture
def review(world):
    return make_review(world.ours)


def page(client, url=PATH):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_queue_shows_what_waits_with_its_heaviest_reason(client_as, review):
    client = client_as("quality_manager")
    shown = page(client)
    for words in (review.code, "大堂地面", "Too fast", "C · low trust", "To be looked at", "Answer of a round"):
        assert words in shown
    assert review.code in page(client, f"{PATH}?state=waiting&reason=tempo&grade=C&kind=inspections.answer&record=CR-1&q=大堂")
    assert review.code not in page(client, f"{PATH}?state=accepted")


def test_the_queue_is_flat(client_as, world, flat_queries):
    client = client_as("quality_manager")
    flat_queries.check("trust.list", visit=lambda: client.get(PATH), add_row=lambda: make_review(world.ours))


@pytest.mark.parametrize("role", ["quality_inspector", "vendor_manager", "auditor", "estate_manager"])
def test_the_queue_is_for_those_who_decide(client_as, role, review):
    client = client_as(role)
    assert [client.get(url).status_code for url in (PATH, f"{PATH}{review.code}/")] == [403, 403]


def test_another_company_sees_nothing(client_as, world):
    strange = make_review(world.theirs)
    client = client_as("quality_manager")
    assert (strange.code in page(client), client.get(f"{PATH}{strange.code}/").status_code) == (False, 404)


def test_a_record_is_opened_its_reasons_read_and_decided(client_as, world):
    line = make_line(world.ours)
    result = make_result(line)
    review = make_review(world.ours, make_mark(world.ours, record=result.code))
    client = client_as("quality_manager")
    shown = page(client, f"{PATH}{review.code}/")
    for words in (
        "25 records within 15 seconds.",
        "40 points of doubt",
        f"/inspections/results/{result.code}/",
        "Let it count",
    ):
        assert words in shown
    assert "for money only once somebody has looked" in shown
    assert client.post(f"{PATH}{review.code}/accept/", {"note": "现场问过"}).status_code == 302
    assert "现场问过" in page(client, f"{PATH}{review.code}/")
    assert client.post(f"{PATH}{review.code}/accept/", {"note": "再次"}).status_code == 409


def test_the_photo_and_its_twin_stand_side_by_side(client_as, world, actor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one, other = (store_file(actor=actor("finance"), source=make_picture(seed)).sha256 for seed in (1, 2))
    earlier = make_mark(world.ours, record="CR-7", tag="HALL")
    twin = {"twin": {"record": str(earlier.pk), "sha256": one, "other": other}}
    photos = [{"sha256": one, "taken_at": "2026-11-01T08:00:00+08:00", "point": None, "is_gallery": False}]
    reasons = [{"code": "twin", "weight": 50, "figures": {"bits": "3"}}]
    position = {"latitude": "31.230400", "longitude": "121.473700"}
    review = make_review(world.ours, make_mark(world.ours, ground=twin, photos=photos, reasons=reasons, **position))
    shown = page(client_as("quality_manager"), f"{PATH}{review.code}/")
    for words in ("The same photo was handed in before", "CR-7", "3 of 64 bits differ", "31.2304"):
        assert words in shown
    assert shown.count("data-photo") == 2


def test_nobody_is_offered_a_decision_over_the_own_record(client_as, world):
    review = make_review(world.ours, make_mark(world.ours, role="quality_manager"))
    client = client_as("quality_manager")
    shown = page(client, f"{PATH}{review.code}/")
    assert ("decided by somebody else" in shown, "Let it count" in shown) == (True, False)
    assert client.post(f"{PATH}{review.code}/accept/", {"note": "我"}).status_code == 403


def test_several_are_decided_with_one_note(client_as, world, review):
    other = make_review(world.ours)
    client = client_as("quality_manager")
    chosen = {"selected": [review.code, other.code]}
    assert "Chosen records" in client.post(f"{PATH}bulk/refuse/", chosen).content.decode()
    assert client.post(f"{PATH}bulk/refuse/", {**chosen, "apply": "1", "note": ""}).status_code == 422
    assert client.post(f"{PATH}bulk/refuse/", {**chosen, "apply": "1", "note": "同一人"}).status_code == 302
    assert set(TrustReview.objects.values_list("state", flat=True)) == {"refused"}


def test_the_record_shows_its_grade_to_the_office_and_its_standing_to_the_vendor(client_as, world):
    result = make_result(make_line(world.ours), client_id=(mark := make_mark(world.ours)).pk)
    TrustMark.objects.filter(pk=mark.pk).update(record=result.code)
    review = make_review(world.ours, mark, record=result.code)
    url = f"/inspections/results/{result.code}/"
    office, inspector, vendor = (
        page(client_as(role), url) for role in ("quality_manager", "quality_inspector", "vendor_manager")
    )
    assert ("25 records within 15 seconds." in office, f"{PATH}{review.code}/" in office) == (True, True)
    assert ("25 records within 15 seconds." in inspector, f"{PATH}{review.code}/" in inspector) == (True, False)
    assert ("for money only once" in vendor, "25 records" in vendor) == (True, False)
    TrustReview.objects.update(counts_money=True)
    assert "Trust in the record" not in page(client_as("vendor_manager"), url)
