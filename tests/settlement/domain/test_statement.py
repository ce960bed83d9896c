from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.period import Period
from duban.settlement.domain.facts import Fact
from duban.settlement.domain.fees import FeeBasis, FeeSpan, PricedQuantity, base_amounts
from duban.settlement.domain.figures import AdjustmentInput, ExtraInput, LineInput, LineKind, MonthFee, StatementInputs
from duban.settlement.domain.statement import compute_statement
from duban.settlement.domain.templates import terms_from_template

OCTOBER = Period.parse("2026-10")
T2_CHOICE = {"score.rule.tiers[3].per_point.base_for_penalty": "100"}


def t2(**changes):
    changes = {"retention": {"rate": "0.05", "clause": "12"}, "trigger": None, **changes}
    return terms_from_template("T2", T2_CHOICE, changes)


def lump(amount, from_on=None, until_on=None):
    return FeeSpan(FeeBasis.LUMP_SUM, Decimal(amount), from_on=from_on, until_on=until_on)


def slot(index, points="0", hours=8):
    return Fact(f"attendance/{index}", "absent_slot", "night", date(2026, 10, 4), Decimal(hours), Decimal(points))


def line(code="CL-2", fee="118600", **values):
    values.setdefault("spans", (lump(fee),))
    return LineInput(code, code, values.pop("spans"), hourly_price=Decimal(30), **values)


def amounts(result):
    return {item.line_id: str(item.amount) for item in result.lines}


def mock_inputs(**changes):
    """The statement of the picture: two sites, a change order, three absent slots, a score under appeal."""
    facts = (slot(1, "0.5"), slot(2, "0.5"), slot(3))
    return StatementInputs(
        lines=(
            line("CL-1", "124800", score=Decimal(92), card="SC-2026-1050"),
            line("CL-2", score=Decimal("77.4"), card="SC-2026-1051", facts=facts),
        ),
        extras=(ExtraInput("CO-07", "two more posts", Decimal(12000), from_on=date(2026, 10, 16)),),
        disputed=frozenset({"score:CL-2"}),
        **changes,
    )


def test_the_statement_of_the_picture():
    result = compute_statement(t2(), OCTOBER, mock_inputs())
    assert amounts(result) == {
        "base:CL-1": "124800.00",
        "base:CL-2": "118600.00",
        "change:CO-07": "6193.55",
        "charge:CL-2:vacancy": "-1080.00",
        "absorbed:CL-2": "0.00",
        "score:CL-1": "0.00",
        "score:CL-2": "-11860.00",
        "retention": "-11832.68",
    }
    assert result.totals.payable_amount == Decimal("224820.87")
    assert result.undisputed_amount == Decimal("224820.87")
    assert result.disputed_amount == Decimal("11860.00")
    assert result.disputed_net_amount == Decimal("11267.00")
    assert (result.cap_limit_amount, result.capped_amount, result.is_cap_reached) == (
        Decimal("49918.71"),
        Decimal("12940.00"),
        False,
    )
    absorbed = next(item for item in result.lines if item.kind is LineKind.ABSORBED)
    assert absorbed.facts == ("attendance/1", "attendance/2")
    assert [flag.code for flag in result.flags] == ["band"]
    below, above = (note for note in result.cliffs if note.contract_line == "CL-2")
    assert (below.edge, below.distance, below.effect_amount) == (Decimal(70), Decimal("8.4"), Decimal("-23720.00"))
    assert (above.edge, above.distance, above.effect_amount) == (Decimal(80), Decimal("1.6"), Decimal("11860.00"))


def test_an_upheld_appeal_takes_the_deduction_back():
    result = compute_statement(
        t2(),
        OCTOBER,
        StatementInputs(**{**vars(mock_inputs()), "disputed": frozenset(), "withdrawn": frozenset({"score:CL-2"})}),
    )
    assert result.totals.payable_amount == Decimal("224820.87") + Decimal("11267.00")
    taken_back = next(item for item in result.lines if item.line_id == "score:CL-2")
    assert (taken_back.amount, taken_back.params["withdrawn_amount"]) == (Decimal("0.00"), "11860.00")


