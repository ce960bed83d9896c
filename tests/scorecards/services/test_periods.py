from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.kernel.errors import NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.scorecards.models import Card, CardOccurrence, DirtyPair, Fact, LineScheme, Period, SchemeVersion
from duban.scorecards.services import card_publish, period_close, periods_open, periods_open_everywhere
from duban.scorecards.services.periods import period_close_for
from tests.factories.scorecards import bound_line, closed, contract_line, full_month, office, period

D = Decimal


def close(tenant, key="2026-10"):
    return period_close(actor=office(tenant), period=period(tenant, key))


def test_periods_open_by_themselves_once(world):
    first = periods_open_everywhere(today=date(2026, 11, 23))
    assert first == 2 * (13 + 4)
    assert periods_open_everywhere(today=date(2026, 11, 23)) == 0
    assert periods_open_everywhere(today=date(2026, 12, 1)) == 2
    keys = set(Period.objects.filter(tenant=world.ours.root).values_list("key", flat=True))
    assert {"2025-11", "2026-10", "2026-12", "2026Q4"} <= keys


def test_close_makes_a_draft_card_with_everything_on_it(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    report = close(world.ours)
    card = Card.objects.get(line=line)
    assert (report.created, report.updated, report.held, report.is_closed) == ((card.code,), (), (), True)
    assert (card.state, card.outcome, card.score) == ("draft", "scored", D("83.5"))
    assert card.low < card.score < card.high
    assert [row.key for row in card.indicators.all()] == [
        "outside",
        "lobby",
        "floors",
        "restroom",
        "waste",
        "staff",
        "rectified",
        "satisfaction",
    ]
    assert [(row.kind, row.points, row.section) for row in card.occurrences.order_by("kind")] == [
        ("failed_item", D(-1), "indicator"),
        ("valid_complaint", D("-0.5"), "deduction"),
    ]
    assert Fact.objects.filter(line=line).count() == 7
    assert DirtyPair.objects.count() == 0
    assert AuditEntry.objects.filter(action="score").count() == 1


def test_closing_twice_changes_nothing(world, evidence):
    full_month(evidence, bound_line(world.ours))
    close(world.ours)
    before = (list(Card.objects.values()), list(CardOccurrence.objects.values()), AuditEntry.objects.count())
    report = close(world.ours)
    assert (report.has_changes, report.refreshed_lines, report.unchanged) == (False, 0, 0)
    assert (list(Card.objects.values()), list(CardOccurrence.objects.values()), AuditEntry.objects.count()) == before


def test_late_evidence_touches_only_its_own_card(world, evidence):
    first, second = bound_line(world.ours), bound_line(world.ours, estate=world.ours.estate_two)
    full_month(evidence, first)
    full_month(evidence, second)
    close(world.ours)
    untouched = Card.objects.filter(line=second).values().get()
    evidence.measure(first, "inspections.pass_rate:lobby", 5, 10, on=date(2026, 10, 20))
    report = close(world.ours)
    card = Card.objects.get(line=first)
    assert (report.created, report.updated, report.refreshed_lines) == ((), (card.code,), 1)
    assert card.score < untouched["score"]
    assert Card.objects.filter(line=second).values().get() == untouched
    assert card.occurrences.count() == 2


def test_published_card_stays_and_is_flagged(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    card = Card.objects.get(period=closed(world.ours))
    card_publish(actor=office(world.ours), card=card)
    evidence.measure(line, "inspections.pass_rate:lobby", 5, 10, on=date(2026, 10, 20))
    report = close(world.ours)
    stored = Card.objects.get(pk=card.pk)
    assert (report.late, report.updated) == ((card.code,), ())
    assert (stored.score, stored.has_late_evidence) == (card.score, True)
    evidence.measure(line, "inspections.pass_rate:lobby", 0, 0, on=date(2026, 10, 20))
    close(world.ours)
    assert Card.objects.get(pk=card.pk).has_late_evidence is False


def test_line_without_evidence_has_no_score(world, evidence):
    line = bound_line(world.ours)
    report = close(world.ours)
    card = Card.objects.get(line=line)
    assert (card.outcome, card.score, report.held) == ("held", None, (card.code,))


def test_another_version_scores_the_draft_again(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    close(world.ours)
    version = SchemeVersion.objects.get(scheme__tenant=world.ours.root, scheme__key="T16")
    LineScheme.objects.create(line=line, version=version, from_on=date(2026, 10, 15))
    report = close(world.ours)
    assert len(report.updated) == 1
    assert Card.objects.get(line=line).scheme_version == version


def test_lines_outside_the_period_or_unbound_or_in_draft_contracts_get_no_card(world, evidence):
    bound_line(world.ours, starts_on=date(2026, 11, 1))
    contract_line(world.ours)
    draft = bound_line(world.ours)
    draft.contract.state = "draft"
    draft.contract.save()
    bound_line(world.ours, scheme="FIRE-Q")
    close(world.ours)
    assert Card.objects.count() == 0


def test_quarter_is_closed_by_its_own_schemes(world, evidence):
    line = bound_line(world.ours, scheme="FIRE-Q", service_line="maintenance")
    for month in (7, 8, 9):
        for key in ("upkeep", "faults", "quality"):
            evidence.measure(line, f"inspections.pass_rate:{key}", 10, 10, on=date(2026, month, 5))
    close(world.ours, "2026Q3")
    assert Card.objects.get(line=line).score == D("100.0")


def test_running_period_stays_open(world, evidence):
    full_month(evidence, bound_line(world.ours), on=date(2026, 11, 2))
    report = close(world.ours, "2026-11")
    assert (len(report.created), report.is_closed) == (1, False)


def test_period_that_has_not_begun_is_refused(world):
    periods_open(actor=office(world.ours), tenant=world.ours.root, today=date(2026, 12, 31))
    with pytest.raises(WrongState):
        period_close(actor=office(world.ours), period=Period.objects.get(tenant=world.ours.root, key="2026-12"))


def test_only_who_may_close_closes_and_only_in_scope(world, evidence, actor):
    full_month(evidence, bound_line(world.ours))
    full_month(evidence, bound_line(world.theirs))
    with pytest.raises(NotAllowed):
        period_close(actor=actor("finance"), period=period(world.ours))
    period_close(actor=actor("quality_manager"), period=period(world.ours))
    assert set(Card.objects.values_list("line__contract__office", flat=True)) == {world.ours.project.pk}
    assert DirtyPair.objects.filter(line__contract__office=world.theirs.project).exists()


def test_killed_between_facts_and_cards_is_continued(world, evidence, monkeypatch):
    full_month(evidence, bound_line(world.ours))
    with monkeypatch.context() as broken:
        broken.setattr("duban.scorecards.services.periods.score_lines", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            close(world.ours)
    assert Card.objects.count() == 0
    close(world.ours)
    assert Card.objects.get().score == D("83.5")


def test_close_costs_the_same_queries_for_more_lines(world, evidence):
    def cost(count):
        for _ in range(count):
            bound_line(world.ours, service_line=f"x{Card.objects.count()}")
        target = period(world.ours)
        with CaptureQueriesContext(connection) as captured:
            period_close(actor=office(world.ours), period=target)
        return len(captured)

    cost(1)
    assert cost(1) == cost(5)


def test_a_job_closes_with_the_rights_its_person_has_now(world, evidence):
    full_month(evidence, bound_line(world.ours))
    october = period(world.ours)
    report = period_close_for(period_id=october.pk, person_id=world.ours.person("quality_manager").pk)
    assert (report.period, len(report.created)) == ("2026-10", 1)
    with pytest.raises(NotAllowed):
        period_close_for(period_id=october.pk, person_id=world.ours.person("finance").pk)
