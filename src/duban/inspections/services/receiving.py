"""Results from other systems, which know contracts, items and places by their public names."""

from collections.abc import Mapping, Sequence

from duban.contracts.selectors.lines import lines_by_reference
from duban.inspections.domain.rows import CheckRow, NamedRow, Recorded
from duban.inspections.selectors.imports import item_keys, place_keys
from duban.inspections.services.recording import record_results
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

Names = tuple[str, ...]
UNKNOWN = mark("Nothing is recorded under this code, or it lies outside what you may see.")


def receive_results(*, actor: Actor, rows: Sequence[NamedRow]) -> Recorded:
    """Record results by public names; a repeated `client_id` changes nothing.

    Raises `Invalid` naming each unknown contract line, item or place; else as `record_results` does. Announces
    `EvidenceChanged`.
    """
    lines = lines_by_reference({_line(row) for row in rows}, actor=actor)
    items = item_keys({(*_line(row), row.item) for row in rows}, actor=actor)
    places = place_keys({(*_line(row), row.place) for row in rows if row.place}, actor=actor)
    errors = [error for number, row in enumerate(rows) for error in _unknown(number, row, lines, items, places)]
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
    found = [
        CheckRow(
            line_id=lines[_line(row)],
            item_id=items[*_line(row), row.item],
            day=row.day,
            verdict=row.verdict,
            at=row.at,
            place_id=places[*_line(row), row.place] if row.place else None,
            severity=row.severity,
            value=row.value,
            note=row.note,
            inspector_id=actor.person_id,
            client_id=row.client_id,
        )
        for row in rows
    ]
    return record_results(actor=actor, rows=found)


def _line(row: NamedRow) -> Names:
    return (row.contract, str(row.line))


def _unknown(
    number: int, row: NamedRow, lines: Mapping[Names, int], items: Mapping[Names, int], places: Mapping[Names, int]
) -> list[FieldError]:
    if _line(row) not in lines:
        return [FieldError(f"rows.{number}.line", UNKNOWN)]
    found = []
    if (*_line(row), row.item) not in items:
        found.append(FieldError(f"rows.{number}.item", UNKNOWN))
    if row.place and (*_line(row), row.place) not in places:
        found.append(FieldError(f"rows.{number}.place", UNKNOWN))
    return found
