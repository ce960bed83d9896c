"""Lateness and missed punches of manned slots, as occurrences."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.attendance.domain.lateness import MARKS, lapses
from duban.attendance.domain.slots import SlotState
from duban.attendance.models import Slot
from duban.kernel.occurrence import Occurrence, Severity

CHUNK = 2000
LAPSED = Q(late_minutes__gt=0) | Q(checkin_at__isnull=True) ^ Q(checkout_at__isnull=True)
FIELDS = ("id", "line_id", "day", "shift", "post__name", "late_minutes", "checkin_at", "checkout_at")


def lapse_occurrences(slots: "QuerySet[Slot]") -> Iterator[Occurrence]:
    """Lateness (`late`, in minutes) and missed punches (`missed_punch`) of manned slots: one statement, by line and day.

    Each is coded by its slot with a mark behind (`AS-17-L`, `AS-17-M`).
    """
    now = timezone.now()
    rows = slots.filter(LAPSED, state=SlotState.PRESENT).order_by("line_id", "day", "id").values_list(*FIELDS)
    for pk, line_id, day, shift, post, late_minutes, came_at, left_at in rows.iterator(chunk_size=CHUNK):
        for lapse in lapses(late_minutes, came_at, left_at, now=now):
            yield Occurrence(
                app="attendance",
                code=f"AS-{pk}{MARKS[lapse.kind]}",
                line_id=line_id,
                on=day,
                kind=lapse.kind,
                key=shift,
                severity=Severity.MINOR.value,
                quantity=Decimal(1),
                label=post,
                place=post,
                measure=lapse.measure,
            )
