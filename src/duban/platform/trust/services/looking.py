"""Photos looked at after they came: read once, compared with what the phone said and with photos of other records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import system_actor
from duban.kernel.doubts import TrustLimits, judge, signals_from
from duban.kernel.trust import TrustGrade, needs_review
from duban.platform.imports.statements import insert_new_rows, update_rows
from duban.platform.states import advance_many
from duban.platform.trust.models import PhotoPrint, PhotoUse, TrustMark, TrustReview
from duban.platform.trust.pictures import Gallery, Shown, with_photos
from duban.platform.trust.prints import read_print, signed, unsigned
from duban.platform.trust.selectors import cameras_around, compared_since, limits_on, uses_since
from duban.platform.trust.services.grading import open_reviews, reasons_of, tell_standing
from duban.platform.trust.shapes import PhotoSeen, Point, Print

BATCH = 100
JUDGED = ("grade", "weight", "reasons", "signals", "ground", "looked_at")
FOLLOWING = ("grade", "weight", "first_reason", "counts_score", "counts_money")


def photos_look(*, limit: int = 2000) -> int:
    """Look at the photos of records that still wait for it, oldest first; returns how many records.

    Pictures are read outside of any transaction. A second run finds nothing to do; one that was killed is continued by
    the next. Announces `TrustSettled` for what counts differently than before.
    """
    looked = 0
    while looked < limit:
        marks = list(TrustMark.objects.filter(looked_at__isnull=True).order_by("captured_at", "pk")[:BATCH])
        if not marks:
            break
        _read_prints({photo["sha256"] for mark in marks for photo in mark.photos})
        for scope in sorted({mark.scope for mark in marks}):
            _look_at(scope, [mark.pk for mark in marks if mark.scope == scope])
        looked += len(marks)
    return looked


def _read_prints(hashes: set[str]) -> None:
    """Read what was never read; a second reader of the same photo writes the same and is left out."""
    known = set(PhotoPrint.objects.filter(pk__in=hashes).values_list("pk", flat=True))
    found = [read_print(sha256) for sha256 in sorted(hashes - known)]
    insert_new_rows(PhotoPrint, [_print_columns(one) for one in found])


@transaction.atomic
def _look_at(scope: str, keys: Sequence[Any]) -> None:
    """Grade some records of one company again; whoever else is at them comes first."""
    rows = TrustMark.objects.select_for_update().filter(pk__in=keys, looked_at__isnull=True).order_by("pk")
    marks = list(rows)
    if not marks:
        return
    prints = _prints({photo["sha256"] for mark in marks for photo in mark.photos})
    insert_new_rows(PhotoUse, [row for mark in marks for row in _use_columns(mark, prints)])
    limits = limits_on(timezone.localdate(max(mark.captured_at for mark in marks)), scope)
    gallery = Gallery(uses_since(scope, compared_since(min(mark.captured_at for mark in marks), limits)))
    cameras = cameras_around(marks)
    now = timezone.now()
    followers: set[UUID] = set()
    for mark in marks:
        shown = _shown(mark, cameras.get(mark.pk, frozenset()))
        _judge_again(mark, shown, prints, gallery, limits, now)
        followers |= gallery.followers(shown, prints, limits)
    update_rows(TrustMark, JUDGED, [(mark.pk, {name: getattr(mark, name) for name in JUDGED}) for mark in marks])
    _follow(marks)
    _look_again(followers - {mark.pk for mark in marks})


def _judge_again(
    mark: TrustMark, shown: Shown, prints: Mapping[str, Print], gallery: Gallery, limits: TrustLimits, now: datetime
) -> None:
    signals, twin = with_photos(signals_from(mark.signals), shown, prints, gallery, limits)
    trust = judge(signals, limits)
    mark.grade, mark.weight, mark.reasons = trust.grade.value, trust.score, reasons_of(trust)
    mark.signals, mark.looked_at = signals.as_figures(), now
    if twin:
        mark.ground = {**mark.ground, "twin": {"record": str(twin.record), "sha256": twin.sha256, "other": twin.other}}


def _follow(marks: Sequence[TrustMark]) -> None:
    """The review queue follows: new reviews where a grade fell, decided ones again where more speaks against them."""
    reviews = {
        row.mark_id: row for row in TrustReview.objects.filter(mark__in=marks).select_for_update(of=("self",)).order_by("pk")
    }
    doubted = [mark for mark in marks if mark.pk not in reviews and needs_review(TrustGrade(mark.grade), mark.floors)]
    open_reviews(marks=doubted)
    worse = {mark.pk: mark for mark in marks if mark.pk in reviews and mark.weight > reviews[mark.pk].weight}
    if not worse:
        return
    again = TrustReview.objects.filter(mark__in=worse)
    advance_many(again, "doubt_again", actor=system_actor(marks[0].scope))
    changed = list(again.order_by("pk"))
    for review in changed:
        mark = worse[review.mark_id]
        review.grade, review.weight, review.first_reason = mark.grade, mark.weight, mark.reasons[0]["code"]
        review.counts_score, review.counts_money = review.standing.score, review.standing.money
    TrustReview.objects.bulk_update(changed, FOLLOWING)
    tell_standing(reviews=changed)


def _look_again(keys: set[UUID]) -> None:
    """Records whose photos were compared before the one they repeat had come."""
    looked = TrustMark.objects.filter(pk__in=keys, looked_at__isnull=False).order_by("pk").select_for_update()
    alone = [mark.pk for mark in looked if "twin" not in mark.ground] if keys else []
    if alone:
        TrustMark.objects.filter(pk__in=alone).update(looked_at=None)


def _print_columns(one: Print) -> dict[str, Any]:
    return {
        "sha256": one.sha256,
        "phash": None if one.phash is None else signed(one.phash),
        "taken_at": one.taken_at,
        "latitude": one.point[0] if one.point else None,
        "longitude": one.point[1] if one.point else None,
        "camera": one.camera,
        "is_edited": one.is_edited,
    }


def _prints(hashes: set[str]) -> dict[str, Print]:
    return {
        row.sha256: Print(
            row.sha256,
            None if row.phash is None else unsigned(row.phash),
            row.taken_at,
            _pair(row.latitude, row.longitude),
            row.camera,
            row.is_edited,
        )
        for row in PhotoPrint.objects.filter(pk__in=hashes)
    }


def _use_columns(mark: TrustMark, prints: Mapping[str, Print]) -> list[dict[str, Any]]:
    hashes = dict.fromkeys(photo["sha256"] for photo in mark.photos)
    return [
        {"mark_id": mark.pk, "photo_id": sha256, "scope": mark.scope, "tag": mark.tag, "captured_at": mark.captured_at}
        for sha256 in hashes
        if sha256 in prints
    ]


def _shown(mark: TrustMark, cameras: frozenset[str]) -> Shown:
    photos = tuple(_photo(photo) for photo in mark.photos)
    point = _pair(mark.latitude, mark.longitude)
    return Shown(mark.pk, mark.tag, mark.captured_at, point, photos, cameras, _stand(mark.ground.get("stand")))


def _photo(kept: Mapping[str, Any]) -> PhotoSeen:
    point = (Decimal(kept["point"][0]), Decimal(kept["point"][1])) if kept["point"] else None
    return PhotoSeen(kept["sha256"], datetime.fromisoformat(kept["taken_at"]), point, kept["is_gallery"])


def _stand(kept: Sequence[Any] | None) -> tuple[Point, int] | None:
    return ((Decimal(kept[0]), Decimal(kept[1])), int(kept[2])) if kept else None


def _pair(latitude: Decimal | None, longitude: Decimal | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
