from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.doubts import TrustLimits
from duban.kernel.errors import NotAllowed
from duban.kernel.trust import Floors
from duban.platform.files.bands import Band
from duban.platform.files.models import StoredFile
from duban.platform.parameters.services import load_shipped_values
from duban.platform.trust.models import PhotoPrint, PhotoUse
from duban.platform.trust.selectors import (
    LIMIT_KEYS,
    bands_of,
    limits_on,
    marks_of,
    reviews_chosen,
    traces_around,
    waiting_count,
)
from tests.factories.trust import make_mark, make_review

DAY = date(2026, 11, 26)


@pytest.mark.django_db
def test_shipped_limits_are_those_of_the_core_with_their_sources():
    load_shipped_values()
    assert limits_on(DAY, "/1/") == TrustLimits()
    assert len(LIMIT_KEYS) == 15


def test_grades_come_with_their_reviews_in_one_query(world, django_assert_num_queries):
    doubted, plain = make_mark(world.ours), make_mark(world.ours, grade="A")
    make_review(world.ours, doubted)
    with django_assert_num_queries(1):
        found = marks_of([doubted.pk, plain.pk, None])
        assert (found[doubted.pk].review.grade, hasattr(found[plain.pk], "review")) == ("C", False)
        assert found[plain.pk].floors == Floors()
    with django_assert_num_queries(0):
        assert marks_of([None]) == {}


def test_records_around_a_span_know_where_they_were(world):
    mark = make_mark(world.ours, latitude="31.230400", longitude="121.473700")
    plain = make_mark(world.ours)
    found = traces_around(mark.person_id, (), mark.captured_at, plain.captured_at)
    assert {one.point for one in found} == {None, (Decimal("31.230400"), Decimal("121.473700"))}


def test_the_office_above_and_the_keeper_of_the_contract_decide(world, actor):
    review = make_review(world.ours)
    manager = actor("quality_manager")
    assert reviews_chosen(manager, [review.code, "TV-0"]) == [review]
    assert (waiting_count(manager), waiting_count(actor("auditor"))) == (1, 0)
    with pytest.raises(NotAllowed):
        reviews_chosen(actor("auditor"), [review.code])
    assert (review.audit_scope(), review.standing.money, review.floors.money) == (world.ours.root.path, False, "B")


def test_the_band_of_a_photo_says_what_the_phone_said_with_this_record(world, django_assert_num_queries):
    files = [StoredFile.objects.create(sha256=sign * 64, size=1, media_type="image/jpeg") for sign in "ab"]
    said = {"sha256": "a" * 64, "taken_at": "2026-11-26T06:30:00+00:00", "point": None, "is_gallery": False}
    own = {"photos": [said], "tag": "HALL"}
    print_ = PhotoPrint.objects.create(sha256="a" * 64)
    there = {"latitude": "31.230400", "longitude": "121.473700", "ground": {"about": "甲花园 · 大堂"}}
    for record, more in (("CR-1", there), ("CR-2", {}), ("CR-3", {"photos": [{**said, "point": ["31.1", "121.2"]}]})):
        mark = make_mark(world.ours, **{**own, "record": record, **more})
        PhotoUse.objects.create(mark=mark, photo=print_, scope=mark.scope, captured_at=mark.captured_at)
    when = "2026-11-26 14:30"
    with django_assert_num_queries(1):
        assert bands_of(["CR-1"], files) == {"a" * 64: Band(when, "甲花园 · 大堂 · HALL · 31.23040, 121.47370")}
    assert bands_of(["CR-2"], files) == {"a" * 64: Band(when, "HALL")}
    assert bands_of(["CR-3"], files) == {"a" * 64: Band(when, "HALL · 31.10000, 121.20000")}
    assert (bands_of(["CR-4"], files), bands_of(["CR-1"], [])) == ({}, {})
