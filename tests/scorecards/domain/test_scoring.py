import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.scorecards.domain.result import CardInputs, Outcome, Section, Status
from duban.scorecards.domain.scheme import Aggregation
from duban.scorecards.domain.scoring import aggregate, round_score, score_card
from tests.scorecards.domain.builders import (
    block,
    happening,
    happenings,
    indicator,
    linear,
    per,
    ratio,
    scheme,
    shipped,
    shipped_codes,
)

D = Decimal
LOBBY = "inspections.pass_rate:lobby"
OUTSIDE = "inspections.pass_rate:outside"
TWO_BLOCKS = (
    block("lobby", 60, indicator("lobby", 60, linear())),
    block("outside", 40, indicator("outside", 40, per(keys=["outside"]))),
)


def card(definition, ratios=None, occurrences=(), **more):
    return score_card(definition, CardInputs(ratios=ratios or {}, occurrences=tuple(occurrences), **more))


def test_linear_and_per_occurrence_add_up():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100), OUTSIDE: ratio(48, 50)}, happenings(2))
    assert [item.points for item in result.indicators] == [D(30), D(38)]
    assert result.score == D("68.0")
    assert result.outcome is Outcome.SCORED


def test_rounding_is_half_up_to_one_decimal():
    assert [round_score(D(text)) for text in ("79.95", "79.949", "79.94999999999999999", "0.05")] == [
        D("80.0"),
        D("79.9"),
        D("80.0"),
        D("0.1"),
    ]


def test_excluded_indicator_gives_its_weight_to_its_block():
    definition = scheme(
        block(
            "a",
            60,
            indicator("one", 40, linear(), minimum_sample="30"),
            indicator("two", 20, linear("surveys.satisfaction"), minimum_sample="30"),
        ),
        block("b", 40, indicator("three", 40, linear("attendance.presence"))),
    )
    result = card(
        definition, {LOBBY: ratio(95, 100), "surveys.satisfaction": ratio(9, 9), "attendance.presence": ratio(100, 100)}
    )
    assert [(item.status, item.effective_weight, item.points) for item in result.indicators] == [
        (Status.OK, D(60), D(30)),
        (Status.INSUFFICIENT, D(0), None),
        (Status.OK, D(40), D(40)),
    ]
    assert result.score == D("70.0")


def test_empty_block_gives_its_weight_to_the_other_blocks():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100)})
    assert [(item.effective_weight, item.points) for item in result.blocks] == [(D(100), D(50)), (D(0), None)]
    assert result.score == D("50.0")


def test_no_finding_without_a_look_is_no_evidence():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(100, 100)}, ())
    assert result.indicators[1].status is Status.INSUFFICIENT


def test_too_little_weight_with_evidence_gives_no_score():
    result = card(scheme(*TWO_BLOCKS, minimum_weight="70"), {LOBBY: ratio(100, 100)})
    assert (result.outcome, result.score, result.interval) == (Outcome.HELD, None, None)


def test_nothing_at_all_is_neither_0_nor_100():
    assert card(scheme(*TWO_BLOCKS)).score is None


def test_hold_policy_holds_the_card():
    definition = scheme(*TWO_BLOCKS, no_data="hold")
    result = card(definition, {LOBBY: ratio(100, 100)})
    assert (result.outcome, result.score, result.indicators[1].status) == (Outcome.HELD, None, Status.HOLDING)


def test_full_policy_counts_as_earned():
    result = card(scheme(*TWO_BLOCKS, no_data="full"), {LOBBY: ratio(95, 100)})
    assert (result.score, result.indicators[1].status) == (D("70.0"), Status.ASSUMED)


def test_unscored_scheme_has_no_score():
    result = card(shipped("ATT"), {"attendance.presence": ratio(99, 100)})
    assert (result.outcome, result.score) == (Outcome.UNSCORED, None)


@pytest.mark.parametrize(("absences", "points"), [(0, 0), (1, -5), (5, -5), (6, -10), (10, -10), (11, -15), (40, -15)])
def test_t1_vacancies_come_straight_off_the_total(absences, points):
    panel = {key: (D(100),) for key in ("security", "halls", "cleaning", "greening", "guides", "centre")}
    result = card(shipped("T1"), occurrences=happenings(absences, "absent_slot", "night"), panel=panel)
    assert result.adjustments[0].points == points
    assert result.score == 100 + points
    assert sum(effect.points for effect in result.effects) == points


