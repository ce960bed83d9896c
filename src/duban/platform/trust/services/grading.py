"""Grading what a phone sent, before it is applied, and keeping the grades once it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.doubts import Signals, judge
from duban.kernel.trust import Trust, TrustGrade, needs_review, standing
from duban.platform.events import announce
from duban.platform.imports.statements import insert_new_rows
from duban.platform.records import assign_codes
from duban.platform.states import advance_many
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.models import TrustMark, TrustReview
from duban.platform.trust.reckoning import Trail, signals_of
from duban.platform.trust.selectors import limits_on, traces_around
from duban.platform.trust.shapes import Evidence, Ground, PhotoSeen, Trace


@dataclass(frozen=True)
class Graded:
    """One envelope with what is known of it and its grade."""

    evidence: Evidence
    signals: Signals
    trust: Trust


def grade_evidence(*, person: int, tenant_path: str, items: Sequence[Evidence]) -> list[Graded]:
    """Grade envelopes of one person as they come, photos not read yet: two queries, however many."""
    if not items:
        return []
    moments = [item.captured_at for item in items]
    limits = limits_on(timezone.localdate(max(moments)), tenant_path)
    known = traces_around(person, {item.device for item in items}, min(moments), max(moments))
    trail = Trail(person, [*known, *(_trace(person, item) for item in items)])
    return [Graded(item, signals, judge(signals, limits)) for item in items for signals in (signals_of(item, trail, limits),)]


def keep_marks(*, actor: Actor, graded: Sequence[Graded], records: Mapping[UUID, str]) -> None:
    """Keep the grades of applied envelopes, in the transaction that applied them; known ones stay as they are.

    `records` names what each became; those without a name were not applied. What is low or below its floors goes to the
    review queue; photos are looked at by a job. Announces `TrustSettled` for what does not count in full.
    """
    fresh = [item for item in graded if item.evidence.id in records]
    known = set(TrustMark.objects.filter(pk__in=[item.evidence.id for item in fresh]).values_list("pk", flat=True))
    fresh = sorted((item for item in fresh if item.evidence.id not in known), key=lambda item: item.evidence.id)
    if not fresh:
        return
    rows = [_columns(actor, item, records[item.evidence.id]) for item in fresh]
    insert_new_rows(TrustMark, rows)
    doubted = [row for row, item in zip(rows, fresh, strict=True) if _is_doubted(item)]
    open_reviews(marks=[TrustMark(**row) for row in doubted])


def open_reviews(*, marks: Sequence[TrustMark]) -> list[TrustReview]:
    """Put records into the review queue; those their plan drops are set aside at once. Announces `TrustSettled`."""
    reviews = [_review(mark) for mark in sorted(marks, key=lambda mark: (mark.captured_at, mark.pk))]
    if not reviews:
        return []
    assign_codes(reviews)
    TrustReview.objects.bulk_create(reviews, batch_size=500)
    dropped = TrustReview.objects.filter(code__in=[row.code for row in reviews if row.is_dropped and not row.standing.is_full])
    advance_many(dropped, "set_aside", actor=system_actor(reviews[0].scope))
    tell_standing(reviews=[row for row in reviews if not row.standing.is_full])
    return reviews


def move_marks(*, keys: Collection[UUID], record: str) -> None:
    """Let grades and reviews of these envelopes follow what they made to another record."""
    TrustMark.objects.filter(pk__in=keys).update(record=record)
    TrustReview.objects.filter(mark__in=keys).update(record=record)


def tell_standing(*, reviews: Sequence[TrustReview]) -> None:
    """Announce what these records count for now."""
    for kind in sorted({row.kind for row in reviews}):
        changes = [(str(row.mark_id), row.record, row.counts_score, row.counts_money) for row in reviews if row.kind == kind]
        announce(TrustSettled(kind, tuple(changes)))


def _is_doubted(item: Graded) -> bool:
    return needs_review(item.trust.grade, item.evidence.ground.floors)


def _review(mark: TrustMark) -> TrustReview:
    floors, ground = mark.floors, mark.ground
    counts = standing(TrustGrade(mark.grade), floors)
    return TrustReview(
        mark=mark,
        scope=mark.scope,
        office=ground["office"],
        keeper=ground["keeper"],
        kind=mark.kind,
        record=mark.record,
        page=ground["page"],
        title=ground["title"],
        about=ground["about"],
        person_id=mark.person_id,
        captured_at=mark.captured_at,
        grade=mark.grade,
        weight=mark.weight,
        first_reason=mark.reasons[0]["code"],
        score_floor=floors.score,
        money_floor=floors.money,
        is_dropped=floors.is_dropped,
        counts_score=counts.score,
        counts_money=counts.money,
    )


def _trace(person: int, item: Evidence) -> Trace:
    return Trace(person, item.device, item.kind, item.captured_at, item.reading.point if item.reading else None)


def _columns(actor: Actor, item: Graded, record: str) -> dict[str, Any]:
    evidence, trust = item.evidence, item.trust
    point = evidence.reading.point if evidence.reading else (None, None)
    is_kept = bool(evidence.photos) or _is_doubted(item)
    return {
        "id": evidence.id,
        "person_id": actor.person_id,
        "scope": actor.tenant_path,
        "kind": evidence.kind,
        "record": record[:40],
        "device": evidence.device,
        "tag": evidence.tag,
        "captured_at": evidence.captured_at,
        "latitude": point[0],
        "longitude": point[1],
        "grade": trust.grade.value,
        "weight": trust.score,
        "reasons": reasons_of(trust),
        "signals": item.signals.as_figures(),
        "photos": [_photo(photo) for photo in evidence.photos],
        "ground": _ground(evidence) if is_kept else {},
        "looked_at": None if evidence.photos else evidence.received_at,
    }


def reasons_of(trust: Trust) -> list[dict[str, Any]]:
    """Reasons as they are stored."""
    return [{"code": one.code, "weight": one.weight, "figures": dict(one.figures)} for one in trust.reasons]


def _photo(photo: PhotoSeen) -> dict[str, Any]:
    return {
        "sha256": photo.sha256,
        "taken_at": photo.taken_at.isoformat(),
        "point": [str(part) for part in photo.point] if photo.point else None,
        "is_gallery": photo.is_gallery,
    }


def _stand(ground: Ground) -> list[str | int] | None:
    """The circle of the place, for the photos that are read later."""
    if ground.stand is None or ground.stand.point is None:
        return None
    return [*(str(part) for part in ground.stand.point), ground.stand.radius_m]


def _ground(evidence: Evidence) -> dict[str, Any]:
    """What opens a review, now or when the photos are read."""
    ground = evidence.ground
    return {
        "office": ground.office,
        "keeper": ground.keeper,
        "title": ground.title[:160],
        "about": ground.about[:160],
        "page": ground.page,
        "stand": _stand(ground),
        "floors": {name: str(value) if name != "is_dropped" else value for name, value in asdict(ground.floors).items()},
    }
