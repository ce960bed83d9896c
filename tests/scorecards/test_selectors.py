from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.kernel.evidence import EvidencePanel
from duban.kernel.period import Period as Span
from duban.platform.tables_by_name import wired
from duban.scorecards.domain.definition import from_json
from duban.scorecards.models import Card, Scheme, SchemeVersion
from duban.scorecards.selectors import cards_for_settlement, grade_in_force, scores_of_lines
from duban.scorecards.selectors.card_charts import radar_of, trend_of
from duban.scorecards.selectors.card_page import card_page
from duban.scorecards.selectors.cards import card_get, history_of, period_get, rank_of, waiting_count
from duban.scorecards.selectors.evidence import evidence_panel, evidence_sources
from duban.scorecards.selectors.evidence_page import evidence_of
from duban.scorecards.selectors.periods import period_page
from duban.scorecards.selectors.recompute import inputs_of_card
from duban.scorecards.selectors.schemes import line_by_name, preview, tenant_of
from duban.scorecards.selectors.wording import (
    decimal_in,
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


@pytest.fixture
def second(line, world, evidence):
    """The same line in September, so that October has something to be compared with."""
    full_month(evidence, line, on=date(2026, 9, 1))
    closed(world.ours, "2026-09")
    return card_of(line)


def test_the_second_month_shows_the_change_and_the_month_before(second, world, actor):
    Card.objects.filter(pk=second.pk).update(is_failed=True)
    second.refresh_from_db()
    page = card_page(actor("quality_manager"), Card.objects.with_names().get(pk=second.pk))
    assert page.change == D(0)
    assert [series.dashed for series in page.radar.series][:2] == [False, True]
    assert any("red line" in text.lower() for text in page.notices)


def test_where_nobody_has_a_score_there_is_no_band_and_nobody_to_compare_with(world, evidence):
    silent = bound_line(world.ours)
    closed(world.ours)
    card = card_of(silent)
    band = trend_of(card, history_of(card)).band
    assert (set(band.lower), set(band.upper)) == ({None}, {None})
    assert len(radar_of(card, history_of(card)).series) == 1


def test_a_period_of_another_tenant_is_not_found(world, actor):
    period(world.theirs)
    with pytest.raises(NotFound):
        period_get(actor("quality_manager"), "2026-10")


def test_a_quarter_has_no_list_of_lines_without_a_scheme(line, world, actor):
    quarter = period(world.ours, "2026Q3")
    assert period_page(actor("quality_manager"), quarter).unbound == []


def test_stored_evidence_that_was_altered_is_refused(line):
    card = card_of(line)
    card.evidence = {"ratios": {"x": {"numerator": "?", "denominator": "1"}}}
    with pytest.raises(Invalid):
        inputs_of_card(card)


def test_evidence_of_a_red_line_has_no_metric_and_an_unknown_key_is_not_found(line, actor):
    card = card_of(line)
    key = from_json(card.scheme_version.definition).red_lines[0].key
    page = evidence_of(actor("quality_manager"), card, key)
    assert (page.summary, page.all_url) == ("", "")
    with pytest.raises(NotFound):
        evidence_of(actor("quality_manager"), card, "no-such-key")


def test_evidence_says_what_was_checked_and_where_it_failed_again(line, actor, monkeypatch):
    found = EvidencePanel(
        app="inspections",
        metric="inspections.pass_rate:lobby",
        counted=50,
        missed=2,
        repeats=1,
        repeat_days=90,
        url_name="inspections:results",
        query={"line": "1"},
    )
    monkeypatch.setattr("duban.scorecards.selectors.evidence_page.evidence_panel", lambda *_: found)
    page = evidence_of(actor("quality_manager"), card_of(line), "lobby")
    assert page.summary == "50 checked, 2 failed · 1 repeated within 90 days at the same place"
    assert page.all_url == "/inspections/results/?line=1"


def test_evidence_outside_the_readers_rights_stays_closed(line, actor, monkeypatch):
    def refuse(*_):
        raise NotAllowed

    monkeypatch.setattr("duban.scorecards.selectors.evidence_page.evidence_panel", refuse)
    assert evidence_of(actor("quality_manager"), card_of(line), "lobby").summary == ""


def test_numbers_in_texts_are_read_or_left():
    assert (decimal_in("1.5"), decimal_in(""), decimal_in("–")) == (D("1.5"), None, None)


def test_a_held_card_says_that_it_has_no_score(world, evidence, actor):
    silent = bound_line(world.ours)
    closed(world.ours)
    page = card_page(actor("quality_manager"), card_of(silent))
    assert any("Too little evidence" in text for text in page.notices)


def test_evidence_without_repeats_says_only_what_was_checked(line, actor, monkeypatch):
    found = EvidencePanel(app="inspections", metric="inspections.pass_rate:lobby", counted=50, missed=2)
    monkeypatch.setattr("duban.scorecards.selectors.evidence_page.evidence_panel", lambda *_: found)
    page = evidence_of(actor("quality_manager"), card_of(line), "lobby")
    assert (page.summary, page.all_url) == ("50 checked, 2 failed", "")
