from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from duban.kernel.errors import NotFound
from duban.kernel.period import Period as Span
from duban.platform.tables_by_name import wired
from duban.scorecards.domain.definition import from_json
from duban.scorecards.models import Card, Scheme, SchemeVersion
from duban.scorecards.selectors import cards_for_settlement, grade_in_force, scores_of_lines
from duban.scorecards.selectors.card_page import card_page
from duban.scorecards.selectors.cards import card_get, history_of, rank_of, waiting_count
from duban.scorecards.selectors.evidence import evidence_panel, evidence_sources
from duban.scorecards.selectors.periods import period_page
from duban.scorecards.selectors.recompute import inputs_of_card
from duban.scorecards.selectors.schemes import line_by_name, preview, tenant_of
from duban.scorecards.selectors.wording import (
    effect_text,
    filled,
    kind_name,
    metric_name,
    occurrence_url,
    rule_text,
    value_text,
)
from duban.scorecards.services import card_publish, grade_confirm, grades_propose
from tests.factories.scorecards import bound_line, closed, contract_line, full_month, office, period

D = Decimal


@pytest.fixture
def line(world, evidence):
    """A line scored in October, with a neighbour of the same service and a stranger's."""
    found = bound_line(world.ours)
    full_month(evidence, found)
    full_month(evidence, bound_line(world.ours, estate=world.ours.estate_two))
    full_month(evidence, bound_line(world.theirs))
    closed(world.theirs)
    closed(world.ours)
    return found


def card_of(line) -> Card:
    return Card.objects.with_names().get(line=line, period__key="2026-10")


def test_settlement_gets_published_cards_with_points(line, world, django_assert_num_queries):
    assert cards_for_settlement([line.pk], Span.parse("2026-10")) == []
    card_publish(actor=office(world.ours), card=card_of(line))
    with django_assert_num_queries(2):
        found = cards_for_settlement([line.pk], Span.parse("2026-10"))
        points = sorted(row.points for row in found[0].occurrences.all())
    assert (found[0].score, points) == (D("83.5"), [D(-1), D("-0.5")])


def test_scores_of_lines_come_oldest_first_without_drafts(line, world):
    version = card_of(line).scheme_version
    august = period(world.ours, "2026-08")
    Card.objects.create(line=line, period=august, scheme_version=version, outcome="scored", score=D(90), state="final")
    assert scores_of_lines([line.pk], Span.parse("2026-10")) == {line.pk: (("2026-08", D("90.0")),)}
    card_publish(actor=office(world.ours), card=card_of(line))
    assert scores_of_lines([line.pk], Span.parse("2026-10")) == {line.pk: (("2026-08", D("90.0")), ("2026-10", D("83.5")))}


def test_history_has_the_spread_of_comparable_lines(line):
    history = history_of(card_of(line))
    assert [(item.period, item.score) for item in history] == [("2026-10", D("83.5"))]
    assert (history[0].mean, history[0].spread) == (83.5, 0.0)


def test_rank_shares_places_where_intervals_overlap(line):
    rank = rank_of(card_of(line))
    assert (rank.first, rank.last, rank.count) == (1, 2, 2)


def test_rank_needs_a_score(world, evidence):
    bound_line(world.ours)
    closed(world.ours)
    assert rank_of(Card.objects.get()) is None


def test_waiting_is_counted_for_both_sides(line, world, actor):
    assert waiting_count(actor("quality_manager")) == 2
    assert waiting_count(actor("vendor_manager")) == 0
    card_publish(actor=office(world.ours), card=card_of(line))
    assert waiting_count(actor("quality_manager")) == 1
    assert waiting_count(actor("vendor_manager")) == 1


def test_page_tells_each_side_what_concerns_it(line, world, actor):
    card_publish(actor=office(world.ours), card=card_of(line))
    Card.objects.filter(line=line).update(has_late_evidence=True)
    inside = card_page(actor("quality_manager"), card_get(actor("quality_manager"), card_of(line).code))
    outside = card_page(actor("vendor_manager"), card_get(actor("vendor_manager"), card_of(line).code))
    assert [action.label for action in inside.actions] == ["Withdraw to draft"]
    assert [action.label for action in outside.actions] == ["Confirm", "Appeal line by line"]
    assert (len(inside.notices), len(outside.notices)) == (1, 0)
    assert inside.rank == "place 1–2 of 2 comparable lines"


