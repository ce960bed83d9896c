"""Taking in what a phone sends: stored once, applied in the same transaction, answered one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, Channel
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.imports.statements import insert_new_rows
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.evidence import Open
from duban.platform.sync.models import Envelope, Stage
from duban.platform.sync.reasons import reason
from duban.platform.sync.selectors import own_key
from duban.platform.sync.services.applying import apply_envelopes, topics_of
from duban.platform.sync.services.waking import wake
from duban.platform.sync.shapes import MOST_BYTES, MOST_ENVELOPES, Answer, Sent


@dataclass(frozen=True)
class _Delivery:
    """One request of one phone: who, from which unit, when by which clock."""

    actor: Actor
    person: int
    device: str
    sent_at: datetime
    received_at: datetime
    key: UUID


def receive_envelopes(*, actor: Actor, device: str, sent_at: datetime, envelopes: Sequence[Sent]) -> list[Answer]:
    """Store each envelope once, apply the new ones, answer for each in the order in which they came.

    An envelope and its effect are one transaction. What is known is answered as it was settled; what comes under a known
    number with another content is kept beside it as rejected. Envelopes whose files are missing wait for them. Needs a
    role; `NotFound` without one, `Invalid` for more than 200 envelopes; what an envelope may do is judged by its handler.
    """
    person = own_key(actor)
    if len(envelopes) > MOST_ENVELOPES:
        message = mark("Send at most {count} at a time.")
        raise Invalid(message, errors=(FieldError("envelopes", message, {"count": MOST_ENVELOPES}),), count=MOST_ENVELOPES)
    delivery = _Delivery(actor.through(Channel.FIELD), person, device, sent_at, timezone.now(), uuid4())
    texts = [canonical(sent.payload) for sent in envelopes]
    faults = [_fault(sent, text) for sent, text in zip(envelopes, texts, strict=True)]
    sound = [(sent, text) for sent, text, fault in zip(envelopes, texts, faults, strict=True) if text and not fault]
    with transaction.atomic():
        new, waiting, topics = _take_in(delivery, sound)
    # Only after the commit can whoever completes a file at this moment see these envelopes, so they are looked at again.
    wake(keys=waiting, topics=topics)
    settled = _rows([sent.id for sent, _ in sound])
    return [_answer(sent, fault, settled, new, person) for sent, fault in zip(envelopes, faults, strict=True)]


def _fault(sent: Sent, text: str | None) -> dict[str, Any] | None:
    """Why an envelope cannot even be stored under its number: a correct one may still come."""
    if text is None or digest(text) != sent.sha256:
        return reason("damaged")
    return reason("too_large", kilobytes=MOST_BYTES // 1024) if len(text.encode()) > MOST_BYTES else None


def _take_in(delivery: _Delivery, sound: Sequence[tuple[Sent, str]]) -> tuple[set[UUID], list[UUID], set[str]]:
    """Store what is new and apply it; returns the keys of the new ones, of those that wait for files, and topics settled."""
    insert_new_rows(Envelope, [_columns(delivery, sent, text) for sent, text in sorted(sound, key=lambda pair: pair[0].id)])
    stored = _rows([sent.id for sent, _ in sound])
    changed = [(sent, text) for sent, text in sound if _is_other(stored[sent.id], sent, delivery.person)]
    insert_new_rows(Envelope, sorted((_set_aside(delivery, sent, text) for sent, text in changed), key=lambda row: row["id"]))
    new = {row.pk for row in stored.values() if row.delivery == delivery.key}
    first = {sent.id: sent for sent, _ in reversed(sound) if sent.id in new}
    fresh = [
        Open(
            id=sent.id,
            kind=sent.kind,
            version=sent.version,
            device=delivery.device,
            captured_at=sent.captured_at,
            sent_at=delivery.sent_at,
            received_at=delivery.received_at,
            payload=sent.payload,
        )
        for sent in first.values()
    ]
    outcomes = apply_envelopes(actor=delivery.actor, envelopes=fresh)
    return new, sorted(key for key, outcome in outcomes.items() if outcome.missing), topics_of(outcomes)


def _columns(delivery: _Delivery, sent: Sent, text: str) -> dict[str, Any]:
    actor = delivery.actor
    return {
        "id": sent.id,
        "person_id": delivery.person,
        "scope": actor.tenant_path,
        "home": actor.grants[0].path,
        "device": delivery.device,
        "delivery": delivery.key,
        "kind": sent.kind,
        "version": sent.version,
        "captured_at": sent.captured_at,
        "sent_at": delivery.sent_at,
        "received_at": delivery.received_at,
        "sha256": sent.sha256,
        "payload": text,
    }


def _set_aside(delivery: _Delivery, sent: Sent, text: str) -> dict[str, Any]:
    """Another content under a number that is taken: kept under a number made of both, so that sending it again adds nothing."""
    own = {"id": uuid5(sent.id, sent.sha256 + sent.kind), "stage": Stage.REJECTED.value, "reason": reason("changed")}
    return _columns(delivery, sent, text) | own


def _rows(keys: Sequence[UUID]) -> dict[UUID, Envelope]:
    """Stored envelopes by their keys, without what was sent."""
    return {row.pk: row for row in Envelope.objects.filter(pk__in=keys).defer("payload")} if keys else {}


def _is_other(row: Envelope, sent: Sent, person: int) -> bool:
    return (row.person_id, row.sha256, row.kind, row.version) != (person, sent.sha256, sent.kind, sent.version)


def _answer(
    sent: Sent, fault: Mapping[str, Any] | None, settled: Mapping[UUID, Envelope], new: set[UUID], person: int
) -> Answer:
    if fault:
        return Answer(sent.id, Stage.REJECTED, reason=fault)
    row = settled[sent.id]
    if _is_other(row, sent, person):
        return Answer(sent.id, Stage.REJECTED, reason=reason("changed"))
    is_new = sent.id in new
    new.discard(sent.id)
    return Answer(sent.id, Stage(row.stage), is_new=is_new, record=row.record, reason=row.reason)
