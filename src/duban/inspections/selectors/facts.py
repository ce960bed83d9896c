"""What scorecards measure by: additive facts and occurrences, each from one grouped statement."""

import heapq
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.utils import timezone

from duban.inspections.domain.plans import TaskKind
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Finding, InspectionTask, LotVerdict, Praise, UncountedResult
from duban.kernel.occurrence import Occurrence
from duban.platform.trust.models import TrustReview

FACT = ("metric", "line_id", "day", "numerator", "denominator")
PASS_RATE, ON_TIME, REPEATS = "inspections.pass_rate", "inspections.rectified_on_time", "inspections.repeat_rate"
COVERAGE, LOTS = "inspections.coverage", "inspections.lots_accepted"
COUNTED = (Verdict.FAIL, Verdict.PASS)
CHUNK = 2000
CHECK_IN, ANSWER, FORM = "inspections.checkin", "inspections.answer", "inspections.form"
PRAISE = "inspections.praise"


def metric_facts(lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """Facts per contract line and day, both ends included; `lines` `None` means all.

    `inspections.pass_rate` and `inspections.pass_rate:<block>`: passed over passed plus failed, “not applicable” left out.
    `inspections.rectified_on_time`: findings due on the day that were rectified by then, over all due that day;
    withdrawn ones and those whose due day is not over yet are left out.
    `inspections.repeat_rate` (整改复发率): findings that repeat one of the 90 days before, over all found that day.
    `inspections.coverage`: rounds due on the day that were made in time, over all due that day; one that was called off or
    re-inspects blindly is left out, and a due round counts once it was made or marked as not inspected.
    `inspections.lots_accepted`: lots of drawn rounds that passed, over all judged, by the day the round ended.
    What does not count for the score because its record is doubted is left out everywhere; a round whose check-in does
    not count was not made.
    """
    results = without_doubted(
        _within(CheckResult.objects.filter(verdict__in=COUNTED), lines, start, end, "day"), lines, start, end
    )
    counts = {"numerator": Sum("verdict"), "denominator": Count("verdict")}
    whole = results.annotate(metric=Value(PASS_RATE, output_field=CharField()))
    block = Concat(Value(f"{PASS_RATE}:"), F("item__block"), output_field=CharField())
    parts = results.annotate(metric=block)
    return [
        whole.order_by().values("metric", "line_id", "day").annotate(**counts).values_list(*FACT),
        parts.order_by().values("metric", "line_id", "day").annotate(**counts).values_list(*FACT),
        _on_time(lines, start, end),
        _repeats(lines, start, end),
        _coverage(lines, start, end),
        _lots(lines, start, end),
    ]


def occurrences(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    """Failed items (`failed_item`, or `red_line` where the item is one), overdue and repeated faults, missed rounds, rejected
    lots, praise.

    Ordered by line and day. A failed item is dated by its check and coded `CR-…`, its key is `block:item`; an overdue
    rectification (`late_rectification`) is dated by its due day and coded by its finding; a `repeat_finding` is dated by
    the day it was found again and coded `FD-…/repeat`; a `missed_inspection` is dated by its last day and coded by its
    task; a `rejected_lot` by the day its round ended and coded `TK-…/lot`; a `commendation` is a positive fact, for the
    bonuses of a scheme. What a doubted record does not count for says `for_points` and `for_money`; what counts for
    neither is left out.
    """
    parts = (
        _failed(lines, start, end),
        _late(lines, start, end),
        _repeated(lines, start, end),
        _missed(lines, start, end),
        _rejected(lines, start, end),
        _praised(lines, start, end),
    )
    return heapq.merge(*parts, key=lambda item: (item.line_id, item.on))


def occurrence_key(item_key: str) -> str:
    """Key of an item as rules match it: `floors.handrail` → `floors:handrail`."""
    return item_key.replace(".", ":", 1)


def place_label(name: str | None, parent: str | None) -> str:
    """A place for reading: with the place it lies in, if any."""
    return " ".join(part for part in (parent, name) if part)


def without_doubted(rows: "QuerySet[Any]", lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any]":
    """The results without those that do not count for the score; asked for only where there are any, which is one query."""
    doubted = UncountedResult.objects.filter(for_score=False)
    if not _within(doubted, lines, start, end, "day").exists():
        return rows
    return rows.filter(~Exists(doubted.filter(check_result=OuterRef("pk"))))


def over_by(end: date) -> date:
    """The last day, up to `end`, that is over."""
    return min(end, timezone.localdate() - timedelta(days=1))


def late_condition() -> Q:
    """Findings that were not rectified by their due time; the time of day decides where both are known."""
    same_day = Q(rectified_on=F("due_on"), rectified_at__gt=F("due_at"))
    return Q(rectified_on__isnull=True) | Q(rectified_on__gt=F("due_on")) | same_day


def _in_time() -> Q:
    """The opposite of `late_condition`, spelt out because a negation over empty columns is read differently by engines."""
    same_day = Q(rectified_at__isnull=True) | Q(due_at__isnull=True) | Q(rectified_at__lte=F("due_at"))
    return Q(rectified_on__lt=F("due_on")) | (Q(rectified_on=F("due_on")) & same_day)


def _within(rows: "QuerySet[Any]", lines: Collection[int] | None, start: date, end: date, field: str) -> "QuerySet[Any]":
    rows = rows.filter(**{f"{field}__range": (start, end)})
    return rows if lines is None else rows.filter(line_id__in=lines)


def _scored_findings() -> "QuerySet[Finding]":
    """Findings that were not withdrawn and rest on a result that counts for the score."""
    doubted = UncountedResult.objects.filter(check_result=OuterRef("check_result_id"), for_score=False)
    return Finding.objects.exclude(state="withdrawn").filter(~Exists(doubted))


def _on_time(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any, Any]":
    due = _within(_scored_findings(), lines, start, over_by(end), "due_on")
    grouped = due.annotate(metric=Value(ON_TIME, output_field=CharField()), day=F("due_on")).order_by()
    in_time = Count("id", filter=_in_time())
    counted = grouped.values("metric", "line_id", "day").annotate(numerator=in_time, denominator=Count("id"))
    rows: QuerySet[Any, Any] = counted.values_list(*FACT)
    return rows


def _repeats(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any, Any]":
    found = _within(_scored_findings(), lines, start, end, "found_on")
    grouped = found.annotate(metric=Value(REPEATS, output_field=CharField()), day=F("found_on")).order_by()
    again = Count("id", filter=Q(repeat_number__gt=1))
    counted = grouped.values("metric", "line_id", "day").annotate(numerator=again, denominator=Count("id"))
    rows: QuerySet[Any, Any] = counted.values_list(*FACT)
    return rows


def _rounds(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[InspectionTask]":
    """Rounds that count for coverage."""
    rows = InspectionTask.objects.filter(state__in=("done", "missed")).exclude(kind=TaskKind.BLIND)
    return _within(rows, lines, start, end, "due_on")


def _coverage(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any, Any]":
    due = _rounds(lines, start, end).annotate(metric=Value(COVERAGE, output_field=CharField()), day=F("due_on")).order_by()
    doubted = TrustReview.objects.filter(kind=CHECK_IN, record=OuterRef("code"), counts_score=False)
    due = due.annotate(is_doubted=Exists(doubted))
    made = Count("id", filter=Q(state="done", finished_on__lte=F("due_on"), is_doubted=False))
    rows: QuerySet[Any, Any] = (
        due.values("metric", "line_id", "day").annotate(numerator=made, denominator=Count("id")).values_list(*FACT)
    )
    return rows


def _lots(lines: Collection[int] | None, start: date, end: date) -> "QuerySet[Any, Any]":
    judged = _within(LotVerdict.objects.filter(is_accepted__isnull=False), lines, start, end, "day")
    grouped = judged.annotate(metric=Value(LOTS, output_field=CharField())).order_by().values("metric", "line_id", "day")
    passed = Count("id", filter=Q(is_accepted=True))
    rows: QuerySet[Any, Any] = grouped.annotate(numerator=passed, denominator=Count("id")).values_list(*FACT)
    return rows


def _rejected(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    rows = _within(LotVerdict.objects.filter(is_accepted=False), lines, start, end, "day").order_by("line_id", "day", "id")
    for code, line_id, day, plan in rows.values_list("task__code", "line_id", "day", "task__plan__name").iterator(
        chunk_size=CHUNK
    ):
        yield Occurrence(
            app="inspections",
            code=f"{code}/lot",
            line_id=line_id,
            on=day,
            kind="rejected_lot",
            key="inspections",
            severity="major",
            quantity=Decimal(1),
            label=plan or "",
        )


def _missed(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    late = Q(state="missed") | Q(state="done", finished_on__gt=F("due_on"))
    rows = _rounds(lines, start, end).filter(late).order_by("line_id", "due_on", "id")
    fields = ("code", "line_id", "due_on", "plan__name", "checklist__name")
    for code, line_id, due_on, plan, checklist in rows.values_list(*fields).iterator(chunk_size=CHUNK):
        yield Occurrence(
            app="inspections",
            code=code,
            line_id=line_id,
            on=due_on,
            kind="missed_inspection",
            key="inspections",
            severity="minor",
            quantity=Decimal(1),
            label=plan or checklist or "",
        )


def _failed(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    rows = _within(CheckResult.objects.filter(verdict=Verdict.FAIL), lines, start, end, "day").order_by("line_id", "day", "id")
    fields = (
        "id",
        "line_id",
        "day",
        "severity",
        "item__key",
        "item__name",
        "item__is_red_line",
        "place__name",
        "place__parent__name",
        "uncounted__for_score",
        "uncounted__for_money",
    )
    for pk, line_id, day, severity, key, name, is_red_line, place, parent, score, money in rows.values_list(*fields).iterator(
        chunk_size=CHUNK
    ):
        if score is False and money is False:
            continue
        yield Occurrence(
            app="inspections",
            code=f"CR-{pk}",
            line_id=line_id,
            on=day,
            kind="red_line" if is_red_line else "failed_item",
            key=occurrence_key(key),
            severity=Grade(severity).severity.value,
            quantity=Decimal(1),
            label=name,
            place=place_label(place, parent),
            for_points=score is not False,
            for_money=money is not False,
        )


FINDING_FIELDS = (
    "code",
    "line_id",
    "severity",
    "item__key",
    "item__name",
    "place__name",
    "place__parent__name",
    "check_result__uncounted__for_score",
    "check_result__uncounted__for_money",
)


def _late(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    due = _within(Finding.objects.exclude(state="withdrawn").filter(late_condition()), lines, start, over_by(end), "due_on")
    return _of_findings(due, "due_on", "late_rectification", "")


def _repeated(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    again = Finding.objects.exclude(state="withdrawn").filter(repeat_number__gt=1)
    return _of_findings(_within(again, lines, start, end, "found_on"), "found_on", "repeat_finding", "/repeat")


def _of_findings(rows: "QuerySet[Finding]", day: str, kind: str, ending: str) -> Iterator[Occurrence]:
    ordered = rows.order_by("line_id", day, "id").values_list(day, *FINDING_FIELDS)
    for on, code, line_id, severity, key, name, place, parent, score, money in ordered.iterator(chunk_size=CHUNK):
        if score is False and money is False:
            continue
        yield Occurrence(
            app="inspections",
            code=f"{code}{ending}",
            line_id=line_id,
            on=on,
            kind=kind,
            key=occurrence_key(key),
            severity=Grade(severity).severity.value,
            quantity=Decimal(1),
            label=name,
            place=place_label(place, parent),
            for_points=score is not False,
            for_money=money is not False,
        )


def _praised(lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]:
    rows = _within(Praise.objects.filter(state="given"), lines, start, end, "day").order_by("line_id", "day", "id")
    doubted = TrustReview.objects.filter(kind=PRAISE, record=OuterRef("code"))
    rows = rows.annotate(
        no_score=Exists(doubted.filter(counts_score=False)), no_money=Exists(doubted.filter(counts_money=False))
    ).exclude(no_score=True, no_money=True)
    fields = ("code", "line_id", "day", "text", "place__name", "place__parent__name", "no_score", "no_money")
    for code, line_id, day, text, place, parent, no_score, no_money in rows.values_list(*fields).iterator(chunk_size=CHUNK):
        yield Occurrence(
            app="inspections",
            code=code,
            line_id=line_id,
            on=day,
            kind="commendation",
            key="inspections",
            severity="minor",
            quantity=Decimal(1),
            label=text,
            place=place_label(place, parent),
            for_points=not no_score,
            for_money=not no_money,
        )
