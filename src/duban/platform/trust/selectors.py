"""Reads of trust: limits of the day, what surrounds a record, grades of records, and the review queue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.doubts import TrustLimits, limits_from
from duban.platform.audit.selectors import timeline_of
from duban.platform.files.bands import Band
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import photos_of
from duban.platform.parameters.models import DatedParameter
from duban.platform.records import get_by_code
from duban.platform.trust.models import REVIEW_RIGHT, PhotoPrint, PhotoUse, TrustMark, TrustReview
from duban.platform.trust.prints import unsigned
from duban.platform.trust.reckoning import SAME_PHONE
from duban.platform.trust.shapes import Trace, Use
from duban.platform.ui.components import Photo, TimelineEntry

LIMIT_PREFIX = "trust."
LIMIT_KEYS = tuple(f"{LIMIT_PREFIX}{field.name}" for field in fields(TrustLimits))
FEW = 500


@dataclass(frozen=True)
class ReviewPage:
    """What the page of a doubtful record shows.

    `twin` is the earlier record that one of its photos repeats, `prints` what the server read from its photos.
    """

    review: TrustReview
    mark: TrustMark
    person: str
    photos: tuple[Photo, ...]
    twin: TrustMark | None
    twin_photos: tuple[Photo, ...]
    prints: tuple[PhotoPrint, ...]
    timeline: tuple[TimelineEntry, ...]
    is_own: bool


def limits_on(day: date, tenant_path: str) -> TrustLimits:
    """The limits in force on a day: the company's own before the shipped ones; one query."""
    rows = DatedParameter.objects.in_tenant(tenant_path).filter(key__in=LIMIT_KEYS, city="", from_on__lte=day)
    held = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day)).order_by("scope", "from_on")
    values = {key.removeprefix(LIMIT_PREFIX): int(value) for key, value in held.values_list("key", "value")}
    return limits_from(values)


def traces_around(person: int, devices: Collection[str], start: datetime, end: datetime) -> list[Trace]:
    """Records by this person or with these phones around a span of time; one query."""
    rows = TrustMark.objects.filter(
        Q(person_id=person) | Q(device__in=devices), captured_at__range=(start - SAME_PHONE, end + SAME_PHONE)
    )
    names = ("person_id", "device", "kind", "captured_at", "latitude", "longitude")
    return [
        Trace(who, device, kind, at, None if latitude is None else (latitude, longitude))
        for who, device, kind, at, latitude, longitude in rows.values_list(*names)
    ]


def uses_since(scope: str, since: datetime) -> list[Use]:
    """Photos handed in since a moment anywhere in the company, of which a print could be taken; one query."""
    rows = PhotoUse.objects.filter(scope=scope, captured_at__gte=since, photo__phash__isnull=False)
    names = ("mark_id", "photo_id", "photo__phash", "tag", "captured_at")
    return [
        Use(mark, sha256, unsigned(phash), tag, at)
        for mark, sha256, phash, tag, at in rows.order_by("pk").values_list(*names)
        if phash is not None
    ]


def cameras_around(marks: Collection[TrustMark]) -> dict[UUID, frozenset[str]]:
    """For each record the cameras that photos from its phone name, within half a day of it; one query."""
    moments = [mark.captured_at for mark in marks]
    rows = PhotoUse.objects.filter(
        mark__device__in={mark.device for mark in marks},
        captured_at__range=(min(moments) - SAME_PHONE, max(moments) + SAME_PHONE),
    ).exclude(photo__camera="")
    named = list(rows.values_list("mark__device", "photo__camera", "captured_at"))
    return {
        mark.pk: frozenset(
            camera for device, camera, at in named if device == mark.device and abs(at - mark.captured_at) <= SAME_PHONE
        )
        for mark in marks
    }


def marks_of(keys: Iterable[UUID | None]) -> dict[UUID, TrustMark]:
    """Grades by the envelope's key, each with its review; for records the caller was already allowed to see. One query."""
    wanted = [key for key in keys if key is not None]
    if not wanted:
        return {}
    rows = TrustMark.objects.filter(pk__in=wanted).select_related("review", "review__decided_by")
    return {row.pk: row for row in rows}


