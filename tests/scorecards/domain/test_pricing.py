from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.kernel.occurrence import Occurrence
from duban.scorecards.domain.pricing import price_of, red_lines_of
from duban.scorecards.domain.result import CardInputs, Section
from duban.scorecards.domain.scoring import score_card
from duban.scorecards.services.schemes import shipped_definitions

SHIPPED = {definition.code: definition for definition in shipped_definitions()}
FAILED = Occurrence(
    "inspections", "CR-1", 1, date(2026, 10, 5), "failed_item", "floors:handrail", "minor", Decimal(1), "扶手", "1 号楼"
)


def test_a_list_of_points_prices_the_occurrence_alone():
    price = price_of(SHIPPED["T16"], FAILED)
    assert (price.section, price.points) == (Section.INDICATOR, Decimal(-1))
    assert price.rule.template


def test_a_share_of_checks_prices_nothing_alone():
    price = price_of(SHIPPED["CLN-M"], FAILED)
    assert (price.section, price.points, price.name["en"]) == (Section.INDICATOR, None, "Floors and corridors")
    assert price.weight > 0


def test_nothing_takes_a_fact_the_scheme_does_not_know_or_may_not_take():
    assert price_of(SHIPPED["CLN-M"], replace(FAILED, kind="innovation")) is None
    assert price_of(SHIPPED["T16"], replace(FAILED, for_points=False)) is None
    assert red_lines_of(SHIPPED["CLN-M"], replace(FAILED, kind="red_line", for_points=False)) == ()


def test_every_red_line_it_strikes_is_named():
    forged = replace(FAILED, kind="red_line", key="forged", severity="critical")
    assert [line.key for line in red_lines_of(SHIPPED["CLN-M"], forged)] == ["forged", "any"]


def test_one_occurrence_costs_no_more_than_the_cap():
    many = replace(FAILED, key="outside:litter", quantity=Decimal(50))
    assert price_of(SHIPPED["CLN-M"], many).points == Decimal(-20)


def test_a_bonus_adds():
    bonuses = {
        code: price
        for code, definition in SHIPPED.items()
        if (price := price_of(definition, replace(FAILED, kind="commendation", key="inspections"))) is not None
        and price.section is Section.BONUS
        and price.points is not None
    }
    assert bonuses
    assert all(price.points > 0 for price in bonuses.values())


@pytest.mark.parametrize("code", sorted(SHIPPED))
@given(
    kind=st.sampled_from(["failed_item", "late_rectification", "repeat_finding", "red_line", "commendation"]),
    key=st.sampled_from(["floors:handrail", "lobby:glass", "inspections", "outside:litter"]),
    severity=st.sampled_from(["minor", "major", "critical"]),
)
def test_scoring_charges_the_same_rule_that_is_named(code, kind, key, severity):
    definition = SHIPPED[code]
    item = replace(FAILED, kind=kind, key=key, severity=severity)
    price = price_of(definition, item)
    effects = score_card(definition, CardInputs(occurrences=(item,))).effects
    named = [(effect.section, effect.key) for effect in effects if effect.section is not Section.RED_LINE]
    assert named in ([], [(price.section, price.key)] if price else [])
