"""The only writer of a state."""

from typing import TypeVar

from django.db import models

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.states import Move
from duban.kernel.text import mark
from duban.platform.audit.services import write_entries, write_entry
from duban.platform.records import StatefulRecord

AnyStateful = TypeVar("AnyStateful", bound=StatefulRecord)


def advance(record: AnyStateful, move_name: str, *, actor: Actor, note: str = "") -> AnyStateful:
    """Make one move of the record's lifecycle and return the locked, saved record.

    Locks the row, then checks table, right and note against what is stored now (not against what the page
    showed). Leaves one audit entry. Raises `WrongState`, `NotAllowed` or `Invalid`. Must run inside the
    transaction of the calling service, which does the side effects and announces.
    """
    manager = type(record)._base_manager
    locked: AnyStateful = manager.select_for_update(of=("self",)).get(pk=record.pk)
    move = locked.STATES.move(move_name, locked.state)
    _check_right(locked, move, actor)
    if move.needs_note and not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    before, locked.state = locked.state, move.target
    locked.save(update_fields=["state", "changed_at"])
    write_entry(actor=actor, record=locked, action=move.name, changes={"state": [before, move.target]}, reason=note)
    record.state = locked.state
    return locked


def advance_many(
    records: "models.QuerySet[AnyStateful]", move_name: str, *, actor: Actor, reason: str = ""
) -> list[AnyStateful]:
    """Make the same move on every record of the queryset that allows it: one update, one audit entry for each record.

    For clocks and closing jobs: records in another state are left alone, which makes a repeated job harmless.
    """
    table = records.model.STATES
    moves = [move for move in table.moves if move.name == move_name]
    sources = {source for move in moves for source in move.sources}
    locked = list(records.filter(state__in=sources).order_by("pk").select_for_update(of=("self",)))
    if not locked:
        return []
    changed = []
    for record in locked:
        move = table.move(move_name, record.state)
        _check_right(record, move, actor)
        changed.append((record, {"state": [record.state, move.target]}))
        record.state = move.target
    type(locked[0])._base_manager.bulk_update(locked, ["state"], batch_size=500)
    write_entries(actor=actor, changed=changed, action=move_name, reason=reason)
    return locked


def allowed_moves(record: StatefulRecord, actor: Actor) -> tuple[Move, ...]:
    """Moves the actor could make now, for buttons and the API; rules beyond state and right stay with the app."""
    paths = record.permission_paths()
    return tuple(
        move
        for move in record.STATES.moves_from(record.state)
        if move.permission and any(actor.can(move.permission, path) for path in paths)
    )


def _check_right(record: StatefulRecord, move: Move, actor: Actor) -> None:
    if move.permission is None:
        if not actor.is_system:
            raise NotAllowed
        return
    actor.require_any(move.permission, record.permission_paths())
