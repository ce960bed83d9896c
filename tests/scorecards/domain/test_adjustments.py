from decimal import Decimal

from duban.scorecards.domain.adjustments import adjust
from duban.scorecards.domain.result import CardInputs, Section
from tests.scorecards.domain.builders import happening, happenings, shipped


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
