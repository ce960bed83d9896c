"""Handing stored envelopes to their handlers, and writing down what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from pydantic import ValidationError

from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError
from duban.platform.files.models import StoredFile
from duban.platform.imports.statements import insert_new_rows, update_rows
from duban.platform.sync.evidence import Open, Pair, grade_ready
from duban.platform.sync.kinds import NotYet, Received, SyncKind, files_of, handler_of, known_kinds, schema_of, topic_of
from duban.platform.sync.models import EarlyEnvelope, Envelope, NeededFile, Stage
from duban.platform.sync.reasons import misfit, reason, refusal
from duban.platform.sync.shapes import MOST_FILES
from duban.platform.trust.services import keep_marks

MOST_ATTEMPTS = 50
PATIENCE = timedelta(days=14)
"""How long an envelope waits for another one that it builds on; then it is refused with what its handler said."""

log = structlog.get_logger("duban.sync")


@dataclass(frozen=True)
class Outcome:
    """What became of an envelope: its stage, the code of the record it became, or the reason why not.

    `missing` names files it waits for, `about` what it belongs to; `is_early` says that it waits for another envelope.
    """

    stage: Stage
    record: str = ""
    reason: Mapping[str, Any] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    about: str = ""
    is_early: bool = False


Outcomes = dict[UUID, Outcome]


def apply_envelopes(*, actor: Actor, envelopes: Sequence[Open]) -> Outcomes:
    """Apply stored envelopes of one sender and write down the outcome of each; part of the caller's transaction.

    Kinds that say so are graded first, so that their handlers know. One call of the handler for each kind, in a
    savepoint; where it refuses, the envelopes are halved until those at fault stand alone. A handler that breaks leaves
    its envelope waiting, to be tried again by the job, and its neighbours untouched. Trouble of the database itself is
    raised: then the whole delivery is undone and the phone sends it again. One that came before what it builds on waits.
    """
    outcomes: Outcomes = {}
    ready = _ready([(item, _checked(item, outcomes)) for item in envelopes], outcomes)
    ready, graded = grade_ready(actor, ready)
    for name, kind in known_kinds().items():
        group = sorted((item for item in ready if item[0].kind == name), key=lambda item: (item[1].captured_at, item[1].id))
        if group:
            _hand_over(actor, kind, group, outcomes)
    write_outcomes(envelopes, outcomes)
    applied = {key: outcome.record for key, outcome in outcomes.items() if outcome.stage is Stage.APPLIED}
    keep_marks(actor=actor, graded=graded, records=applied)
    return outcomes


def _checked(item: Open, outcomes: Outcomes) -> Received | None:
    kind = known_kinds().get(item.kind)
    if kind is None:
        outcomes[item.id] = Outcome(Stage.REJECTED, reason=reason("unknown_kind"))
        return None
    if kind.version != item.version:
        outcomes[item.id] = Outcome(Stage.REJECTED, reason=reason("unknown_version"))
        return None
    try:
        payload = schema_of(kind).model_validate(item.payload)
    except ValidationError as error:
        outcomes[item.id] = Outcome(Stage.REJECTED, reason=misfit(error))
        return None
    return Received(item.id, item.device, item.captured_at, item.received_at, payload)


def _ready(checked: Sequence[tuple[Open, Received | None]], outcomes: Outcomes) -> list[Pair]:
    """Those whose files are complete; one read for all."""
    kinds = known_kinds()
    sound = [(item, received) for item, received in checked if received is not None]
    needed = {item.id: set(files_of(kinds[item.kind], received.payload)) for item, received in sound}
    for key, hashes in needed.items():
        if len(hashes) > MOST_FILES:
            outcomes[key] = Outcome(Stage.REJECTED, reason=reason("invalid"))
    asked = {sha256 for key, hashes in needed.items() if key not in outcomes for sha256 in hashes}
    present = set(StoredFile.objects.filter(sha256__in=asked).values_list("sha256", flat=True)) if asked else set()
    for key, hashes in needed.items():
        if key not in outcomes and hashes - present:
            outcomes[key] = Outcome(Stage.WAITING, reason=reason("files"), missing=frozenset(hashes - present))
    return [pair for pair in sound if pair[0].id not in outcomes]


def _hand_over(actor: Actor, kind: SyncKind, group: Sequence[Pair], outcomes: Outcomes) -> None:
    try:
        with transaction.atomic():
            records = handler_of(kind)(actor, [received for _, received in group])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever breaks in a handler must not hold up the neighbours
        if len(group) == 1:
            outcomes[group[0][0].id] = _failure(group[0][0], error, topic_of(kind, group[0][1].payload))
            return
        middle = len(group) // 2
        _hand_over(actor, kind, group[:middle], outcomes)
        _hand_over(actor, kind, group[middle:], outcomes)
        return
    for item, received in group:
        outcomes[item.id] = Outcome(Stage.APPLIED, record=records.get(item.id, ""), about=topic_of(kind, received.payload))


def topics_of(outcomes: Outcomes) -> set[str]:
    """What the settled ones belong to: whatever came too early for the same may be applied now."""
    return {outcome.about for outcome in outcomes.values() if outcome.stage is not Stage.WAITING and outcome.about}


def rename_record(*, keys: Collection[UUID], record: str) -> None:
    """Let applied envelopes name another record: what they made has moved there."""
    Envelope.objects.filter(pk__in=keys, stage=Stage.APPLIED).update(record=record)


def _failure(item: Open, error: Exception, about: str) -> Outcome:
    if isinstance(error, NotYet) and timezone.now() < item.received_at + PATIENCE:
        return Outcome(Stage.WAITING, reason=refusal(error), about=about, is_early=True)
    if isinstance(error, DomainError):
        return Outcome(Stage.REJECTED, reason=refusal(error), about=about)
    log.error("handler broke", kind=item.kind, envelope=str(item.id), exc_info=error)
    if item.attempts + 1 >= MOST_ATTEMPTS:
        return Outcome(Stage.REJECTED, reason=reason("given_up"))
    return Outcome(Stage.WAITING, reason=reason("failed"))


def write_outcomes(envelopes: Sequence[Open], outcomes: Outcomes) -> None:
    """Write down what became of each envelope and which files it still needs: a fixed number of statements."""
    ordered = sorted(envelopes, key=lambda item: item.id)
    names = ("stage", "record", "reason", "attempts")
    update_rows(Envelope, names, [(item.id, _columns(item, outcomes[item.id])) for item in ordered])
    awaited = [{"envelope_id": item.id, "sha256": sha256} for item in ordered for sha256 in sorted(outcomes[item.id].missing)]
    insert_new_rows(NeededFile, awaited)
    early = [{"envelope_id": item.id, "about": outcomes[item.id].about} for item in ordered if outcomes[item.id].is_early]
    insert_new_rows(EarlyEnvelope, early)
    retried = [item.id for item in ordered if item.attempts and not outcomes[item.id].missing]
    if retried:
        NeededFile.objects.filter(envelope_id__in=retried).delete()


def _columns(item: Open, outcome: Outcome) -> dict[str, Any]:
    return {
        "stage": outcome.stage.value,
        "record": outcome.record[:40],
        "reason": outcome.reason,
        "attempts": item.attempts + (not outcome.is_early),
    }