def test_period_page_counts_only_the_own_scope(line, world, actor):
    contract_line(world.ours)
    page = period_page(actor("quality_manager"), period(world.ours))
    assert (page.lines, page.cards, page.drafts, page.unbound_count, page.is_up_to_date) == (2, 2, 2, 1, True)
    assert page.open_points == 2


def test_stored_inputs_are_the_ones_that_were_scored(line):
    inputs = inputs_of_card(card_of(line))
    assert inputs.ratios["inspections.pass_rate:lobby"].numerator == 98
    assert [item.kind for item in inputs.occurrences] == ["failed_item", "valid_complaint"]


def test_preview_scores_a_past_period_again_and_stores_nothing(line, world, actor):
    scheme = Scheme.objects.get(tenant=world.ours.root, key="CLN-M")
    rules = {**SchemeVersion.objects.get(scheme=scheme).definition, "deductions": []}
    found = preview(actor("quality_manager"), from_json(rules), period(world.ours), scheme)
    assert [(item.before, item.after, item.change) for item in found.lines] == [(D("83.5"), D("84.0"), D("0.5"))] * 2
    assert (found.mean_before, found.mean_after) == (D("83.5"), D("84.0"))
    assert card_of(line).score == D("83.5")


def test_lines_are_found_by_their_name_in_scope(line, world, actor):
    name = f"{line.contract.code}/1"
    assert line_by_name(actor("quality_manager"), name) == line
    with pytest.raises(NotFound):
        line_by_name(actor("their quality_manager"), name)
    assert tenant_of(actor("quality_manager")) == world.ours.root
    with pytest.raises(NotFound):
        tenant_of(actor("stranger"))


def test_grade_in_force_is_the_latest_confirmed(line, world, actor):
    record = grades_propose(actor=office(world.ours), period=period(world.ours))[0]
    assert grade_in_force(world.ours.vendor.pk, "cleaning") is None
    grade_confirm(actor=actor("quality_manager"), record=record, grade="B", note="first month")
    assert grade_in_force(world.ours.vendor.pk, "cleaning").grade == "B"


@pytest.mark.real_time
def test_every_wired_evidence_app_answers(world):
    line = bound_line(world.ours)
    for source in evidence_sources():
        for query in source.metric_facts([line.pk], date(2026, 10, 1), date(2026, 10, 31)):
            assert list(query) == []
        assert list(source.occurrences([line.pk], date(2026, 10, 1), date(2026, 10, 31))) == []


def test_panel_comes_from_the_app_the_metric_is_named_after(world, actor):
    line = bound_line(world.ours)
    span = (date(2026, 10, 1), date(2026, 10, 31))
    panel = evidence_panel(actor("quality_manager"), line.pk, "inspections.pass_rate:lobby", *span)
    assert (panel.app, panel.counted, panel.missed) == ("inspections", 0, 0)
    assert evidence_panel(actor("quality_manager"), line.pk, "nonsense.metric", *span) is None
    assert wired("DUBAN_EVIDENCE")


def test_words():
    assert value_text("share", D("0.98765")) == "98.8%"
    assert value_text("count", D(3)) == "3"
    assert value_text("rating", D("8.25")) == "8.3"
    assert value_text("share", None) == "–"
    assert filled("{missing} here", {}) == "{missing} here"
    assert rule_text({"template": "−{points} each", "params": {"points": "1"}}) == "−1 each"
    assert kind_name("absent_slot") == "Vacant post slot"
    assert kind_name("unheard_of") == "unheard_of"
    assert metric_name("inspections.pass_rate:lobby") == "Checks passed · lobby"
    assert occurrence_url("nowhere", "X-1") == ""
    assert occurrence_url("complaints", "CP-2026-0001-L") == occurrence_url("complaints", "CP-2026-0001")
    assert occurrence_url("inspections", "CR-7").endswith("CR-7/")


def test_red_lines_are_said_in_chinese(line):
    definition = from_json(card_of(line).scheme_version.definition)
    with translation.override("zh-hans"):
        assert [effect_text(item) for item in definition.red_lines][-1] == "得分不超过 69"