@pytest.mark.parametrize(("complaints", "points"), [(1, -1), (2, -2), (3, -6), (9, -6)])
def test_t1_complaints(complaints, points):
    result = card(shipped("T1"), occurrences=happenings(complaints, "valid_complaint", "noise"))
    assert result.adjustments[1].points == points


def test_t1_weights():
    panel = {
        "security": (D(90),),
        "halls": (D(80),),
        "cleaning": (D(70),),
        "greening": (D(60),),
        "guides": (D(50),),
        "centre": (D(40),),
    }
    assert card(shipped("T1"), panel=panel).score == D("77.0")


@pytest.mark.parametrize(
    ("mobilisation", "found", "score"),
    [(True, 200, "100.0"), (True, 210, "90.0"), (False, 100, "100.0"), (False, 130, "70.0"), (False, 300, "0.0")],
)
def test_t16_free_quota(mobilisation, found, score):
    result = card(shipped("T16"), {"inspections.pass_rate": ratio(700, 1000)}, happenings(found), mobilisation=mobilisation)
    assert (result.score, result.accrued_points) == (D(score), D(found))


def test_t13_large_and_small_items():
    ratios = {f"inspections.pass_rate:{key}": ratio(20, 20) for key in ("upkeep", "faults", "quality")}
    evidence = (
        happening("1", key="upkeep:pump", severity="major"),
        happening("2", key="upkeep:label"),
        happening("3", key="quality:rust"),
    )
    assert card(shipped("T13"), ratios, evidence).score == D("92.5")


def test_t9a_late_and_absent_arrival():
    ratios = {
        f"inspections.pass_rate:{key}": ratio(20, 20)
        for key in ("summary", "timeliness", "faults", "upkeep", "environment", "rectification", "quality")
    }
    evidence = (
        happening("1", key="timeliness:late"),
        happening("2", key="timeliness:no_show"),
        happening("3", key="upkeep:half_month"),
    )
    assert card(shipped("T9a"), ratios, evidence).score == D("84.0")


def test_one_occurrence_is_charged_once():
    definition = scheme(
        block(
            "all",
            100,
            indicator("outside", 50, per(keys=["outside"])),
            indicator("any", 50, per(metric="inspections.pass_rate")),
        ),
        deductions=[{"key": "again", "name": {"zh": "x", "en": "x"}, "rule": per(metric=None)}],
    )
    result = card(definition, {OUTSIDE: ratio(9, 10), "inspections.pass_rate": ratio(9, 10)}, (happening(), happening()))
    assert [(effect.section, effect.key, effect.points) for effect in result.effects] == [(Section.INDICATOR, "outside", D(-1))]
    assert result.score == D("99.0")


def test_cap_holds_and_the_costs_add_up_to_it():
    definition = scheme(block("outside", 100, indicator("outside", 100, per("3", cap="10"))))
    result = card(definition, {OUTSIDE: ratio(1, 10)}, happenings(9))
    assert result.score == D("90.0")
    assert [effect.points for effect in result.effects][:5] == [D(-3), D(-3), D(-3), D(-1), D(0)]


def test_free_occurrences_cost_nothing():
    definition = scheme(block("outside", 100, indicator("outside", 100, per("5", free=3))))
    assert card(definition, {OUTSIDE: ratio(1, 10)}, happenings(4)).score == D("95.0")


def test_most_special_price_wins():
    rule = per(
        "1",
        by_severity={"major": "2"},
        by_kind={"late_reply": "3"},
        by_key={"outside": "4", "outside:litter": "5"},
        kinds=("failed_item", "late_reply"),
    )
    definition = scheme(block("outside", 100, indicator("outside", 100, rule)))
    evidence = (
        happening("1", key="outside:litter", severity="major"),
        happening("2", key="outside:bin"),
        happening("3", "late_reply", "x", severity="major"),
        happening("4", key="lobby:x", severity="major"),
        happening("5", key="lobby:x", quantity=2),
    )
    result = card(definition, {OUTSIDE: ratio(1, 10)}, evidence)
    assert [effect.points for effect in result.effects] == [D(-5), D(-4), D(-3), D(-2), D(-2)]


def test_panel_is_trimmed():
    definition = scheme(
        block("panel", 100, indicator("panel", 100, {"type": "panel", "trim": 1, "scale": "10"}, minimum_sample="3"))
    )
    assert card(definition, panel={"panel": (D(2), D(8), D(9), D(10))}).score == D("85.0")
    assert card(definition, panel={"panel": (D(8), D(9))}).score is None


