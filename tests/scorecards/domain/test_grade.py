from decimal import Decimal

import pytest

from duban.scorecards.domain.grade import Measure, PeriodScore, Renewal, propose_grade


def months(*scores):
    return [
        PeriodScore(f"2026-{number:02}", None if score is None else Decimal(str(score)))
        for number, score in enumerate(scores, start=1)
    ]


def measures(*scores):
    return [trigger.measure for trigger in propose_grade(months(*scores)).triggers]


def test_vector_termination_triggers_in_the_fourth_month():
    """终止: 68, 72, 69, 66 → 连续 2 月 (69, 66) 且累计 3 月."""
    assert measures(68) == [Measure.PROBATION]
    assert measures(68, 72) == [Measure.WARN]
    assert measures(68, 72, 69) == [Measure.PROBATION]
    fourth = propose_grade(months(68, 72, 69, 66))
    reasons = [(trigger.measure, trigger.reason.periods) for trigger in fourth.triggers]
    assert reasons == [
        (Measure.TERMINATE, ("2026-03", "2026-04")),
        (Measure.TERMINATE, ("2026-01", "2026-03", "2026-04")),
        (Measure.PROBATION, ("2026-04",)),
    ]
    assert fourth.measure is Measure.TERMINATE


def test_missing_month_does_not_break_the_row_but_is_flagged():
    proposal = propose_grade(months(90, 69, None, 68))
    assert proposal.triggers[0].reason.periods == ("2026-02", "2026-04")
    assert proposal.missing == ("2026-03",)


def test_good_month_breaks_the_row_but_not_the_count():
    assert measures(69, 95, 69, 95, 69) == [Measure.TERMINATE, Measure.PROBATION]


@pytest.mark.parametrize(
    ("score", "measure"),
    [
        (85, None),
        ("84.9", Measure.RECTIFY),
        (80, Measure.RECTIFY),
        ("79.9", Measure.WARN),
        (70, Measure.WARN),
        ("69.9", Measure.PROBATION),
    ],
)
def test_lines_are_half_open(score, measure):
    assert propose_grade(months(95, 95, score)).measure is measure


@pytest.mark.parametrize(
    ("score", "renewal", "grade"),
    [
        (90, Renewal.PRIORITY, "A"),
        ("89.9", Renewal.CONDITIONAL, "B"),
        (75, Renewal.CONDITIONAL, "C"),
        ("74.9", Renewal.NONE, "C"),
        (60, Renewal.NONE, "D"),
    ],
)
def test_yearly_mean_decides_renewal_and_grade(score, renewal, grade):
    proposal = propose_grade(months(score, score, score))
    assert (proposal.renewal, proposal.grade, proposal.average) == (
        renewal,
        grade,
        Decimal(str(score)).quantize(Decimal("0.1")),
    )


def test_too_few_months_give_no_grade():
    proposal = propose_grade(months(95, None, 95))
    assert (proposal.grade, proposal.average, proposal.renewal, proposal.scored_periods) == (None, None, Renewal.UNKNOWN, 2)


def test_nothing_at_all_proposes_nothing():
    assert propose_grade([]).triggers == ()
    assert propose_grade(months(None)).measure is None


def test_only_the_last_twelve_months_make_the_mean():
    assert propose_grade(months(*([10] * 3), *([90] * 12))).average == Decimal("90.0")
