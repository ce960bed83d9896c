from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.doubts import Signals, TrustLimits, judge
from duban.platform.trust.pictures import Gallery, Shown, Twin, with_photos
from duban.platform.trust.shapes import PhotoSeen, Print, Use

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ONE, OTHER, LATER = UUID(int=1), UUID(int=2), UUID(int=3)
LIMITS = TrustLimits()
HERE, THERE = (Decimal("31.23"), Decimal("121.47")), (Decimal("31.33"), Decimal("121.47"))


def shown(*hashes, tag="HALL", point=None, at=NOON):
    photos = tuple(PhotoSeen(sha256, NOON, None) for sha256 in hashes)
    return Shown(ONE, tag, at, point, photos)


def use(phash, *, envelope=OTHER, tag="GARAGE", days=1, sha256="b"):
    return Use(envelope, sha256, phash, tag, NOON - timedelta(days=days))


@pytest.mark.parametrize(
    ("uses", "twin"),
    [
        ((), None),
        ((use(0b111111),), Twin(6, "a", "b", OTHER)),
        ((use(0b1111111),), None),
        ((use(0b11, tag="HALL"),), Twin(2, "a", "b", OTHER)),
        ((use(0b111, tag="HALL"),), None),
        ((use(0, tag="HALL", days=0),), None),
        ((use(0, envelope=ONE),), None),
        ((use(0, days=-1),), None),
        ((use(0b1, sha256="c"), use(0b11)), Twin(1, "a", "c", OTHER)),
    ],
)
def test_the_same_photo_again(uses, twin):
    assert Gallery(uses).twin(shown("a"), {"a": Print("a", 0)}, LIMITS) == twin


def test_a_photo_that_could_not_be_read_has_no_twin():
    gallery = Gallery((use(0),))
    assert gallery.twin(shown("a", "z"), {"a": Print("a", None)}, LIMITS) is None


def test_records_made_later_with_a_photo_that_came_late_are_named():
    gallery = Gallery((use(0, envelope=LATER, days=-1), use(0)))
    assert gallery.followers(shown("a"), {"a": Print("a", 0)}, LIMITS) == {LATER}


def test_photos_without_a_place_are_compared_with_all():
    assert Gallery((use(0, tag=""),)).twin(shown("a", tag=""), {"a": Print("a", 0)}, LIMITS) is not None


def test_what_lies_inside_a_photo_is_compared_with_what_the_phone_said():
    prints = {"a": Print("a", None, NOON - timedelta(hours=2), THERE, "vivo X100", is_edited=True), "b": Print("b")}
    found, twin = with_photos(Signals(), shown("a", "b", "c", point=HERE), prints, Gallery(()), LIMITS)
    assert (found.exif_min, found.exif_m, found.is_edited, twin) == (120, 11120, True, None)
    assert with_photos(Signals(), shown("b"), prints, Gallery(()), LIMITS)[0] == Signals()
    assert with_photos(Signals(), shown("a"), prints, Gallery(()), LIMITS)[0].exif_m is None


@pytest.mark.parametrize(
    ("own", "others", "cameras"),
    [("", (), 1), ("", ("vivo X100", "Apple"), 1), ("Apple", (), 1), ("Apple", ("Apple",), 1), ("Apple", ("vivo X100",), 2)],
)
def test_a_phone_has_one_camera(own, others, cameras):
    record = replace(shown("a"), cameras=frozenset(others))
    assert with_photos(Signals(), record, {"a": Print("a", camera=own)}, Gallery(()), LIMITS)[0].cameras == cameras


@given(st.booleans(), st.integers(0, 20), st.integers(1, 40), st.booleans())
def test_photos_never_lift_a_grade(is_mock, bits, burst, is_edited):
    before = Signals(is_mock=is_mock, burst=burst)
    gallery = Gallery((use((1 << bits) - 1),))
    prints = {"a": Print("a", 0, is_edited=is_edited)}
    after, _ = with_photos(before, shown("a"), prints, gallery, LIMITS)
    assert judge(after, LIMITS).grade >= judge(before, LIMITS).grade


@pytest.mark.parametrize(
    ("phone", "stand", "metres"),
    [(None, None, None), (HERE, None, 11120), (THERE, (HERE, 200), 10920), (None, (HERE, 200), 10920), (None, (THERE, 200), 0)],
)
def test_the_place_inside_a_photo_is_held_against_the_phone_and_the_place_itself(phone, stand, metres):
    """A false position agrees with nothing but the photo; a missing one hides nothing."""
    mark = replace(shown("a", point=phone), stand=stand)
    found, _ = with_photos(Signals(), mark, {"a": Print("a", point=THERE)}, Gallery(()), LIMITS)
    assert found.exif_m == metres
