"""Slots: recorded in bulk, decided one by one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from duban.attendance.domain.events import SlotDecided
from duban.attendance.domain.rows import SlotRow, SlotsRecorded
from duban.attendance.domain.slots import Ground
from duban.attendance.domain.states import SLOT_STATES
from duban.attendance.models import Slot
from duban.attendance.permissions import Code
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.imports.statements import insert_rows

CHUNK = 500
VALUES = (
    "line_id",
    "planned_hours",
    "state",
    "ground",
    "rostered_name",
    "actual_name",
    "checkin_at",
    "checkout_at",
    "late_minutes",
    "source",
    "note",
)


@transaction.atomic
def record_slots(*, actor: Actor, rows: Sequence[SlotRow]) -> SlotsRecorded:
    """Create or update slots in bulk by post, day and shift; the last row for a slot counts; one audit entry in all.

    A slot that a person decided after review keeps that decision. Raises `NotFound` for a line the actor does not
    see, `NotAllowed` without `attendance.edit`, `Invalid` naming each row that does not fit; then nothing is
    written. Announces `EvidenceChanged` for the days that really changed.
    """
    if not rows:
        return SlotsRecorded(0, 0, 0)
    lines = _lines(actor, {row.line_id for row in rows})
    _check(rows, lines)
    return write_slots(actor=actor, rows=rows, record=lines[rows[0].line_id])


def write_slots(*, actor: Actor, rows: Sequence[SlotRow], record: ContractLine | None) -> SlotsRecorded:
    """Write slots that the caller has checked, inside its transaction; `record` takes the audit entry, if one is wanted.

    States that follow from punches leave no entry: the punches and the roster are their trail. Announces `EvidenceChanged`.
    """
    wanted = {(row.post_id, row.day, row.shift.value): row for row in rows}
    stored = _stored(rows)
    created = [row for key, row in wanted.items() if key not in stored]
    pairs = {(row.line_id, row.day) for row in created}
    changed = [slot for key, slot in stored.items() if _apply(slot, wanted[key], pairs)]
    insert_rows(Slot, [_values(row) for row in created])
    Slot.objects.bulk_update(changed, list(VALUES), batch_size=CHUNK)
    outcome = SlotsRecorded(len(created), len(changed), len(stored) - len(changed))
    if pairs and record is not None:
        changes = {"created": [None, outcome.created], "changed": [None, outcome.changed]}
        write_entry(actor=actor, record=record, action="record_slots", changes=changes)
    if pairs:
        announce(EvidenceChanged("attendance", tuple(sorted(pairs))))
    return outcome


@transaction.atomic
def decide_slot(*, actor: Actor, slot: Slot, move: str, note: str) -> Slot:
    """Decide a slot by one move of the table (count as manned, as vacant, as off, review again), with a reason.

    Raises `WrongState`, `NotAllowed`, `Invalid` without a reason. Announces `EvidenceChanged` and `SlotDecided`.
    """
    paths = slot.permission_paths()[:2]
    locked = Slot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    step = SLOT_STATES.move(move, locked.state)
    actor.require_any(str(step.permission), paths)
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    changes = {"state": [locked.state, step.target], "ground": [locked.ground, Ground.DECIDED.value]}
    Slot.objects.filter(pk=locked.pk).update(state=step.target, ground=Ground.DECIDED, note=note[:200])
    locked.refresh_from_db()
    write_entry(actor=actor, record=locked, action=move, changes=changes, reason=note)
    announce(EvidenceChanged("attendance", ((locked.line_id, locked.day),)))
    announce(SlotDecided(locked.code, locked.line_id, locked.day.isoformat(), step.target, note))
    return locked


def _lines(actor: Actor, line_ids: set[int]) -> dict[int, ContractLine]:
    seen = ContractLine.objects.for_actor(actor).select_related("estate__office", "contract__office")
    lines = {line.pk: line for line in seen.filter(pk__in=line_ids)}
    if line_ids - lines.keys():
        raise NotFound
    for line in lines.values():
        actor.require_any(Code.EDIT, (line.estate.office.path, line.contract.office.path))
    return lines


def _check(rows: Sequence[SlotRow], lines: dict[int, ContractLine]) -> None:
    posts = dict(Post.objects.filter(pk__in={row.post_id for row in rows}).values_list("pk", "estate_id"))
    errors = []
    for number, row in enumerate(rows):
        line = lines[row.line_id]
        if posts.get(row.post_id) != line.estate_id:
            errors.append(
                FieldError(f"rows.{number}.post", mark("The post does not belong to the estate of the contract line."))
            )
        if not line.starts_on <= row.day <= line.ends_on:
            errors.append(FieldError(f"rows.{number}.day", mark("The day lies outside the term of the contract line.")))
    if errors:
        raise Invalid(errors=tuple(errors[:50]))


def _stored(rows: Sequence[SlotRow]) -> dict[tuple[int, date, str], Slot]:
    posts = sorted({row.post_id for row in rows})
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    wanted = {(row.post_id, row.day, row.shift.value) for row in rows}
    found: dict[tuple[int, date, str], Slot] = {}
    for start in range(0, len(posts), CHUNK):
        slots = Slot.objects.filter(post_id__in=posts[start : start + CHUNK], day__range=(first, last))
        found |= {key: slot for slot in slots if (key := (slot.post_id, slot.day, slot.shift)) in wanted}
    return found


def _values(row: SlotRow) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in VALUES}
    return {
        **named,
        "post_id": row.post_id,
        "day": row.day,
        "shift": row.shift.value,
        "state": row.state.value,
        "ground": row.ground.value,
    }


def _apply(slot: Slot, row: SlotRow, pairs: set[tuple[int, date]]) -> bool:
    kept = {"state", "ground", "note"} if slot.ground == Ground.DECIDED else set()
    values = {name: getattr(row, name) for name in VALUES if name not in kept}
    if all(getattr(slot, name) == value for name, value in values.items()):
        return False
    pairs |= {(slot.line_id, slot.day), (row.line_id, row.day)}
    for name, value in values.items():
        setattr(slot, name, value)
    return True
