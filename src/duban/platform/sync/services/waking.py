"""Envelopes that waited: applied once what they lack is there, or tried again after trouble."""

import json
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from duban.kernel.actor import Actor, Channel
from duban.kernel.errors import NotAllowed
from duban.platform.files.models import StoredFile
from duban.platform.sync.evidence import Open
from duban.platform.sync.models import EarlyEnvelope, Envelope, NeededFile, Stage
from duban.platform.sync.reasons import refusal
from duban.platform.sync.services.applying import Outcome, apply_envelopes, topics_of, write_outcomes
from duban.platform.tables_by_name import wired

BATCH = 200


def wake(*, keys: Sequence[UUID], topics: Collection[str] = ()) -> int:
    """Apply those of these envelopes that wait and lack no file any more, and those that came too early for these topics.

    Returns how many were tried.
    """
    tried = _run(Envelope.objects.filter(pk__in=keys)) if keys else 0
    return tried + _run_early(topics)


def wake_for_file(*, sha256: str) -> int:
    """Apply waiting envelopes to which this was the last missing file; returns how many were tried."""
    return _run(Envelope.objects.filter(pk__in=NeededFile.objects.filter(sha256=sha256).values("envelope_id")))


def wake_envelopes() -> int:
    """Try every waiting envelope that lacks no file: where a handler broke, or a process was killed in between."""
    return _run(Envelope.objects.all())


def _run_early(topics: Collection[str]) -> int:
    return _run(Envelope.objects.filter(early__about__in=topics)) if topics else 0


def _run(rows: "QuerySet[Envelope]") -> int:
    """Try them person by person, then what was waiting for those that were settled by it."""
    there = StoredFile.objects.filter(sha256=OuterRef("sha256"))
    lacking = NeededFile.objects.filter(~Exists(there), envelope=OuterRef("pk"))
    ready = rows.filter(~Exists(lacking), stage=Stage.WAITING).order_by("person_id", "pk").values_list("person_id", "pk")
    tried, topics = 0, set[str]()
    for person, group in groupby(list(ready), key=lambda row: row[0]):
        keys = [key for _, key in group]
        for start in range(0, len(keys), BATCH):
            batch, settled = _apply_batch(person, keys[start : start + BATCH])
            tried += batch
            topics |= settled
    return tried + _run_early(topics)


@transaction.atomic
def _apply_batch(person: int, keys: Sequence[UUID]) -> tuple[int, set[str]]:
    """Apply some waiting envelopes of one person; whoever else is at them comes first. Returns how many, and topics settled."""
    locked = list(Envelope.objects.select_for_update().filter(pk__in=keys, stage=Stage.WAITING).order_by("pk"))
    if not locked:
        return 0, set()
    envelopes = [_opened(row) for row in locked]
    sender = _sender(person)
    if sender is None:
        gone = Outcome(Stage.REJECTED, reason=refusal(NotAllowed()))
        outcomes = dict.fromkeys((item.id for item in envelopes), gone)
        write_outcomes(envelopes, outcomes)
    else:
        outcomes = apply_envelopes(actor=sender, envelopes=envelopes)
    settled = [key for key, outcome in outcomes.items() if outcome.stage is not Stage.WAITING]
    EarlyEnvelope.objects.filter(envelope__in=settled).delete()
    return len(locked), topics_of(outcomes)


def _sender(person: int) -> Actor | None:
    """The person as the actor of today; nothing if the person is no longer active."""
    find = cast("Callable[..., dict[int, Actor]]", wired("DUBAN_ACTORS_OF"))
    return find([person], channel=Channel.FIELD).get(person)


def _opened(row: Envelope) -> Open:
    return Open(
        id=row.pk,
        kind=row.kind,
        version=row.version,
        device=row.device,
        captured_at=row.captured_at,
        sent_at=row.sent_at,
        received_at=row.received_at,
        payload=json.loads(row.payload),
        attempts=row.attempts,
    )
