from decimal import Decimal

from duban.settlement.domain.trigger import Trigger, evaluate_trigger

T1 = Trigger(Decimal(70), consecutive=2, cumulative=3)


def months(*scores):
    return [(f"2026-{index:02d}", None if score is None else Decimal(score)) for index, score in enumerate(scores, start=1)]


def test_row_termination():
    third = evaluate_trigger(T1, months(68, 72, 69))
    assert (third.is_fired, third.consecutive, third.cumulative) == (False, 1, 2)
    fourth = evaluate_trigger(T1, months(68, 72, 69, 66))
    assert (fourth.is_fired, fourth.consecutive, fourth.cumulative) == (True, 2, 3)
    assert fourth.by_consecutive
    assert fourth.by_cumulative


def test_a_missing_month_does_not_break_the_run_but_is_named():
    state = evaluate_trigger(Trigger(Decimal(70), 2, 0), months(69, None, 66))
    assert (state.is_fired, state.gap_periods) == (True, ("2026-02",))


def test_the_limit_itself_is_not_below_it():
    assert not evaluate_trigger(T1, months(70, 70, 70)).is_fired


def test_the_new_year_resets_nothing():
    scores = [
        ("2026-11", Decimal(60)),
        ("2026-12", Decimal(90)),
        ("2027-01", Decimal(60)),
        ("2027-02", Decimal(80)),
        ("2027-03", Decimal(1)),
    ]
    assert evaluate_trigger(T1, scores).by_cumulative
