from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from duban.kernel.actor import system_actor
from duban.kernel.doubts import Liveness
from duban.platform.sync.challenges import issue_challenge
from duban.platform.sync.evidence import Open, evidence_of, grade_ready
from duban.platform.sync.kinds import Received, SyncKind
from duban.platform.sync.payloads import PhotoIn, PositionIn
from duban.platform.tables_by_name import wired
from duban.platform.trust.shapes import Ground, Stand
from tests.platform.sync.toy import DEVICE

STAND = Stand("AB12", (Decimal("31.230400"), Decimal("121.473700")), 100)
GROUND = Ground("/1/", "/1/", stand=STAND)


class Said:
    """A payload that says just this."""

    def __init__(self, **words):
        self.__dict__.update(words)


@pytest.fixture
def pair():
    def make(said, *, kind="toy.note", sent=timedelta(0)):
        now = timezone.now()
        item = Open(uuid4(), kind, 1, DEVICE, now, now - sent, now, {})
        return item, Received(item.id, DEVICE, item.captured_at, item.received_at, said)

    return make


def seen(actor, pair, ground=GROUND):
    return evidence_of(actor, *pair, ground)


def test_a_payload_that_says_little_is_not_asked_for_more(actor, pair):
    item, received = pair(Said())
    found = seen(actor("quality_inspector"), (item, received))
    assert (found.captured_at, found.liveness, found.scan, found.reading) == (item.captured_at, None, None, None)
    assert (found.is_position_missing, found.photos, found.tag) == (False, (), "AB12")


def test_what_kinds_share_is_read_by_its_name(actor, pair):
    now = timezone.now()
    spot = PositionIn(lat="31.23040012", lon="121.4737", accuracy=12, is_mock=True)
    photos = [
        PhotoIn(sha256="a" * 64, taken_at=now, position=spot, source="gallery"),
        PhotoIn(sha256="b" * 64, taken_at=now),
    ]
    said = Said(at=now + timedelta(hours=1), position=spot, photos=photos, method="qr", token="AB12")
    item, received = pair(said)
    found = seen(actor("quality_inspector"), (item, received))
    assert (found.captured_at, found.scan.token) == (item.received_at, "AB12")
    assert (found.reading.point, found.reading.accuracy, found.reading.is_mock) == (STAND.point, 12, True)
    assert [(photo.point, photo.is_gallery) for photo in found.photos] == [(STAND.point, True), (None, False)]


@pytest.mark.parametrize(
    ("ground", "missing"),
    [(GROUND, True), (replace(GROUND, stand=None), False), (replace(GROUND, stand=Stand("AB12")), False)],
)
def test_a_position_is_missed_where_the_place_has_one(actor, pair, ground, missing):
    assert seen(actor("quality_inspector"), pair(Said(position=None)), ground).is_position_missing == missing


def test_the_echoed_number_tells_who_was_online_when(actor, pair):
    inspector = actor("quality_inspector")
    fresh = issue_challenge(inspector).challenge
    assert seen(inspector, pair(Said(challenge=""))).liveness is Liveness.MISSING
    assert seen(inspector, pair(Said(challenge=fresh))).liveness is Liveness.FRESH
    assert seen(actor("estate_manager"), pair(Said(challenge=fresh))).liveness is Liveness.FOREIGN
    late = Said(challenge=fresh, at=timezone.now() - timedelta(hours=1))
    assert seen(inspector, pair(late)).liveness is Liveness.STALE
    assert seen(inspector, pair(late, sent=timedelta(hours=1))).liveness is Liveness.FRESH


def grounds(actor, envelopes):
    return {item.id: GROUND for item in envelopes if item.payload.is_known}


def test_only_what_stands_on_known_ground_is_graded(actor, pair, settings, monkeypatch):
    path = f"{__name__}.grounds"
    known = {"toy.note": SyncKind("x", "y", ground=path), "toy.silent": SyncKind("x", "y")}
    monkeypatch.setattr("duban.platform.sync.evidence.known_kinds", lambda: known)
    inspector = actor("quality_inspector")
    pairs = [pair(Said(is_known=True)), pair(Said(is_known=False)), pair(Said(is_known=True), kind="toy.silent")]
    ready, graded = grade_ready(inspector, pairs)
    assert [received.trust.grade if received.trust else None for _, received in ready] == ["A", None, None]
    assert [one.evidence.id for one in graded] == [pairs[0][0].id]
    assert grade_ready(inspector, pairs[1:]) == (pairs[1:], [])
    assert grade_ready(system_actor("/"), pairs) == (pairs, [])


def test_the_wiring_names_functions_that_are_there(settings):
    settings.DUBAN_SYNC_KINDS = "duban.project.wiring.SYNC_KINDS"
    wired.cache_clear()
    from duban.platform.sync.kinds import grounds_of, known_kinds

    assert sum(grounds_of(kind) is not None for kind in known_kinds().values()) >= 4
