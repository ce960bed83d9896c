import json
from datetime import date
from decimal import Decimal

from duban.inspections.domain.verdicts import Verdict
from duban.kernel.metrics import EvidenceChanged
from duban.scorecards.models import DirtyPair, Fact, SchemeVersion
from duban.scorecards.selectors.evidence import lines_asking
from duban.scorecards.services import line_scheme_bind, line_schemes_create
from duban.scorecards.services.facts import MANY_SPANS, mark_dirty, mark_where_asked, refresh_facts
from tests.factories.inspections import make_line, make_result
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


LEVELLED = "inspections.levelled_rate"


def asking_version(world):
    """A version in force, the shipped one with the levelled rate in the place of the plain one."""
    version = SchemeVersion.objects.get(scheme__tenant=world.ours.root, scheme__key="CLN-M", number=1)
    version.definition = json.loads(json.dumps(version.definition).replace("inspections.pass_rate", LEVELLED))
    version.save()
    return version


def test_a_metric_that_not_every_line_has_is_counted_where_a_scheme_asks(world, evidence, django_assert_num_queries):
    plain, line = bound_line(world.ours), make_line(world.ours)
    result = make_result(line, verdict=Verdict.PASS)
    assert lines_asking(LEVELLED, [line.pk, plain.pk]) == []
    version = asking_version(world)
    line_scheme_bind(actor=office(world.ours), line=line, version=version, from_on=FIRST)
    with django_assert_num_queries(2):
        assert lines_asking(LEVELLED, [line.pk]) == [line.pk]
    assert DirtyPair.objects.filter(line=line, day=result.day).exists()
    refresh(world)
    counted = Fact.objects.filter(line=line).order_by("metric").values_list("metric", "numerator", "denominator")
    assert list(counted) == [(LEVELLED, 1, 1), (f"{LEVELLED}:floors", 1, 1)]


def test_a_scheme_that_does_not_ask_marks_nothing(world):
    line = bound_line(world.ours)
    mark_where_asked(SchemeVersion.objects.get(scheme__key="CLN-M"), {line.pk: FIRST})
    assert not DirtyPair.objects.exists()


def test_many_lines_bound_at_once_are_counted_anew_where_the_version_asks(world):
    lines = [make_line(world.ours).pk, bound_line(world.ours).pk]
    version = asking_version(world)
    start = {lines[0]: date(2026, 11, 22), lines[1]: date(2026, 11, 23)}
    line_schemes_create(actor=office(world.ours), bindings=dict.fromkeys(lines, version), from_on=start, record=version)
    assert DirtyPair.objects.count() == 3
