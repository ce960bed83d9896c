from datetime import date
from decimal import Decimal

from duban.kernel.metrics import EvidenceChanged
from duban.scorecards.models import DirtyPair, Fact
from duban.scorecards.services.facts import MANY_SPANS, mark_dirty, refresh_facts
from tests.factories.scorecards import bound_line, office

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def refresh(world):
    return refresh_facts(actor=office(world.ours), start=FIRST, end=LAST)


def test_pairs_are_marked_once_for_each_announcement(world):
    line = bound_line(world.ours)
    mark_dirty(EvidenceChanged("x", ((line.pk, FIRST), (line.pk, FIRST), (line.pk, LAST))))
    assert DirtyPair.objects.count() == 2


def test_facts_follow_the_evidence_and_only_what_changed(world, evidence):
    line, other = bound_line(world.ours), bound_line(world.ours, service_line="other")
    evidence.measure(line, "attendance.presence", 9, 10)
    evidence.measure(other, "attendance.presence", 5, 10)
    assert refresh(world) == 2
    assert refresh(world) == 0
    untouched = Fact.objects.get(line=other).pk
    evidence.measure(line, "attendance.presence", 10, 10)
    assert refresh(world) == 1
    assert Fact.objects.get(line=line).numerator == Decimal(10)
    assert Fact.objects.get(line=other).pk == untouched


def test_withdrawn_evidence_takes_its_fact_away(world, evidence):
    line = bound_line(world.ours)
    evidence.measure(line, "attendance.presence", 9, 10)
    refresh(world)
    evidence.facts.clear()
    mark_dirty(EvidenceChanged("fake", ((line.pk, FIRST),)))
    refresh(world)
    assert Fact.objects.count() == 0


def test_many_different_spans_become_one_rectangle(world, evidence):
    for number in range(MANY_SPANS + 2):
        line = bound_line(world.ours, service_line=f"s{number}")
        evidence.measure(line, "attendance.presence", 9, 10, on=date(2026, 10, number + 1))
    steps = []
    refresh_facts(actor=office(world.ours), start=FIRST, end=LAST, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(MANY_SPANS + 2, MANY_SPANS + 2)]
    assert Fact.objects.count() == MANY_SPANS + 2


def test_evidence_of_others_is_left_alone(world, evidence):
    evidence.measure(bound_line(world.theirs), "attendance.presence", 9, 10)
    assert refresh(world) == 0
    assert Fact.objects.count() == 0


def test_what_another_refreshed_meanwhile_is_left_alone(world, evidence, monkeypatch):
    line = bound_line(world.ours)
    evidence.measure(line, "inspections.pass_rate:lobby", 9, 10)

    def somebody_was_faster(lines):
        DirtyPair.objects.filter(line__in=lines).update(is_refreshed=True)

    monkeypatch.setattr("duban.scorecards.services.facts.lock_lines", somebody_was_faster)
    refresh_facts(actor=office(world.ours), start=FIRST, end=LAST)
    assert Fact.objects.count() == 0
