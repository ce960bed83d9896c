from datetime import date

from duban.scorecards.domain.result_json import inputs_to_json
from duban.scorecards.models import Card, SchemeVersion
from duban.scorecards.selectors.scoring import LineToScore
from duban.scorecards.services import card_publish
from duban.scorecards.services.facts import refresh_facts
from duban.scorecards.services.scoring import gather_inputs, inputs_digest, score_lines, versions_in_force
from tests.factories.scorecards import bound_line, closed, full_month, office, period


def test_mobilisation_reaches_the_inputs(world, evidence):
    line = bound_line(world.ours, scheme="T16", mobilisation_until=date(2026, 10, 31))
    for number in range(150):
        evidence.happen(line, f"F{number}")
    evidence.measure(line, "inspections.pass_rate", 350, 500)
    october = period(world.ours)
    refresh_facts(actor=office(world.ours), start=october.starts_on, end=october.ends_on)
    score_lines(actor=office(world.ours), period=october, lines=[line.pk], versions={})
    assert str(Card.objects.get().score) == "100.0"
    assert Card.objects.get().result["accrued_points"] == "150"


def test_digest_tells_rules_and_evidence_apart(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    october = period(world.ours)
    ids = list(SchemeVersion.objects.values_list("pk", flat=True)[:2])
    first, second = (versions_in_force(ids)[pk] for pk in ids)
    inputs = inputs_to_json(gather_inputs(october, [LineToScore(line.pk, first.id, mobilisation=False)])[line.pk])
    late = inputs_to_json(gather_inputs(october, [LineToScore(line.pk, first.id, mobilisation=True)])[line.pk])
    assert inputs_digest(first, inputs) == inputs_digest(first, inputs)
    assert len({inputs_digest(first, inputs), inputs_digest(second, inputs), inputs_digest(first, late)}) == 3


def test_scoring_the_same_evidence_again_changes_nothing(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    closed(world.ours)
    october = period(world.ours)
    report = score_lines(actor=office(world.ours), period=october, lines=[line.pk], versions={})
    assert (report.unchanged, report.created, report.updated) == (1, [], [])


def test_a_published_card_is_flagged_once_for_evidence_that_came_late(world, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    october = closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get(line=line))
    evidence.measure(line, "inspections.pass_rate:lobby", 1, 2, on=date(2026, 10, 2))
    refresh_facts(actor=office(world.ours), start=date(2026, 10, 1), end=date(2026, 10, 31))
    first = score_lines(actor=office(world.ours), period=october, lines=[line.pk], versions={})
    again = score_lines(actor=office(world.ours), period=october, lines=[line.pk], versions={})
    assert (len(first.late), first.unchanged, again.late, again.unchanged) == (1, 0, [], 1)
