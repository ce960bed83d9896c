"""Keeping the metric facts in step with the evidence: only what changed, by whole rectangles, inside the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.imports.statements import insert_rows
from duban.scorecards.domain.vocabulary import asks_for
from duban.scorecards.models import DirtyPair, Fact, SchemeVersion
from duban.scorecards.selectors.evidence import evidence_sources, lines_asking, optional_metrics
from duban.scorecards.selectors.scoring import DirtyLine, dirty_lines

CHUNK = 250
"""Lines per transaction: others get to write in between, and the number of statements stays small."""

MANY_SPANS = 6
"""Above so many different spans of days in one chunk, one rectangle over all of them is cheaper than many statements."""

Progress = Callable[[int, int], None]


def mark_dirty(event: EvidenceChanged) -> None:
    """Remember that the facts of these (line, day) pairs are old. Runs inside the announcer's transaction."""
    insert_rows(DirtyPair, [{"line_id": line, "day": day} for line, day in sorted(set(event.pairs))])


def refresh_facts(*, actor: Actor, start: date, end: date, progress: Progress | None = None) -> int:
    """Make the facts of `start`–`end` again where evidence changed; returns the number of lines touched.

    Works in chunks, each in a transaction of its own, so that a killed run is simply continued by the next. Two runs
    at once are kept apart by locks on the lines. Doing it again without new evidence changes nothing.
    """
    dirty = dirty_lines(ContractLine.objects.for_actor(actor), start, end)
    done = 0
    for lines, first, last in _rectangles(dirty):
        _refresh_rectangle(lines, first, last)
        done += len(lines)
        if progress is not None:
            progress(done, len(dirty))
    return done


def _rectangles(dirty: Sequence[DirtyLine]) -> Iterator[tuple[list[int], date, date]]:
    for position in range(0, len(dirty), CHUNK):
        chunk = dirty[position : position + CHUNK]
        if len({(item.first, item.last) for item in chunk}) > MANY_SPANS:
            yield [item.line_id for item in chunk], min(item.first for item in chunk), max(item.last for item in chunk)
            continue
        ordered = sorted(chunk, key=lambda item: (item.first, item.last, item.line_id))
        for (first, last), items in groupby(ordered, key=lambda item: (item.first, item.last)):
            yield [item.line_id for item in items], first, last


@transaction.atomic
def _refresh_rectangle(lines: list[int], first: date, last: date) -> None:
    lock_lines(lines)
    inside = {"line__in": lines, "day__range": (first, last)}
    if not DirtyPair.objects.filter(**inside, is_refreshed=False).update(is_refreshed=True):
        return
    Fact.objects.filter(**inside).delete()
    for source in evidence_sources():
        for query in source.metric_facts(lines, first, last):
            _insert_from(query)
    for metric, count in optional_metrics().items():
        asking = lines_asking(metric, lines)
        for query in count(asking, first, last) if asking else ():
            _insert_from(query)


def mark_where_asked(version: SchemeVersion, from_on: Mapping[int, date]) -> None:
    """Let the facts of newly bound lines be made again where the version asks for a metric that not every line has.

    `from_on` says for each line from which day on the version counts; the days up to today are marked.
    """
    if not any(asks_for(version.definition, metric) for metric in optional_metrics()):
        return
    today = timezone.localdate()
    days = {line: range(first.toordinal(), today.toordinal() + 1) for line, first in from_on.items()}
    mark_dirty(EvidenceChanged("scorecards", tuple((line, date.fromordinal(day)) for line in days for day in days[line])))


def lock_lines(lines: Sequence[int]) -> None:
    """Keep other refreshes and scorings of these lines out until the transaction ends; in key order, so nobody deadlocks."""
    list(ContractLine.objects.filter(pk__in=lines).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _insert_from(query: "QuerySet[Any, Any]") -> None:
    """`INSERT … SELECT` of a grouped query: the rows never leave the database. Plain SQL, the same on both engines."""
    select, params = query.query.sql_with_params()
    table, names = Fact._meta.db_table, ("metric", "line_id", "day", "numerator", "denominator")
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(table)} ({columns}) {select}", params)
