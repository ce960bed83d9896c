from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.insight.domain.movements import IndicatorLoss, LineScore, Movement, main_causes, movements, weighted_mean

scores = st.decimals(min_value=0, max_value=100, places=1)
weights = st.decimals(min_value=1, max_value=500_000, places=2)


def line(line_id: int, score: str | None, weight: str = "1") -> LineScore:
    return LineScore(line_id, None if score is None else Decimal(score), Decimal(weight))


def test_weighted_mean_counts_by_fee_and_leaves_out_lines_without_score() -> None:
    assert weighted_mean([line(1, "90", "3"), line(2, "70", "1"), line(3, None, "100")]) == Decimal("85.0")


def test_weighted_mean_of_nothing_is_none() -> None:
    assert weighted_mean([line(1, None)]) is None
    assert weighted_mean([]) is None


@given(st.lists(st.tuples(scores, weights), min_size=1, max_size=30))
def test_weighted_mean_lies_between_lowest_and_highest(rows: list[tuple[Decimal, Decimal]]) -> None:
    mean = weighted_mean([LineScore(number, score, weight) for number, (score, weight) in enumerate(rows)])
    assert mean is not None
    assert min(score for score, _ in rows) - Decimal("0.05") <= mean <= max(score for score, _ in rows) + Decimal("0.05")


def test_movements_compare_with_own_past_worst_first() -> None:
    now = [line(1, "80"), line(2, "71.4"), line(3, None), line(4, "90")]
    before = [line(1, "79"), line(1, "78.8"), line(2, "81"), line(2, "81.4"), line(3, "90"), line(2, None)]
    assert movements(now, before) == [
        Movement(2, Decimal("71.4"), Decimal("-9.8")),
        Movement(1, Decimal(80), Decimal("1.1")),
        Movement(4, Decimal(90), None),
    ]


def test_main_causes_name_the_growth_of_losses() -> None:
    before = [IndicatorLoss("posts", Decimal("0.1"), Decimal(25)), IndicatorLoss("gate", Decimal("0.5"), Decimal(15))]
    now = [
        IndicatorLoss("posts", Decimal("0.5"), Decimal(25)),
        IndicatorLoss("gate", Decimal("0.5"), Decimal(15)),
        IndicatorLoss("records", Decimal("0.2"), Decimal(5)),
    ]
    assert main_causes(now, before) == ["posts", "records"]


def test_main_causes_are_empty_without_any_loss() -> None:
    assert main_causes([IndicatorLoss("posts", Decimal(0), Decimal(25))], []) == []
