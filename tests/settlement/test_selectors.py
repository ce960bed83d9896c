from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from duban.estates.models import Post
from duban.kernel.errors import NotFound
from duban.settlement.domain.templates import terms_from_template
from duban.settlement.models import StatementLine
from duban.settlement.selectors.bands import cliff_rows
from duban.settlement.selectors.card_panel import card_panel
from duban.settlement.selectors.clock import clock_of
from duban.settlement.selectors.counts import work_words
from duban.settlement.selectors.facts import address_of, facts_of
from duban.settlement.selectors.inputs import gather_cases
from duban.settlement.selectors.statement_page import statement_page
from duban.settlement.selectors.statements import (
    appeal_get,
    line_get,
    period_total,
    revisions_of,
    statement_get,
    statement_list,
    terms_get,
    vendor_options,
)
from duban.settlement.selectors.terms_page import _bands as bands_of
from duban.settlement.selectors.terms_page import terms_page
from duban.settlement.selectors.waterfall import waterfall
from duban.settlement.selectors.wording import clause_words, filled, in_language
from duban.settlement.services.terms import terms_store_template
from tests.factories.settlement import OCTOBER, make_contract, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    make_statement(world.theirs)
    return make_statement(world.ours)


def test_reads_are_scoped(statement, actor):
    assert list(statement_list(actor("finance"))) == [statement]
    assert statement_get(actor("finance"), statement.code) == statement
    for read in (
        lambda: statement_get(actor("their finance"), statement.code),
        lambda: line_get(actor("finance"), statement.code, 99),
        lambda: line_get(actor("rival_manager"), statement.code, 1),
        lambda: appeal_get(actor("finance"), "SA-0"),
        lambda: terms_get(actor("their finance"), statement.terms_version.code),
    ):
        with pytest.raises(NotFound):
            read()


def test_sums_of_a_period(statement, actor):
    assert period_total(actor("finance"), "2026-10")["payable"] == Decimal("225846.87")
    assert period_total(actor("finance"), "2026-09") == dict.fromkeys(("payable", "deducted", "disputed"), Decimal("0.00"))


def test_options_and_revisions(statement, actor, world):
    assert {code for code, _ in vendor_options(actor("finance"))} == {world.ours.vendor.code, world.ours.rival.code}
    assert revisions_of(actor("finance"), statement) == [statement]


def test_the_waterfall_ends_in_the_payable(statement):
    lines = list(statement.lines.all())
    chart = waterfall(statement, lines)
    assert [step.kind for step in chart.steps] == ["base", "base", "plus", "minus", "minus", "total"]
    assert sum(step.amount for step in chart.steps[:-1]) == chart.steps[-1].amount == statement.payable_amount


def test_a_long_waterfall_is_summed_by_kind(statement, monkeypatch):
    monkeypatch.setattr("duban.settlement.selectors.waterfall.WATERFALL_LIMIT", 3)
    chart = waterfall(statement, list(statement.lines.all()))
    assert [(step.label, step.amount) for step in chart.steps[:2]] == [
        ("Base fee", Decimal("243400.00")),
        ("Change order", Decimal("6193.55")),
    ]
    assert sum(step.amount for step in chart.steps[:-1]) == statement.payable_amount


def test_cliffs_in_words(statement):
    rows = cliff_rows(statement, list(statement.lines.all()))
    assert [row.text for row in rows if row.line.endswith("/2")] == [
        "8.4 points above the band that ends at 70: falling below costs ¥23,720.00",
        "1.6 points short of 80: reaching it brings ¥11,860.00",
    ]


def test_the_clock_waits_for_agreement(statement):
    assert clock_of(statement).due_on is None


def test_the_panel_of_a_card(statement, actor):
    line = statement.lines.get(kind="score", contract_line__number=2)
    template, context = card_panel(actor("finance"), line.card_code)
    assert template == "settlement/card_panel.html"
    assert (context["total"], len(context["rows"]), len(context["cliffs"])) == (Decimal("106740.00"), 2, 2)
    shown = render_to_string(template, context)
    for text in ("Payment consequence", "−11,860.00", "1.6 points short of 80", statement.code):
        assert text in shown
    assert card_panel(actor("their finance"), line.card_code) is None
    assert card_panel(actor("vendor_manager"), line.card_code) is None
    assert card_panel(actor("stranger"), line.card_code) is None


def test_the_page_costs_no_more_with_more_lines(statement, actor, django_assert_max_num_queries):
    finance = actor("finance")
    with django_assert_max_num_queries(10):
        page = statement_page(finance, statement_get(finance, statement.code))
    assert len(page.lines) == 6
    assert [action.label for action in page.actions] == [
        "Recomputation trace",
        "Bonus or deduction",
        "Change order",
        "Send to vendor",
    ]


