from decimal import Decimal

from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.scoring import score_card
from tests.scorecards.domain.builders import block, indicator, linear, ratio, scheme


def test_lost_is_what_was_not_earned_and_nothing_where_it_does_not_count():
    definition = scheme(
        block("a", 100, indicator("one", 60, linear()), indicator("two", 40, linear("attendance.presence"))),
        minimum_weight="10",
    )
    result = score_card(definition, CardInputs(ratios={"inspections.pass_rate:lobby": ratio(95, 100)}))
    assert [item.lost for item in result.indicators] == [Decimal(50), Decimal(0)]
    assert result.worst.key == "one"