@pytest.mark.parametrize(
    ("mode", "vacancy", "score"),
    [("points", None, "-11860.00"), ("money", "-720.00", "0.00"), ("larger", None, "-11860.00")],
)
def test_one_fact_costs_points_or_money(mode, vacancy, score):
    terms = t2(double_charge={"mode": mode})
    facts = (slot(1, "1"), slot(2, "1"))
    result = compute_statement(terms, OCTOBER, StatementInputs(lines=(line(score=Decimal("79.5"), facts=facts),)))
    found = amounts(result)
    assert found.get("charge:CL-2:vacancy") == vacancy
    assert found["score:CL-2"] == score
    assert found["absorbed:CL-2"] == "0.00"


def test_the_cap_gives_back_what_goes_beyond_and_says_so():
    result = compute_statement(t2(), OCTOBER, StatementInputs(lines=(line(score=Decimal(50)),)))
    assert amounts(result) == {
        "base:CL-2": "118600.00",
        "score:CL-2": "-59300.00",
        "cap": "35580.00",
        "retention": "-4744.00",
    }
    assert result.is_cap_reached
    assert "cap_reached" in [flag.code for flag in result.flags]


def test_a_red_line_stands_outside_the_cap_but_never_beyond_the_fee():
    terms = terms_from_template("T6", {})
    red = Fact("inspections/1", "red_line", "drunk", date(2026, 10, 2))
    result = compute_statement(terms, OCTOBER, StatementInputs(lines=(line(facts=(red, slot(1))),)))
    assert result.totals.payable_amount == Decimal("0.00")
    assert result.totals.deduction_amount == Decimal("118600.00")


def test_tax_on_top_and_included():
    on_top = compute_statement(t2(vat={"rate": "0.06", "included": False}), OCTOBER, StatementInputs(lines=(line(fee="1000"),)))
    assert amounts(on_top) == {"base:CL-2": "1000.00", "score:CL-2": "0.00", "vat": "60.00", "retention": "-50.00"}
    inside = compute_statement(t2(), OCTOBER, StatementInputs(lines=(line(fee="1060"),)))
    assert inside.totals.vat_amount == Decimal("60.00")
    assert "vat" not in amounts(inside)


def test_no_score_pays_in_full_or_holds_back_by_contract():
    full = compute_statement(t2(), OCTOBER, StatementInputs(lines=(line(),)))
    assert amounts(full)["score:CL-2"] == "0.00"
    assert [flag.code for flag in full.flags] == ["no_score"]
    rule = {"kind": "holdback_pool", "pool_rate": "0.05"}
    held = compute_statement(t2(score={"rule": rule, "no_score": "hold"}), OCTOBER, StatementInputs(lines=(line(),)))
    assert amounts(held)["score:CL-2"] == "-5930.00"


@pytest.mark.parametrize(
    ("mode", "expected"), [("each_line", "-11860.00"), ("min_of_sites", "-23720.00"), ("weighted", "0.00")]
)
def test_scores_of_several_sites(mode, expected):
    score = {"rule": t2().to_json()["score"]["rule"], "aggregation": mode}
    lines = (line("CL-1", score=Decimal(92), weight=Decimal(3)), line("CL-2", score=Decimal(75)))
    result = compute_statement(t2(score=score), OCTOBER, StatementInputs(lines=lines))
    assert sum(item.amount for item in result.lines if item.kind is LineKind.SCORE) == Decimal(expected)


def test_bonus_adjustment_and_own_terms_of_a_line():
    terms = t2(bonus=[{"from_score": "90", "rate": "0.01"}, {"from_score": "95", "rate": "0.02"}])
    lines = (
        line("CL-1", "10000", score=Decimal(96)),
        line("CL-2", "10000", score=Decimal(70), terms=terms_from_template("T4", {})),
    )
    adjustments = (AdjustmentInput("AD-1", "praise", Decimal(300)), AdjustmentInput("AD-2", "damage", Decimal(-200)))
    result = compute_statement(terms, OCTOBER, StatementInputs(lines=lines, adjustments=adjustments))
    found = amounts(result)
    assert found["bonus:CL-1"] == "200.00"
    assert found["score:CL-2"] == "-1500.00"
    assert (result.totals.bonus_amount, result.totals.deduction_amount) == (Decimal("500.00"), Decimal("1700.00"))


