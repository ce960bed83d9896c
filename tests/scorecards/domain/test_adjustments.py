from dataclasses import replace
from decimal import Decimal

from duban.scorecards.domain.adjustments import adjust
from duban.scorecards.domain.result import CardInputs, Section
from tests.scorecards.domain.builders import block, happening, happenings, indicator, linear, names, ratio, scheme, shipped


def test_bonuses_share_one_cap_in_scheme_order():
    evidence = (*happenings(8, "commendation", "banner"), *happenings(3, "innovation", "idea"))
    results, effects, accrued = adjust(shipped("RESI-Q"), CardInputs(), evidence)
    assert [(item.key, item.points) for item in results] == [
        ("negative", Decimal(0)),
        ("commendation", Decimal(8)),
        ("innovation", Decimal(1)),
    ]
    assert sum(effect.points for effect in effects) == 9
    assert accrued == 0


def test_deductions_count_negative_and_accrue():
    results, effects, accrued = adjust(shipped("RESI-Q"), CardInputs(), (happening("1", "negative_report", "media"),))
    assert (results[0].section, results[0].points, accrued) == (Section.DEDUCTION, Decimal(-2), Decimal(2))
    assert effects[0].points == -2


def rated_scheme():
    rated = {"key": "clean", "name": names("clean"), "rule": linear(), "limit": "5"}
    floors = block("b", 100, indicator("i", 100, linear("inspections.pass_rate:floors")))
    return scheme(floors, bonuses=[rated], ceiling="105")


def test_a_bonus_by_a_share_earns_that_share_of_its_limit():
    earned, effects, _ = adjust(rated_scheme(), CardInputs(ratios={"inspections.pass_rate:lobby": ratio(95, 100)}), ())
    assert ([item.points for item in earned], effects) == ([Decimal("2.5")], ())
    assert [item.points for item in adjust(rated_scheme(), CardInputs(), ())[0]] == [0]


def test_a_bonus_that_no_scheme_may_hold_earns_nothing():
    definition = rated_scheme()
    boundless = replace(definition, bonuses=(replace(definition.bonuses[0], limit=None),))
    inputs = CardInputs(ratios={"inspections.pass_rate:lobby": ratio(95, 100)})
    assert [item.points for item in adjust(boundless, inputs, ())[0]] == [0]