@pytest.mark.parametrize(
    ("code", "first"),
    [("T4", ("≥ 85", "100%")), ("T5", ("0–100", "95% fixed, 5% by score")), ("T9", ("≥ 90", "100%")), ("T17", None)],
)
def test_terms_in_words(world, actor, code, first):
    version = terms_store_template(actor=actor("finance"), tenant=world.ours.root, code=code, choices={})
    page = terms_page(actor("finance"), version)
    assert ((page.bands[0].scores, page.bands[0].pays) if page.bands else None) == first
    assert all(row.label and row.kind for row in page.charges)


def test_facts_know_their_pages(statement):
    assert address_of("attendance", "AS-1") == "/attendance/slots/AS-1/"
    assert address_of("inspections", "FD-2026-0001") == "/inspections/findings/FD-2026-0001/"
    assert address_of("complaints", "CP-2026-0001-L") == "/complaints/CP-2026-0001/"
    assert address_of("attendance", "AS-17-M") == address_of("attendance", "AS-17") == "/attendance/slots/AS-17/"
    assert address_of("contracts", "CT-2026-0001/1:licence:2026-10") == ""
    assert facts_of(statement.lines.get(kind="retention")) == []


def test_a_terminated_contract_is_paid_to_its_last_day(world):
    contract = make_contract(world.ours, terminated_on=OCTOBER.start.replace(day=10))
    (case,), without = gather_cases([contract], OCTOBER)
    assert without == []
    assert {span.until_on.day for line in case.inputs.lines for span in line.spans} == {10}


def test_words():
    assert (clause_words("9.1"), clause_words("Annex 3"), clause_words("")) == ("clause 9.1", "Annex 3", "")
    assert filled("", {}) == ""
    with translation.override("zh-hans"):
        assert in_language({"en": "a", "zh": "甲"}) == "甲"
        assert clause_words("9.1") == "第 9.1 条"
    assert in_language({"en": "a", "zh": "甲"}) == "a"


def test_the_hourly_price_follows_the_posts_of_the_estate(world):
    contract = make_contract(world.ours)
    Post.objects.create(
        estate=world.ours.estate, service_line="cleaning", name="大堂岗", hours_per_week=Decimal(56), heads=Decimal(2)
    )
    (case,), _ = gather_cases([contract], OCTOBER)
    with_posts, without = case.inputs.lines
    assert with_posts.hourly_price is not None
    assert without.hourly_price is None


def test_earlier_failures_in_the_term_are_counted_from_the_statements_that_count(statement):
    line = statement.contract.lines.get(number=1)
    for number, (row, facts) in enumerate(((line, ["a/1", "a/2"]), (line, ["a/3"]), (None, ["a/4"]))):
        StatementLine.objects.create(
            statement=statement,
            position=50 + number,
            kind="charge",
            key=f"charge:x{number}:fault",
            contract_line=row,
            facts=facts,
        )
    (case,), _ = gather_cases([statement.contract], OCTOBER.next())
    assert [dict(each.prior_counts) for each in case.inputs.lines] == [{"fault": 3}, {}]


def test_a_contract_without_a_running_line_has_no_statement(world):
    contract = make_contract(world.ours)
    contract.lines.update(starts_on=OCTOBER.next().start)
    assert gather_cases([contract], OCTOBER) == ([], [])


def test_a_pool_paid_by_tiers_shows_both(world, actor):
    terms = terms_from_template("T5", {}, {})
    inner = terms_from_template("T3", {}, {}).score.rule
    rows = list(bands_of(replace(terms.score.rule, inner=inner)))
    assert rows[0].pays == "95% fixed, 5% by score"
    assert len(rows) == 1 + len(list(bands_of(inner)))


def test_a_charge_is_called_by_its_rule_in_the_waterfall(statement):
    StatementLine.objects.create(
        statement=statement,
        position=60,
        kind="charge",
        key="charge:x:y",
        amount=-200,
        params={"rule": {"zh": "睡岗", "en": "Asleep"}},
    )
    assert "Asleep" in [step.label for step in waterfall(statement, list(statement.lines.all())).steps]


def test_kinds_of_work_are_named_for_reading():
    assert [work_words("", "per_visit"), work_words("", "unit_prices"), work_words("绿篱修剪", "unit_prices")] == [
        "Service visit",
        "Work as agreed",
        "绿篱修剪",
    ]