def test_the_trigger_and_missing_months_raise_flags():
    terms = t2(trigger={"below": "70", "consecutive": 2, "cumulative": 3})
    scores = tuple(
        (f"2026-{month:02d}", score) for month, score in ((7, Decimal(68)), (8, None), (9, Decimal(69)), (10, Decimal(66)))
    )
    result = compute_statement(terms, OCTOBER, StatementInputs(lines=(line(score=Decimal(66)),), scores=scores))
    assert [flag.code for flag in result.flags][-2:] == ["trigger", "score_gap"]


def test_grace_counts_from_the_start_of_the_term():
    terms = terms_from_template("T16", {})
    facts = (Fact("inspections/1", "failed_item", "lobby", date(2026, 10, 2), penalty_points=Decimal(150)),)
    early = compute_statement(terms, OCTOBER, StatementInputs(lines=(line(facts=facts),), term_start=date(2026, 8, 1)))
    late = compute_statement(terms, OCTOBER, StatementInputs(lines=(line(facts=facts),), term_start=date(2026, 7, 1)))
    assert amounts(early)["charge:CL-2:points"] == "0.00"
    assert amounts(late)["charge:CL-2:points"] == "-500.00"


def test_absent_hours_without_a_price_are_flagged():
    bare = LineInput("CL-2", "CL-2", (lump("100"),), score=Decimal(95), facts=(slot(1),))
    result = compute_statement(t2(), OCTOBER, StatementInputs(lines=(bare,)))
    assert [flag.code for flag in result.flags] == ["no_price"]


def test_fee_bases():
    spans = (
        FeeSpan(FeeBasis.PER_POST, Decimal(6200), Decimal(4)),
        FeeSpan(FeeBasis.PER_M2, Decimal("1.35"), Decimal(20000)),
        FeeSpan(FeeBasis.PER_VISIT, Decimal(800), Decimal(2)),
        FeeSpan(FeeBasis.UNIT_PRICES, Decimal("2.5"), Decimal(10)),
        FeeSpan(FeeBasis.UNIT_PRICES, items=(PricedQuantity("tree", Decimal("12.345"), Decimal(3)),)),
    )
    assert [str(amount) for amount in base_amounts(spans, OCTOBER)] == ["24800.00", "27000.00", "1600.00", "25.00", "37.04"]
    assert base_amounts((lump("1000"),), Period.parse("2026Q4")) == (Decimal("3000.00"),)


prices = st.decimals(min_value=0, max_value=10**6, places=2)


@given(prices, st.lists(st.integers(min_value=1, max_value=30), max_size=6, unique=True))
def test_parts_of_a_month_add_up(price, cuts):
    starts = [1, *(day + 1 for day in sorted(cuts))]
    ends = [*sorted(cuts), 31]
    spans = [lump(price, date(2026, 10, start), date(2026, 10, end)) for start, end in zip(starts, ends, strict=True)]
    assert sum(base_amounts(spans, OCTOBER)) == price


facts_strategy = st.lists(
    st.builds(
        Fact,
        ref=st.integers(1, 12).map(lambda number: f"attendance/{number}"),
        kind=st.sampled_from(["absent_slot", "missed_punch", "late", "failed_item", "red_line"]),
        key=st.just("night"),
        on=st.dates(date(2026, 10, 1), date(2026, 10, 31)),
        quantity=st.integers(1, 90).map(Decimal),
        points=st.sampled_from([Decimal(0), Decimal(1), Decimal(3)]),
        severity=st.sampled_from(["minor", "critical"]),
    ),
    max_size=12,
)
scores = st.one_of(st.none(), st.decimals(min_value=0, max_value=100, places=1))
lines_strategy = st.lists(st.tuples(prices, scores, facts_strategy), min_size=1, max_size=3)


