"""Slots from other systems, which know contracts and posts by their public names."""

from collections.abc import Sequence

from duban.attendance.domain.rows import NamedSlot, SlotRow, SlotsRecorded
from duban.attendance.selectors.imports import post_keys
from duban.attendance.services.slots import record_slots
from duban.contracts.selectors.lines import lines_by_reference
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

SAME = tuple(name for name in NamedSlot.__dataclass_fields__ if name not in {"contract", "line", "post"})
UNKNOWN = mark("Nothing is recorded under this code, or it lies outside what you may see.")


def receive_slots(*, actor: Actor, rows: Sequence[NamedSlot]) -> SlotsRecorded:
    """Create or update slots by public names; the same delivery again changes nothing.

    Raises `Invalid` naming each unknown contract line or post; else as `record_slots` does. Announces `EvidenceChanged`.
    """
    lines = lines_by_reference({_line(row) for row in rows}, actor=actor)
    posts = post_keys({(*_line(row), row.post) for row in rows}, actor=actor)
    errors = [
        FieldError(f"rows.{number}.{'post' if _line(row) in lines else 'line'}", UNKNOWN)
        for number, row in enumerate(rows)
        if (*_line(row), row.post) not in posts
    ]
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
    found = [
        SlotRow(
            line_id=lines[_line(row)],
            post_id=posts[*_line(row), row.post],
            **{name: getattr(row, name) for name in SAME},
        )
        for row in rows
    ]
    return record_slots(actor=actor, rows=found)


def _line(row: NamedSlot) -> tuple[str, ...]:
    return (row.contract, str(row.line))
