"""Closing a month against one hand-written aggregation of the same evidence, and closing again after one changed day."""

import time
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from bench.run import Figures, timed
from bench.world import DAYS, FIRST, ZONE, World
from duban.inspections.models import CheckResult
from duban.kernel.metrics import EvidenceChanged
from duban.scorecards.models import Card, Period
from duban.scorecards.services.facts import mark_dirty
from duban.scorecards.services.periods import period_close, periods_open

BY_HAND = """
    SELECT result.line_id, item.block, SUM(result.verdict), COUNT(*)
    FROM inspections_checkresult AS result
    JOIN standards_standarditem AS item ON item.id = result.item_id
    WHERE result.day BETWEEN %s AND %s AND result.verdict IN (0, 1)
    GROUP BY result.line_id, item.block
"""
BY_HAND_DAILY = """
    CREATE TABLE bench_facts AS
    SELECT result.line_id, result.day, item.block, SUM(result.verdict) AS numerator, COUNT(*) AS denominator
    FROM inspections_checkresult AS result
    JOIN standards_standarditem AS item ON item.id = result.item_id
    WHERE result.day BETWEEN %s AND %s AND result.verdict IN (0, 1)
    GROUP BY result.line_id, result.day, item.block
"""
LAST = FIRST + timedelta(days=DAYS - 1)


def close_figures(world: World) -> Figures:
    """Seconds and ratios of closing."""
    mark_all(world)
    periods_open(actor=world.actor, tenant=world.root, today=date(2026, 11, 23))
    period = Period.objects.get(tenant=world.root, key="2026-10")
    by_hand: list[float] = []
    daily: list[float] = []
    stages: dict[str, float] = {}
    full: list[float] = []
    again: list[float] = []
    idle: list[float] = []
    for _ in range(3):
        with timed(by_hand), connection.cursor() as cursor:
            cursor.execute(BY_HAND, [FIRST, LAST])
            cursor.fetchall()
    with timed(daily), connection.cursor() as cursor:
        cursor.execute(BY_HAND_DAILY, [FIRST, LAST])
    with timed(full):
        started = time.perf_counter()
        period_close(actor=world.actor, period=period, progress=lambda stage, *_: stages.update({stage: time.perf_counter()}))
    period.refresh_from_db()
    with timed(idle):
        period_close(actor=world.actor, period=period)
    for number in range(3):
        _one_more_failure(world, number)
        with timed(again):
            period_close(actor=world.actor, period=period)
    hand = sorted(by_hand)[1]
    return {
        "one aggregation by hand": f"{hand:.2f} s",
        "daily sums by hand, stored": f"{daily[0]:.2f} s",
        "full close": f"{full[0]:.2f} s",
        "of it facts": f"{stages['facts'] - started:.2f} s",
        "of it cards with their traces": f"{stages['cards'] - stages['facts']:.2f} s",
        "full close / by hand (goal ≤ 2)": f"{full[0] / hand:.2f}",
        "full close / daily sums by hand": f"{full[0] / daily[0]:.2f}",
        "close again, nothing new": f"{idle[0] * 1000:.0f} ms",
        "close again, one dirty day": f"{sorted(again)[1] * 1000:.0f} ms",
        "dirty day / full close (goal ≤ 5 %)": f"{sorted(again)[1] / full[0]:.2%}",
        "cards": f"{Card.objects.filter(period=period).count():,}",
    }


def mark_all(world: World) -> None:
    """Announce the whole month, as the evidence apps would have done row by row."""
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]
    with transaction.atomic():
        for line in world.lines:
            mark_dirty(EvidenceChanged("bench", tuple((line.pk, day) for day in days)))


def _one_more_failure(world: World, number: int) -> None:
    line, day = world.lines[number], FIRST + timedelta(days=number)
    with transaction.atomic():
        at = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
        CheckResult.objects.create(line=line, item=world.items[0], day=day, at=at, verdict=0)
        mark_dirty(EvidenceChanged("bench", ((line.pk, day),)))