def test_bands_rule_reads_its_table():
    bands = [{"high": "0.9", "value": "0.5"}, {"low": "0.9", "value": "1"}]
    definition = scheme(block("lobby", 100, indicator("lobby", 100, {"type": "bands", "metric": LOBBY, "bands": bands})))
    assert card(definition, {LOBBY: ratio(89, 100)}).score == D("50.0")
    assert card(definition, {LOBBY: ratio(90, 100)}).score == D("100.0")


@pytest.mark.parametrize(
    ("effect", "more", "score", "failed"),
    [
        ("zero_card", {}, "0.0", True),
        ("cap", {"cap_at": "69"}, "69.0", False),
        ("fail", {}, "100.0", True),
        ("zero_indicator", {"target": "lobby"}, "40.0", False),
    ],
)
def test_red_lines(effect, more, score, failed):
    line = {"key": "veto", "name": {"zh": "x", "en": "x"}, "kinds": ["red_line"], "effect": effect, **more}
    result = card(
        scheme(*TWO_BLOCKS, red_lines=[line]),
        {LOBBY: ratio(100, 100), OUTSIDE: ratio(9, 9)},
        (happening("9", "red_line", "accident"),),
    )
    assert (result.score, result.is_failed) == (D(score), failed)
    assert [(item.section, item.points) for item in result.effects] == [(Section.RED_LINE, D(score) - 100)]


def test_red_line_zero_stands_without_other_evidence():
    line = {"key": "veto", "name": {"zh": "x", "en": "x"}, "kinds": ["red_line"], "effect": "zero_card"}
    assert card(scheme(*TWO_BLOCKS, red_lines=[line]), occurrences=(happening("9", "red_line", "leak"),)).score == D("0.0")


def test_bonus_stops_at_its_cap_and_the_ceiling():
    result = card(
        shipped("T3"),
        {f"inspections.pass_rate:{key}": ratio(99, 100) for key in ("lobby", "lawn", "upkeep")},
        (
            happening("1", "commendation", "media"),
            happening("2", "commendation", "authority"),
            happening("3", "negative_report", "media"),
        ),
        panel={"rest": (D(90),)},
    )
    assert [(item.key, item.points) for item in result.adjustments] == [("negative", D(-2)), ("commendation", D(3))]
    assert result.score == D("96.0")


def test_bonus_by_metric():
    bonus = {"key": "extra", "name": {"zh": "x", "en": "x"}, "limit": "4", "rule": linear("surveys.satisfaction", "0", "1")}
    definition = scheme(*TWO_BLOCKS, ceiling="110", bonuses=[bonus])
    evidence = {LOBBY: ratio(100, 100), OUTSIDE: ratio(9, 9), "surveys.satisfaction": ratio(1, 2)}
    assert card(definition, evidence).score == D("102.0")


def test_struck_occurrence_leaves_charge_and_sample():
    ratios = {LOBBY: ratio(95, 100), OUTSIDE: ratio(8, 10)}
    evidence = (happening("1"), happening("2", key="lobby:glass"))
    before = card(scheme(*TWO_BLOCKS), ratios, evidence)
    after = card(scheme(*TWO_BLOCKS), ratios, evidence, struck=frozenset({("inspections", "1"), ("inspections", "2")}))
    assert (before.score, after.score) == (D("69.0"), D("75.8"))
    assert after.effects == ()


def test_miss_behind_a_share_says_what_it_is_worth():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100), OUTSIDE: ratio(9, 9)}, (happening("2", key="lobby:glass"),))
    again = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 99), OUTSIDE: ratio(9, 9)})
    gained = again.indicators[0].points - result.indicators[0].points
    assert abs(result.effects[0].points + gained) < D("0.000001")


def test_interval_holds_the_score_and_only_sampled_evidence_has_one():
    sampled = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100), OUTSIDE: ratio(9, 9)})
    assert sampled.interval.low < sampled.score < sampled.interval.high
    counted = card(
        scheme(block("p", 100, indicator("p", 100, linear("attendance.presence")))), {"attendance.presence": ratio(95, 100)}
    )
    assert counted.interval is None


def test_dimensions_show_only_what_was_measured():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100)})
    assert result.dimensions == {"quality": D("50.0"), "response": None, "compliance": None, "cost": None, "innovation": None}