def bands_of(records: Collection[str], files: Iterable[StoredFile]) -> dict[str, Band]:
    """Time and place of photos as phones said them, by hash; those handed in with one of these records. One query.

    For records the caller was already allowed to see; the earliest counts. Photos that no job has looked at have none yet.
    """
    return {sha256: band for (_, sha256), band in bands_by_record(records, files).items()}


def bands_by_record(records: Collection[str], files: Iterable[StoredFile]) -> dict[tuple[str, str], Band]:
    """The same for several records, by code and hash, as one photo may belong to two of them. One query."""
    hashes = [file.sha256 for file in files]
    if not hashes:
        return {}
    uses = PhotoUse.objects.filter(photo__in=hashes, mark__record__in=records).select_related("mark").order_by("-captured_at")
    return {(use.mark.record, use.photo_id): band for use in uses if (band := _bands(use.mark).get(use.photo_id)) is not None}


def review_list(actor: Actor) -> "QuerySet[TrustReview]":
    """Doubtful records of the offices where the actor decides; `NotAllowed` without the right."""
    actor.require(REVIEW_RIGHT)
    return TrustReview.objects.for_actor(actor).select_related("mark", "person")


def review_get(actor: Actor, code: str) -> TrustReview:
    """One doubtful record of the actor's scope, or `NotFound`."""
    return get_by_code(review_list(actor), code)


def reviews_chosen(actor: Actor, codes: Sequence[str]) -> list[TrustReview]:
    """Doubtful records by their codes, in key order; those out of scope are left out. One query."""
    return list(review_list(actor).filter(code__in=codes).order_by("pk"))


def waiting_count(actor: Actor) -> int:
    """How many records wait for the actor, counted up to 500; 0 without the right."""
    if not actor.can(REVIEW_RIGHT):
        return 0
    waiting = TrustReview.objects.for_actor(actor).filter(state="waiting")
    return len(waiting.order_by().values_list("pk")[:FEW])


def review_page(actor: Actor, review: TrustReview) -> ReviewPage:
    """Everything the page shows: five statements besides the record."""
    mark = review.mark
    twin = _twin_of(mark)
    return ReviewPage(
        review=review,
        mark=mark,
        person=_name(review.person),
        photos=_photos(review, mark, [photo["sha256"] for photo in mark.photos]),
        twin=twin,
        twin_photos=_photos(review, twin, [mark.ground["twin"]["other"]]) if twin else (),
        prints=tuple(PhotoPrint.objects.filter(pk__in=[photo["sha256"] for photo in mark.photos]).order_by("pk")),
        timeline=tuple(timeline_of(review)),
        is_own=review.person_id == actor.person_id,
    )


def compared_since(moment: datetime, limits: TrustLimits) -> datetime:
    """From when on photos are compared with one taken at a moment."""
    return moment - timedelta(days=limits.twin_days)


def _twin_of(mark: TrustMark) -> TrustMark | None:
    found = mark.ground.get("twin")
    return TrustMark.objects.filter(pk=found["record"]).select_related("review").first() if found else None


def _photos(review: TrustReview, mark: TrustMark, hashes: Sequence[str]) -> tuple[Photo, ...]:
    if not hashes:
        return ()
    files = {file.sha256: file for file in StoredFile.objects.filter(sha256__in=hashes)}
    shown = [files[sha256] for sha256 in dict.fromkeys(hashes) if sha256 in files]
    return tuple(photos_of(review, shown, bands=_bands(mark)))


def _bands(mark: TrustMark) -> dict[str, Band]:
    return {photo["sha256"]: _band(mark, photo) for photo in mark.photos}


def _band(mark: TrustMark, photo: Mapping[str, Any]) -> Band:
    own = None if mark.latitude is None or mark.longitude is None else (mark.latitude, mark.longitude)
    point = photo["point"] or own
    where = (mark.ground.get("about", ""), mark.tag, ", ".join(f"{Decimal(part):.5f}" for part in point) if point else "")
    taken = timezone.localtime(datetime.fromisoformat(photo["taken_at"]))
    return Band(f"{taken:%Y-%m-%d %H:%M}", " · ".join(part for part in where if part))


def _name(person: Any) -> str:
    return str(getattr(person, "name", "") or person)
