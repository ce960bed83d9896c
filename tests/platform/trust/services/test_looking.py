from datetime import timedelta

import pytest
from django.utils import timezone

from duban.platform.files.services import store_file
from duban.platform.trust.models import PhotoPrint, PhotoUse, TrustMark, TrustReview
from duban.platform.trust.services import photos_look, reviews_decide
from duban.platform.trust.services.looking import _look_at
from duban.platform.trust.tasks import look_at_photos
from tests.factories.pictures import make_picture
from tests.factories.trust import make_mark

FLOORS = {"score": "C", "money": "B", "is_dropped": False}


@pytest.fixture
def hand_in(world, actor, settings, tmp_path):
    """A record with photos that wait to be looked at, made so many minutes ago."""
    settings.MEDIA_ROOT = tmp_path

    def run(*pictures, ago=0, tag="HALL", **more):
        at = timezone.now() - timedelta(minutes=ago)
        files = [store_file(actor=actor("finance"), source=picture) for picture in pictures]
        photos = [{"sha256": file.sha256, "taken_at": at.isoformat(), "point": None, "is_gallery": False} for file in files]
        tenant = world.ours
        ground = {"office": tenant.project.path, "keeper": tenant.city.path, "title": "地面", "about": tag}
        values = {"grade": "A", "weight": 0, "reasons": [], "captured_at": at, "tag": tag, "photos": photos, "looked_at": None}
        return make_mark(tenant, **{**values, "ground": {**ground, "page": "", "floors": FLOORS}, **more})

    return run


def grades():
    return list(TrustMark.objects.order_by("captured_at").values_list("grade", flat=True))


def test_photos_are_read_once_and_a_second_look_finds_nothing(hand_in):
    hand_in(make_picture(1), make_picture(2))
    hand_in(make_picture(1), tag="GARAGE", ago=60)
    assert look_at_photos.call() == 2
    assert (PhotoPrint.objects.count(), PhotoUse.objects.count(), photos_look()) == (2, 3, 0)
    assert (grades(), TrustReview.objects.get().first_reason) == (["A", "C"], "twin")


def test_the_limit_is_kept(hand_in):
    for seed in range(3):
        hand_in(make_picture(seed))
    assert photos_look(limit=1) == 3
    assert photos_look(limit=0) == 0


def test_a_photo_that_came_late_brings_those_that_repeat_it_back(hand_in):
    hand_in(make_picture(1), tag="GARAGE")
    photos_look()
    assert TrustReview.objects.count() == 0
    hand_in(make_picture(1), ago=600)
    assert photos_look() == 2
    assert grades() == ["A", "C"]
    hand_in(make_picture(1), ago=6000, tag="ROOF")
    photos_look()
    assert (grades(), photos_look()) == (["A", "C", "C"], 0)


def test_edits_and_contradictions_inside_the_file_weigh(hand_in):
    here = {"latitude": "31.230400", "longitude": "121.473700"}
    hand_in(
        make_picture(7, taken="2020:01:01 08:00:00", point=("N", (31, 0, 0), "E", (121, 0, 0)), software="Snapseed"), **here
    )
    photos_look()
    mark = TrustMark.objects.get()
    assert ([one["code"] for one in mark.reasons], mark.grade) == (["edited", "exif_place", "exif_time"], "D")
    assert (TrustReview.objects.get().counts_score, PhotoPrint.objects.get().is_edited) == (False, True)


def test_a_photo_that_is_not_there_tells_nothing(hand_in):
    mark = hand_in()
    mark.photos = [{"sha256": "f" * 64, "taken_at": timezone.now().isoformat(), "point": ["31", "121"], "is_gallery": False}]
    mark.save()
    assert (photos_look(), grades(), PhotoPrint.objects.get().phash) == (1, ["A"], None)


def test_what_was_let_count_is_doubted_again_when_more_speaks_against_it(hand_in, actor, announced):
    hand_in(make_picture(1), ago=60, tag="GARAGE")
    doubted = hand_in(make_picture(2, software="GIMP 2.10"))
    photos_look()
    review = TrustReview.objects.get()
    reviews_decide(actor=actor("quality_manager"), reviews=[review], move="accept", note="已核")
    more = store_file(actor=actor("finance"), source=make_picture(1)).sha256
    doubted.refresh_from_db()
    doubted.photos = [*doubted.photos, {**doubted.photos[0], "sha256": more}]
    doubted.looked_at = None
    doubted.save()
    announced.clear()
    photos_look()
    review.refresh_from_db()
    assert (review.state, review.grade, review.counts_score, review.first_reason) == ("waiting", "D", False, "twin")
    assert [event.changes[0][2:] for event in announced] == [(False, False)]


def test_a_look_that_found_nothing_new_leaves_the_review_alone(hand_in):
    doubted = hand_in(make_picture(2, software="GIMP 2.10"))
    photos_look()
    TrustMark.objects.filter(pk=doubted.pk).update(looked_at=None)
    assert (photos_look(), TrustReview.objects.get().state) == (1, "waiting")


def test_whoever_is_second_leaves_the_records_to_the_first(hand_in):
    mark = hand_in(make_picture(1))
    photos_look()
    _look_at(mark.scope, [mark.pk])
    assert PhotoUse.objects.count() == 1


def test_photos_of_another_camera_than_the_phone_has_are_doubted(hand_in):
    hand_in(make_picture(1, camera=("vivo", "X100")), ago=60)
    hand_in(make_picture(2), ago=30)
    hand_in(make_picture(3, camera=("Apple", "iPhone 15")), ago=2000)
    hand_in(make_picture(4, camera=("Apple", "iPhone 15")), device="another")
    photos_look()
    assert grades() == ["A"] * 4
    hand_in(make_picture(5, camera=("Apple", "iPhone 15")), ago=10)
    photos_look()
    last = TrustMark.objects.get(captured_at__lt=timezone.now() - timedelta(minutes=5), reasons__0__code="cameras")
    assert (last.grade, last.weight, last.reasons[0]["figures"]) == ("B", 20, {"cameras": "2"})