def test_worst_indicator_lost_most():
    result = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100), OUTSIDE: ratio(9, 9)})
    assert result.worst.key == "lobby"
    assert card(scheme(*TWO_BLOCKS)).worst is None


def test_trace_ends_with_the_score():
    result = card(shipped("CLN-M"), {LOBBY: ratio(95, 100)})
    assert result.trace[-1].result == "–"
    scored = card(scheme(*TWO_BLOCKS), {LOBBY: ratio(95, 100), OUTSIDE: ratio(9, 9)})
    assert (scored.trace[-1].label, scored.trace[-1].result) == ("Score", "70")
    assert [step.refs for step in scored.trace][:4] == [("lobby",), ("outside",), ("lobby",), ("outside",)]


def test_several_sites():
    scores = [(D("80.0"), D(1)), (D("90.0"), D(3)), (None, D(9))]
    assert aggregate(scores, Aggregation.WEIGHTED) == D("87.5")
    assert aggregate(scores, Aggregation.MINIMUM) == D("80.0")
    assert aggregate([(None, D(1))], Aggregation.WEIGHTED) is None


def _evidence(draw_ratio, numbers):
    metrics = ("lobby", "floors", "waste", "outside", "restroom")
    ratios = {f"inspections.pass_rate:{name}": ratio(*draw_ratio(position)) for position, name in enumerate(metrics)}
    ratios["attendance.presence"] = ratio(*draw_ratio(5))
    return ratios, happenings(numbers[0], key="outside:a") + happenings(numbers[1], "valid_complaint", "x", app="complaints")


PAIRS = st.lists(st.integers(10, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=6, max_size=6)
COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 20))


@given(PAIRS, COUNTS)
def test_score_stays_between_0_and_100_and_inside_its_interval(pairs, counts):
    ratios, evidence = _evidence(lambda position: pairs[position], counts)
    result = card(shipped("CLN-M"), ratios, evidence)
    assert 0 <= result.score <= 100
    assert result.score == result.score.quantize(D("0.1"))
    assert result.interval.low <= result.score <= result.interval.high


@given(PAIRS, COUNTS, st.integers(0, 5))
def test_better_evidence_never_lowers_the_score(pairs, counts, position):
    ratios, evidence = _evidence(lambda index: pairs[index], counts)
    better = list(pairs)
    better[position] = (min(pairs[position][0] + 1, pairs[position][1]), pairs[position][1])
    improved, _ = _evidence(lambda index: better[index], counts)
    before = card(shipped("CLN-M"), ratios, evidence).score
    assert card(shipped("CLN-M"), improved, evidence).score >= before
    assert card(shipped("CLN-M"), ratios, evidence[1:]).score >= before


@given(PAIRS, COUNTS, st.randoms(use_true_random=False))
def test_order_of_the_evidence_does_not_matter(pairs, counts, shuffler: random.Random):
    ratios, evidence = _evidence(lambda position: pairs[position], counts)
    shuffled = list(evidence)
    shuffler.shuffle(shuffled)
    reordered = dict(sorted(ratios.items(), reverse=True))
    assert card(shipped("CLN-M"), ratios, evidence) == card(shipped("CLN-M"), reordered, shuffled)


@given(PAIRS, COUNTS)
def test_struck_evidence_never_lowers_the_score(pairs, counts):
    ratios, evidence = _evidence(lambda position: pairs[position], counts)
    before = card(shipped("CLN-M"), ratios, evidence)
    after = card(shipped("CLN-M"), ratios, evidence, struck=frozenset(item.identity for item in evidence[:3]))
    assert after.score >= before.score


@given(st.integers(0, 400))
def test_tenths_add_up_exactly(number):
    definition = scheme(block("outside", 100, indicator("outside", 100, per("0.1"))))
    result = card(definition, {OUTSIDE: ratio(1, 1)}, happenings(number))
    assert result.score == max(D(0), 100 - number * D("0.1")).quantize(D("0.1"))


@pytest.mark.parametrize("code", shipped_codes())
def test_every_shipped_scheme_scores_perfect_evidence_fully(code):
    definition = shipped(code)
    metrics = {indicator.rule.metric for indicator in definition.indicators() if hasattr(indicator.rule, "metric")}
    panel = {indicator.key: (D(100),) for indicator in definition.indicators()}
    result = card(definition, {metric: ratio(1000, 1000) for metric in metrics}, panel=panel)
    assert result.score == (None if code == "ATT" else definition.maximum)
