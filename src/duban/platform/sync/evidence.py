"""What speaks for or against an envelope, drawn together before it is handed to its handler."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from duban.kernel.actor import Actor
from duban.kernel.doubts import Liveness
from duban.platform.sync.challenges import LASTS, issued_at
from duban.platform.sync.kinds import Received, grounds_of, known_kinds
from duban.platform.sync.payloads import PhotoIn, PositionIn
from duban.platform.trust.services import Graded, grade_evidence
from duban.platform.trust.shapes import Evidence, Ground, PhotoSeen, Point, Reading, Scan


@dataclass(frozen=True)
class Open:
    """A stored envelope that is to be applied, its payload as plain JSON."""

    id: UUID
    kind: str
    version: int
    device: str
    captured_at: datetime
    sent_at: datetime
    received_at: datetime
    payload: Mapping[str, Any]
    attempts: int = 0


Pair = tuple[Open, Received]


def grade_ready(actor: Actor, ready: Sequence[Pair]) -> tuple[list[Pair], list[Graded]]:
    """The envelopes with their grades where their kind is graded, and the grades to be kept once they are applied."""
    grounds: dict[UUID, Ground] = {}
    for name, kind in known_kinds().items():
        find = grounds_of(kind)
        group = [received for item, received in ready if item.kind == name]
        if find is not None and group:
            grounds.update(find(actor, group))
    if not grounds or actor.person_id is None:
        return list(ready), []
    items = [evidence_of(actor, item, received, grounds[item.id]) for item, received in ready if item.id in grounds]
    graded = grade_evidence(person=actor.person_id, tenant_path=actor.tenant_path, items=items)
    trusts = {one.evidence.id: one.trust for one in graded}
    return [(item, replace(received, trust=trusts.get(item.id))) for item, received in ready], graded


def evidence_of(actor: Actor, item: Open, received: Received, ground: Ground) -> Evidence:
    """What an envelope brings along, read from its payload by the names that all kinds share."""
    said = received.payload
    moment = min(getattr(said, "at", item.captured_at), item.received_at)
    position: PositionIn | None = getattr(said, "position", None)
    is_asked = hasattr(said, "position") and ground.stand is not None and ground.stand.point is not None
    return Evidence(
        id=item.id,
        kind=item.kind,
        device=item.device,
        captured_at=moment,
        sent_at=item.sent_at,
        received_at=item.received_at,
        ground=ground,
        liveness=_liveness(actor, said, moment, item) if hasattr(said, "challenge") else None,
        scan=Scan(said.method, said.token) if hasattr(said, "method") else None,
        reading=_reading(position),
        is_position_missing=is_asked and position is None,
        photos=tuple(_photo(photo) for photo in getattr(said, "photos", ())),
    )


def _liveness(actor: Actor, said: Any, moment: datetime, item: Open) -> Liveness:
    if not said.challenge:
        return Liveness.MISSING
    issued = issued_at(actor, said.challenge)
    if issued is None:
        return Liveness.FOREIGN
    by_our_clock = moment + (item.received_at - item.sent_at)
    return Liveness.FRESH if abs(by_our_clock - issued) <= LASTS else Liveness.STALE


def _reading(position: PositionIn | None) -> Reading | None:
    if position is None:
        return None
    return Reading(_point(position), position.accuracy, position.is_mock)


def _photo(photo: PhotoIn) -> PhotoSeen:
    point = _point(photo.position) if photo.position else None
    return PhotoSeen(photo.sha256, photo.taken_at, point, photo.source == "gallery")


def _point(position: PositionIn) -> Point:
    return (round(position.lat, 6), round(position.lon, 6))
