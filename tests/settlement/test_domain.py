from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.calendar import WorkCalendar
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.settlement.domain import calc_schemas
from duban.settlement.domain.agreement import (
    ClauseNumbers,
    ContractRates,
    agreed_terms,
    hourly_price,
    with_clauses,
    with_hourly_price,
)
from duban.settlement.domain.appeal_window import answer_until, is_silence_consent
from duban.settlement.domain.calc import read_inputs, write_inputs
from duban.settlement.domain.charge_definitions import charge_json, read_charge
from duban.settlement.domain.charges import ChargeContext
from duban.settlement.domain.charging import charge_line, score_deduction
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.facts import Fact, read_fact
from duban.settlement.domain.fees import FeeBasis, FeeSpan, month_parts
from duban.settlement.domain.figures import AdjustmentInput, ExtraInput, LineInput, StatementInputs
from duban.settlement.domain.line_figures import tidy
from duban.settlement.domain.rule_texts import RULE_TEXTS, rule_params
from duban.settlement.domain.templates import template_definitions, terms_from_template
from duban.settlement.domain.terms import AppealTerms

OCTOBER = Period.parse("2026-10")
YEAR = WorkCalendar.of([2026])
RATES = ContractRates(
    vat_rate=Decimal("0.09"),
    is_vat_included=False,
    retention_rate=Decimal("0.03"),
    cap_rate=Decimal("0.25"),
    appeal_working_days=3,
)


def test_the_rates_of_the_contract_win():
    terms = agreed_terms(terms_from_template("T4", {}), RATES)
    assert (terms.vat.rate, terms.vat.included) == (Decimal("0.09"), False)
    assert (terms.retention.rate, terms.cap.rate, terms.appeal.working_days) == (Decimal("0.03"), Decimal("0.25"), 3)


def test_an_hour_of_a_post_around_the_clock():
    assert hourly_price(Decimal(21900), Decimal(168)) == Decimal("30.00")
    assert hourly_price(Decimal(21900), Decimal(0)) is None


def test_clauses_and_price_of_the_signed_contract():
    clauses = ClauseNumbers("11", "9.1", "9.6", "9.5", "12", {"vacancy": "9.2"})
    terms = with_hourly_price(with_clauses(terms_from_template("T3", {}), clauses), Decimal(28))
    assert (terms.fee_clause, terms.score.clause, terms.cap.clause, terms.retention.clause) == ("11", "9.1", "9.5", "12")
    assert (terms.charges[0].head.clause, terms.charges[0].hourly_price) == ("9.2", Decimal(28))
    assert with_clauses(terms_from_template("T6", {}), clauses).score is None
    assert with_hourly_price(terms_from_template("T5", {}), Decimal(28)) == terms_from_template("T5", {})


def test_the_window_is_counted_in_working_days():
    terms = AppealTerms(working_days=5)
    assert answer_until(date(2026, 11, 5), terms, YEAR) == date(2026, 11, 12)
    assert not is_silence_consent(date(2026, 11, 5), date(2026, 11, 12), terms, YEAR)
    assert is_silence_consent(date(2026, 11, 5), date(2026, 11, 13), terms, YEAR)
    assert not is_silence_consent(date(2026, 11, 5), date(2026, 11, 13), replace(terms, silence_confirms=False), YEAR)


def test_silence_confirms_nothing_in_an_unknown_year():
    assert answer_until(date(2026, 12, 30), AppealTerms(), YEAR) is None
    assert not is_silence_consent(date(2026, 12, 30), date(2027, 3, 1), AppealTerms(), YEAR)


def test_an_inputs_file_may_hold_extras_and_adjustments():
    inputs = StatementInputs(
        lines=(),
        extras=(ExtraInput("CO-1", "wash", Decimal(5), is_monthly=False),),
        adjustments=(AdjustmentInput("AD-1", "damage", Decimal(-3)),),
    )
    assert read_inputs(Node(write_inputs(inputs))) == inputs


@pytest.mark.parametrize("name", ["STATEMENT", "CLOCK", "STAFFING"])
def test_every_core_has_two_schemas(name):
    for side in ("IN", "OUT"):
        schema = getattr(calc_schemas, f"{name}_{side}")
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert set(schema["required"]) <= set(schema["properties"])


def test_rules_write_themselves_as_they_are_read():
    for definition in template_definitions().values():
        for written in definition.get("charges", ()):
            node = Node(written)
            rule = read_charge(node)
            assert node.faults == []
            assert read_charge(Node(charge_json(rule))) == rule
            assert RULE_TEXTS[rule.KIND]
            assert all(isinstance(value, str) for value in rule_params(rule, ChargeContext(Decimal(1), OCTOBER)).values())


def test_a_fact_reads_back():
    fact = Fact(
        "attendance/1", "absent_slot", "night", date(2026, 10, 4), Decimal(8), Decimal("0.5"), subject="gate", is_repeat=True
    )
    assert read_fact(Node(plain(fact))) == fact


def test_points_freed_by_money_never_lift_a_score_beyond_100():
    terms = terms_from_template(
        "T2", {"score.rule.tiers[3].per_point.base_for_penalty": "100"}, {"double_charge": {"mode": "money"}}
    )
    slot = Fact("attendance/1", "absent_slot", "", date(2026, 10, 4), Decimal(8), points=Decimal(30))
    line = LineInput("a", "a", (FeeSpan(FeeBasis.LUMP_SUM, Decimal(1000)),), score=Decimal(90), facts=(slot,))
    charging = charge_line(terms, line, ChargeContext(Decimal(1000), OCTOBER, hourly_price=Decimal(30)))
    assert (charging.paid_score, charging.absorbed) == (Decimal(100), ("attendance/1",))
    assert score_deduction(terms.score.rule, Decimal(75), Decimal(1000)) == Decimal("100.00")


def test_overlapping_spans_are_refused():
    with pytest.raises(Invalid):
        month_parts(Decimal(100), OCTOBER, [(None, None), (date(2026, 10, 31), None)])


@pytest.mark.parametrize(("number", "text"), [("78.40", "78.4"), ("100", "100"), ("0.005", "0.01"), ("1E+2", "100")])
def test_numbers_for_reading(number, text):
    assert tidy(Decimal(number)) == text


def test_a_node_notes_every_fault():
    node = Node({"a": "x", "b": True, "c": 1, "d": "2026-13-01", "e": "1.5", "f": "nan"})
    node.number("a")
    node.number("b")
    node.text("c")
    node.day("d")
    node.needed_day("g")
    node.whole("e")
    node.number("f")
    assert [fault.field for fault in node.faults] == ["a", "b", "c", "d", "g", "e", "f"]
    with pytest.raises(Invalid):
        node.check()
