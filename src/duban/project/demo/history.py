"""Eleven closed months: closed, published, confirmed by silence, settled, paid. October is left to the reader."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from duban.kernel.actor import Actor
from duban.kernel.period import Period as Span
from duban.orgs.selectors import actor_for_person
from duban.platform.states import advance_many
from duban.project.demo.clock import at
from duban.project.demo.company import FIRST_DAY
from duban.project.demo.panels import rate_lines
from duban.project.demo.registers import World
from duban.scorecards.models import Card, Period, VendorGrade
from duban.scorecards.services.cards import cards_lapse, cards_publish
from duban.scorecards.services.grades import grade_confirm, grades_propose
from duban.scorecards.services.periods import period_close, periods_open
from duban.settlement.models import Statement
from duban.settlement.services.answering import statement_send, statements_lapse
from duban.settlement.services.building import statements_build
from duban.settlement.services.paying import payment_record, statement_finalise

CLOSED_MONTHS = 11
Say = Callable[[str], None]


def months() -> list[Span]:
    """The months that are closed and settled in the demo."""
    found = [Span.month_of(FIRST_DAY)]
    while len(found) < CLOSED_MONTHS:
        found.append(found[-1].next())
    return found


def last_month() -> Span:
    """The newest settled month."""
    return months()[-1]


def play_history(world: World, system: Actor, say: Say) -> None:
    """Close and settle November 2025 to September 2026 month by month, each at its own time; what is paid stays."""
    periods_open(actor=system, tenant=world.tenant, today=date(2026, 11, 1), months_back=CLOSED_MONTHS + 1)
    say(f"{rate_lines(world)} ratings of front desks")
    for month in months():
        if not Statement.objects.filter(period_code=month.code, state="paid").exists():
            _play_month(world, system, month)
            say(f"{month.code} closed and settled")
    _grade_vendors(world, system)
    DBTaskResult.objects.all().delete()  # what these months announced was read long ago


def _grade_vendors(world: World, system: Actor) -> None:
    """Propose grades from the year; the director confirms those without a trigger, the others wait for the reader."""
    period = Period.objects.get(tenant=world.tenant, key=last_month().code)
    if VendorGrade.objects.filter(period=period).exists():
        return
    with at(last_month().next().start + timedelta(days=16)):
        director = actor_for_person(world.people["director"])
        for grade in grades_propose(actor=system, period=period):
            if grade.proposed_grade in {"A", "B"} and not grade.measure:
                grade_confirm(actor=director, record=grade, grade=grade.proposed_grade)


def _play_month(world: World, system: Actor, month: Span) -> None:
    period = Period.objects.get(tenant=world.tenant, key=month.code)
    first = month.next().start
    with at(first, 2):
        period_close(actor=system, period=period)
    with at(first + timedelta(days=4)):
        cards_publish(actor=actor_for_person(world.people["quality"]), period=period)
    with at(first + timedelta(days=14), 1):
        cards_lapse()
    with at(first + timedelta(days=15)):
        with transaction.atomic():
            advance_many(Card.objects.filter(period=period, state="confirmed"), "finalise", actor=system)
        _send_statements(world, month)
    with at(first + timedelta(days=26), 1):
        statements_lapse()
    _finish(world, month, first)


def _send_statements(world: World, month: Span) -> None:
    finance = actor_for_person(world.people["finance"])
    statements_build(actor=finance, period=month)
    for statement in Statement.objects.filter(period_code=month.code, is_current=True).with_names():
        statement_send(actor=finance, statement=statement)


def _finish(world: World, month: Span, first: date) -> None:
    finance = actor_for_person(world.people["finance2"])
    for statement in Statement.objects.filter(period_code=month.code, is_current=True, state="confirmed").with_names():
        with at(first + timedelta(days=27)):
            final = statement_finalise(actor=finance, statement=statement)
        with at(first + timedelta(days=40)):
            if final.payable_amount > 0:
                payment_record(
                    actor=finance,
                    statement=final,
                    amount=final.payable_amount,
                    paid_on=first + timedelta(days=40),
                    reference=f"HY{month.code.replace('-', '')}{statement.pk:05d}",
                )
