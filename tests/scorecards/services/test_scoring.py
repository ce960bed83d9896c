from datetime import date

from duban.scorecards.domain.result_json import inputs_to_json
from duban.scorecards.models import Card, SchemeVersion
from duban.scorecards.selectors.scoring import LineToScore
from duban.scorecards.services.facts import refresh_facts
from duban.scorecards.services.scoring import gather_inputs, inputs_digest, score_lines, versions_in_force
from tests.factories.scorecards import bound_line, full_month, office, period


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