@given(
    lines_strategy,
    st.sampled_from(["points", "money", "larger"]),
    st.sampled_from(["each_line", "min_of_sites", "weighted"]),
    st.booleans(),
)
def test_total_equals_lines_cap_holds_nothing_twice(rows, mode, aggregation, included):
    score = {"rule": t2().to_json()["score"]["rule"], "aggregation": aggregation}
    charges = [*t2().to_json()["charges"], *terms_from_template("T17", {}).to_json()["charges"][1:]]
    terms = t2(double_charge={"mode": mode}, score=score, charges=charges, vat={"included": included})
    lines = tuple(
        LineInput(f"CL-{index}", "site", (lump(fee),), score=points, facts=tuple(facts), hourly_price=Decimal(30))
        for index, (fee, points, facts) in enumerate(rows)
    )
    result = compute_statement(terms, OCTOBER, StatementInputs(lines=lines))
    assert sum(item.amount for item in result.lines) == result.totals.payable_amount
    assert result.totals.deduction_amount <= result.cap_limit_amount
    assert result.totals.payable_amount >= 0
    for code in {item.contract_line for item in result.lines}:
        charged = [
            ref for item in result.lines if item.kind is LineKind.CHARGE and item.contract_line == code for ref in item.facts
        ]
        assert len(charged) == len(set(charged))
    assert compute_statement(terms, OCTOBER, StatementInputs(lines=lines)) == result


def quarterly(score="80", earlier=("10000", "10000"), **values):
    fees = tuple(MonthFee(month, Decimal(fee)) for month, fee in zip(("2026-10", "2026-11"), earlier, strict=True))
    return line("CL-9", "10000", score=Decimal(score), card="SC-9", earlier_fees=fees, **values)


def test_a_card_of_a_quarter_pays_for_all_its_months():
    """T3: 80 points a quarter pay 95 %, so 5 % of three months' fees come off in the last one."""
    terms = terms_from_template("T3", {}, {})
    december = Period.parse("2026-12")
    result = compute_statement(terms, december, StatementInputs(lines=(quarterly(),)))
    score = next(item for item in result.lines if item.kind is LineKind.SCORE)
    assert (score.amount, score.params["months"]) == (Decimal("-1500.00"), "10000 + 10000 + 10000.00")
    assert result.cap_limit_amount == Decimal("9000.00")  # 30 % of three months


def test_the_cap_of_a_quarter_counts_its_months_but_never_takes_more_than_the_fee():
    """T13: one point is one percent of the quarter's fee; 40 points lost would be 12,000 of 30,000."""
    terms = terms_from_template("T13", {}, {"cap": {"rate": "0.50"}})
    december = Period.parse("2026-12")
    result = compute_statement(terms, december, StatementInputs(lines=(quarterly("60"),)))
    assert result.totals.deduction_amount == Decimal("10000.00")
    assert result.totals.payable_amount == sum(item.amount for item in result.lines)
    lower = compute_statement(terms, december, StatementInputs(lines=(quarterly("90"),)))
    assert lower.totals.deduction_amount == Decimal("3000.00")


def test_the_months_before_only_say_with_which_quarter_they_are_scored():
    waiting = line("CL-9", "10000", scored_with="2026Q4")
    result = compute_statement(terms_from_template("T3", {}, {}), OCTOBER, StatementInputs(lines=(waiting,)))
    assert [item.kind for item in result.lines if item.kind is LineKind.SCORE] == []
    assert [flag.code for flag in result.flags] == ["scored_later"]
    assert result.totals.deduction_amount == 0


@given(st.lists(st.integers(0, 10_000_000), min_size=2, max_size=2), st.integers(0, 100))
def test_a_quarter_never_costs_more_than_the_month_it_is_settled_in(earlier, score):
    cents = tuple(str(Decimal(amount) / 100) for amount in earlier)
    inputs = StatementInputs(lines=(quarterly(str(score), cents),))
    result = compute_statement(terms_from_template("T3", {}, {}), Period.parse("2026-12"), inputs)
    assert 0 <= result.totals.deduction_amount <= result.totals.fee_amount
    assert result.totals.payable_amount == sum(item.amount for item in result.lines)
