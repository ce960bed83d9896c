from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.period import Period
from duban.settlement.domain.charges import FixedList, ListItem, RuleHead
from duban.settlement.domain.fact_cost import ChargedAs, FactCost, cost_of_fact
from duban.settlement.domain.facts import Fact, Match
from duban.settlement.domain.fees import FeeBasis, FeeSpan
from duban.settlement.domain.figures import LineInput, StatementInputs
from duban.settlement.domain.rates import OffsetRate
from duban.settlement.domain.statement import line_works
from duban.settlement.domain.terms import DoubleCharge, PaymentTerms, ScoreTerms

OCTOBER = Period.parse("2026-10")
HEAD = RuleHead("dirt", "9.1", {"en": "Dirt", "zh": "脏"}, Match(kinds=("failed_item",)))
RULE = FixedList(HEAD, (ListItem("*", Decimal(50)),), free_count=1)


def work_of(*facts, mode=DoubleCharge.MONEY):
    score = ScoreTerms(OffsetRate(Decimal(85), Decimal(15)))
    terms = PaymentTerms("X", {}, charges=(RULE,), double_charge=mode, score=score)
    line = LineInput("CT-1/1", "一", (FeeSpan(FeeBasis.LUMP_SUM, Decimal(10000)),), score=Decimal(90), facts=facts)
    return line_works(terms, OCTOBER, StatementInputs((line,)))[0]


def fact(ref, kind="failed_item", points="0"):
    return Fact(ref, kind, "lobby:glass", date(2026, 10, 5), points=Decimal(points))


def test_a_rule_asks_its_price_for_the_fact_alone():
    """The first of the month is free in the sum, but the price of the rule is named all the same."""
    assert cost_of_fact(work_of(fact("i/1")), "i/1") == FactCost(ChargedAs.MONEY, RULE, Decimal("50.00"))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (DoubleCharge.MONEY, FactCost(ChargedAs.MONEY, RULE, Decimal("50.00"))),
        (DoubleCharge.POINTS, FactCost(ChargedAs.POINTS, RULE)),
    ],
)
def test_what_took_points_and_could_cost_money_is_settled_as_the_contract_says(mode, expected):
    assert cost_of_fact(work_of(fact("i/1", points="2"), mode=mode), "i/1") == expected


def test_points_alone_name_no_money_rule():
    assert cost_of_fact(work_of(fact("i/1", "late_rectification", "2")), "i/1") == FactCost(ChargedAs.POINTS)


@pytest.mark.parametrize("ref", ["i/1", "i/unknown"])
def test_what_nobody_wants_costs_nothing(ref):
    assert cost_of_fact(work_of(fact("i/1", "late_rectification")), ref) == FactCost(ChargedAs.NOTHING)
