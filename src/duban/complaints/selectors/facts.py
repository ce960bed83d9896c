"""What scorecards measure by: replies in time, and the complaints that cost points."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.utils import timezone

from duban.complaints.domain.categories import categories
from duban.complaints.models import Complaint, Validity
from duban.kernel.occurrence import Occurrence, Severity

FACT = ("metric", "line_id", "day", "numerator", "denominator")
ON_TIME = "complaints.replied_on_time"
TEXT_LIMIT = 60
CHUNK = 2000


def metric_facts(lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """`complaints.replied_on_time` per contract line and local day of receipt, both ends included; `lines` `None` means all.

    Valid complaints first answered by our own promise, over all valid ones that were answered or whose promise has
    run out. Those still in time, those without a known due time and those not yet found valid are left out.
    """
    due = _valid(lines, start, end).filter(_measured())
    rows = due.annotate(metric=Value(ON_TIME, output_field=CharField())).order_by().values("metric", "line_id", "day")
    in_time = Count("id", filter=Q(first_reply_at__lte=F("due_at")))
    return [rows.annotate(numerator=in_time, denominator=Count("id")).values_list(*FACT)]


def occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """Each valid complaint (`valid_complaint`) and each broken promise (`late_reply`), key the category, by line and day.

    The late reply is a fact of its own and carries the code with the ending `-L`. Both come from one statement.
    """
    now = timezone.now()
    fields = ("code", "line_id", "day", "category", "text", "place_name", "due_at", "first_reply_at")
    rows = _valid(lines, start, end).order_by("line_id", "day", "id").values_list(*fields)
    for code, line_id, day, category, text, place, due_at, replied_at in rows.iterator(chunk_size=CHUNK):
        known = categories().get(category)
        severity = Severity.MAJOR if known is not None and known.is_urgent else Severity.MINOR
        kinds = [(code, "valid_complaint")]
        if due_at is not None and (replied_at or now) > due_at:
            kinds.append((f"{code}-L", "late_reply"))
        for own_code, kind in kinds:
            yield Occurrence(
                app="complaints",
                code=own_code,
                line_id=line_id,
                on=day,
                kind=kind,
                key=category,
                severity=severity.value,
                quantity=Decimal(1),
                label=text[:TEXT_LIMIT],
                place=place,
            )


def late_condition() -> Q:
    """Complaints whose own promise was broken."""
    return Q(first_reply_at__gt=F("due_at")) | Q(first_reply_at__isnull=True, due_at__lt=timezone.now())


def _measured() -> Q:
    return Q(due_at__isnull=False) & (Q(first_reply_at__isnull=False) | Q(due_at__lt=timezone.now()))


def valid_by_line(lines: Collection[int], start: date, end: date) -> dict[int, int]:
    """Line → valid complaints of the days, both ends included: one statement."""
    rows = _valid(lines, start, end).order_by().values("line_id").annotate(count=Count("id"))
    return dict(rows.values_list("line_id", "count"))


def _valid(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Complaint]":
    rows = Complaint.objects.filter(validity=Validity.VALID, line__isnull=False, day__range=(start, end))
    return rows if lines is None else rows.filter(line_id__in=lines)
