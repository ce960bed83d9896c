"""Whether rows to be recorded fit together: line, day, item, place, and the right to record on that line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from duban.contracts.models import ContractLine, ContractLineQuerySet
from duban.estates.models import Place
from duban.inspections.domain.rows import CheckRow
from duban.inspections.models import line_paths
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.standards.models import StandardItem

MAX_ERRORS = 50
CHUNK = 500


@dataclass(frozen=True)
class Known:
    """What the rows refer to, each loaded once."""

    lines: Mapping[int, ContractLine]
    items: Mapping[int, StandardItem]
    place_estates: Mapping[int, int]


def lines_with_paths(actor: Actor) -> ContractLineQuerySet:
    """The actor's contract lines with everything that decides rights over them."""
    return ContractLine.objects.for_actor(actor).select_related("estate__office", "contract__office", "contract__vendor__unit")


def load_known(actor: Actor, rows: Sequence[CheckRow]) -> Known:
    """Load what the rows refer to; a line outside the actor's scope is `NotFound`, one without the right `NotAllowed`."""
    line_ids = {row.line_id for row in rows}
    lines = {line.pk: line for ids in chunked(line_ids) for line in lines_with_paths(actor).filter(pk__in=ids)}
    if line_ids - lines.keys():
        raise NotFound
    for line in lines.values():
        actor.require_any(Code.EDIT, line_paths(line)[:2])
    items = {item.pk: item for ids in chunked({row.item_id for row in rows}) for item in _items(lines, ids)}
    place_ids = {row.place_id for row in rows if row.place_id is not None}
    places = {pk: estate for ids in chunked(place_ids) for pk, estate in _place_estates(ids)}
    return Known(lines, items, places)


def check_rows(rows: Sequence[CheckRow], known: Known) -> None:
    """Raise `Invalid` naming the first rows that do not fit; nothing has been written by then."""
    found: list[FieldError] = []
    today = timezone.localdate()
    for number, row in enumerate(rows):
        found += (FieldError(f"rows.{number}.{name}", message) for name, message in _problems(row, known, today))
        if len(found) >= MAX_ERRORS:
            break
    if found:
        raise Invalid(errors=tuple(found))


def chunked(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in order, in pieces that any database takes as parameters."""
    ordered = sorted(keys)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def _problems(row: CheckRow, known: Known, today: date) -> Iterator[tuple[str, str]]:
    line = known.lines[row.line_id]
    if not line.starts_on <= row.day <= line.ends_on:
        yield "day", mark("The day lies outside the term of the contract line.")
    if row.day > today:
        yield "day", mark("A check cannot lie in the future.")
    item = known.items.get(row.item_id)
    if item is None:
        yield "item", mark("There is no such standard item.")
    elif item.standard.service_line != line.service_line:
        yield "item", mark("The item belongs to another service line.")
    if row.place_id is not None and known.place_estates.get(row.place_id) != line.estate_id:
        yield "place", mark("The place does not lie in the estate of the contract line.")


def _items(lines: Mapping[int, ContractLine], ids: list[int]) -> Iterable[StandardItem]:
    tenants = {line.audit_scope() for line in lines.values()}
    return StandardItem.objects.filter(pk__in=ids, standard__tenant__path__in=tenants).select_related("standard")


def _place_estates(ids: list[int]) -> Iterable[tuple[int, int]]:
    return Place.objects.filter(pk__in=ids).values_list("pk", "estate_id")
