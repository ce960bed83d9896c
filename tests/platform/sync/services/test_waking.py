import pytest
from django.utils import timezone

from duban.orgs.models import Person
from duban.platform.files.services import store_file
from duban.platform.sync.models import EarlyEnvelope, Envelope, NeededFile, Stage
from duban.platform.sync.services import receive_envelopes, wake, wake_envelopes, wake_for_file, waking
from duban.platform.sync.services.applying import PATIENCE
from tests.platform.sync.toy import CALLS, DEVICE, key, sent, texts
from tests.platform.test_files import picture


@pytest.fixture
def send(actor):
    def run(*envelopes, role="quality_inspector"):
        return receive_envelopes(actor=actor(role), device=DEVICE, sent_at=timezone.now(), envelopes=envelopes)

    return run


@pytest.fixture
def photos(actor):
    """Two pictures that are known by their hashes and not yet there: `bring(hash)` stores one."""
    known = {}
    for size in ((10, 12), (12, 10)):
        stored = store_file(actor=actor("finance"), source=picture(size))
        known[stored.sha256] = picture(size)
        stored.delete()
    return known


def bring(actor, photos, sha256):
    store_file(actor=actor("finance"), source=photos[sha256])


def test_the_last_missing_file_wakes_what_waited_for_it(send, actor, photos):
    first, second = photos
    now = timezone.now()
    send(sent("a", at=now, photos=[first]), sent("b", at=now, photos=[first, second]), sent("c", at=now, photos=[second]))
    bring(actor, photos, first)
    assert wake_for_file(sha256=first) == 1
    assert texts() == ["a"]
    bring(actor, photos, second)
    assert wake_for_file(sha256=second) == 2
    assert sorted(texts()) == ["a", "b", "c"]
    assert wake_for_file(sha256=second) == 0
    assert NeededFile.objects.count() == 0
    assert Envelope.objects.filter(reason={}).count() == 3


def test_what_was_woken_acts_as_its_sender_and_in_batches(send, actor, photos, monkeypatch, world):
    monkeypatch.setattr(waking, "BATCH", 2)
    first, _ = photos
    now = timezone.now()
    send(*[sent(number, at=now, photos=[first]) for number in range(3)])
    send(sent("x", at=now, photos=[first]), role="vendor_foreman")
    bring(actor, photos, first)
    CALLS.clear()
    assert wake_envelopes() == 4
    assert CALLS["calls"] == 3
    assert sorted(texts()) == ["0", "1", "2", "x"]


def test_who_has_left_is_not_acted_for(send, actor, photos, world):
    first, _ = photos
    send(sent("a", at=timezone.now(), photos=[first]))
    Person.objects.filter(pk=world.person("quality_inspector").pk).update(is_active=False)
    bring(actor, photos, first)
    assert wake_envelopes() == 1
    row = Envelope.objects.get(pk=key("a"))
    assert (row.stage, row.reason["code"]) == (Stage.REJECTED, "not_allowed")
    assert texts() == []


def test_nothing_to_wake(world):
    assert wake(keys=[]) == 0
    assert wake(keys=[key("nobody")]) == 0


def test_what_somebody_else_has_just_applied_is_left_alone(send, actor, photos):
    first, _ = photos
    send(sent("a", at=timezone.now(), photos=[first]))
    bring(actor, photos, first)
    Envelope.objects.update(stage=Stage.APPLIED)
    assert waking._apply_batch(actor("quality_inspector").person_id, [key("a")]) == (0, set())


@pytest.fixture
def early(send):
    """An envelope that came before the one it builds on."""
    send(sent("b", at=timezone.now(), trouble="early", about="a"))
    row = Envelope.objects.get()
    assert (row.stage, row.reason["code"], row.attempts, str(row.early)) == (Stage.WAITING, "not_yet", 0, "a")
    return row


def test_what_came_too_early_is_tried_again_with_what_it_waits_for(send, early):
    assert wake_envelopes() == 1
    assert EarlyEnvelope.objects.count() == 1
    send(sent("a", at=timezone.now(), about="a"))
    assert texts() == ["a", "b"]
    assert not EarlyEnvelope.objects.exists()


def test_what_waits_for_what_waits_is_applied_one_after_the_other(send, early):
    send(sent("c", at=timezone.now(), trouble="early", about="b"))
    send(sent("a", at=timezone.now(), about="a"))
    assert texts() == ["a", "b"]
    send(sent("d", at=timezone.now(), about="b"))
    assert texts() == ["a", "b", "d", "c"]


def test_nothing_waits_for_ever(early):
    Envelope.objects.update(received_at=timezone.now() - PATIENCE)
    wake_envelopes()
    early.refresh_from_db()
    assert (early.stage, early.reason["code"]) == (Stage.REJECTED, "not_yet")
    assert not EarlyEnvelope.objects.exists()
