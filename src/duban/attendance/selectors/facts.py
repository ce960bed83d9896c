"""What scorecards and statements measure by: presence facts, occurrences, and the hours of vacant slots."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from duban.attendance.domain.slots import SlotState
from duban.attendance.models import Slot
from duban.attendance.selectors.lateness import lapse_occurrences
from duban.attendance.selectors.ledger import ledger_occurrences
from duban.attendance.selectors.patrols import patrol_facts, patrol_occurrences
from duban.kernel.occurrence import Occurrence, Severity

FACT = ("metric", "line_id", "day", "numerator", "denominator")
PRESENCE = "attendance.presence"
CHUNK = 2000
KINDS = {SlotState.VACANT: ("absent_slot", Severity.MAJOR), SlotState.REVIEW: ("review_slot", Severity.MINOR)}


def metric_facts(lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """Facts per contract line and day, both ends included; `lines` `None` means all.

    `attendance.presence`: manned slots over manned plus vacant ones, and `attendance.presence:<shift>` the same by shift
    (`attendance.presence:night`). Slots that are off do not count; those under review count on neither side until decided.
    `attendance.patrol`: patrol points reached in time over all points of rounds that are over.
    """
    decided = _within(lines, start, end).filter(state__in=(SlotState.PRESENT, SlotState.VACANT))
    counts = {"numerator": Count("state", filter=Q(state=SlotState.PRESENT)), "denominator": Count("state")}
    whole = decided.annotate(metric=Value(PRESENCE, output_field=CharField()))
    by_shift = decided.annotate(metric=Concat(Value(f"{PRESENCE}:"), F("shift"), output_field=CharField()))
    presence = [
        rows.order_by().values("metric", "line_id", "day").annotate(**counts).values_list(*FACT) for rows in (whole, by_shift)
    ]
    return [*presence, patrol_facts(lines, start, end)]


def occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """Vacant slots (`absent_slot`) and slots under review (`review_slot`): one slot each, measured in planned hours.

    The key is the shift; ordered by line and day. Then come lateness (`late`) and missed punches (`missed_punch`) of
    manned slots, then rounds with missed points (`missed_patrol`), then what was upheld in the ledger
    of the posts (`ghost_staff`, …).
    """
    rows = _within(lines, start, end).filter(state__in=tuple(KINDS)).order_by("line_id", "day", "id")
    fields = ("id", "line_id", "day", "shift", "state", "post__name", "planned_hours")
    for pk, line_id, day, shift, state, post, hours in rows.values_list(*fields).iterator(chunk_size=CHUNK):
        kind, severity = KINDS[SlotState(state)]
        yield Occurrence(
            app="attendance",
            code=f"AS-{pk}",
            line_id=line_id,
            on=day,
            kind=kind,
            key=shift,
            severity=severity.value,
            quantity=Decimal(1),
            label=post,
            place=post,
            measure=hours,
        )
    yield from lapse_occurrences(_within(lines, start, end))
    yield from patrol_occurrences(lines, start, end)
    yield from ledger_occurrences(lines, start, end)


def _within(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Slot]":
    rows = Slot.objects.filter(day__range=(start, end))
    return rows if lines is None else rows.filter(line_id__in=lines)
