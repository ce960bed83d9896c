from django.utils import timezone

from duban.platform.trust.models import PhotoPrint
from duban.platform.trust.page_words import bulk_title, print_facts, review_actions, review_facts, twin_facts
from duban.platform.trust.selectors import review_page
from tests.factories.trust import make_mark, make_review


def test_a_decided_record_says_who_decided_when_and_why(world, actor):
    manager = world.ours.people["quality_manager"]
    review = make_review(world.ours, decided_by=manager, decided_at=timezone.now(), note="问过班长")
    page = review_page(actor("quality_manager"), review)
    values = {fact.label: fact.value for fact in review_facts(page)}
    assert (values["Decided by"], values["Note"], values["Position"]) == (manager.name, "问过班长", "none")
    assert (page.photos, page.twin, twin_facts(page)) == ((), None, [])


def test_decisions_are_offered_to_those_who_may(world, actor):
    review = make_review(world.ours, make_mark(world.ours))
    offered = review_actions(actor("quality_manager"), review_page(actor("quality_manager"), review))
    assert [(one.label, one.tone, one.needs_note) for one in offered] == [
        ("Let it count", "primary", True),
        ("Do not count it", "default", True),
    ]
    assert (bulk_title("accept"), bulk_title("refuse")) == ("Let them count", "Do not count them")


def test_what_the_server_read_inside_the_photos_is_said(world, actor):
    inside = {"taken_at": timezone.now(), "latitude": "31.230400", "longitude": "121.473700", "camera": "vivo X100"}
    PhotoPrint.objects.create(sha256="a" * 64)
    PhotoPrint.objects.create(sha256="b" * 64, is_edited=True)
    PhotoPrint.objects.create(sha256="c" * 64, **inside)
    said = [
        {"sha256": sign * 64, "taken_at": "2026-11-01T08:00:00+08:00", "point": None, "is_gallery": False} for sign in "abc"
    ]
    page = review_page(actor("quality_manager"), make_review(world.ours, make_mark(world.ours, photos=said)))
    edited, told = print_facts(page)
    assert (edited.label, edited.value) == ("Photo 1", "saved by picture editing software")
    assert told.value.endswith(" · 31.230400, 121.473700 · vivo X100")
