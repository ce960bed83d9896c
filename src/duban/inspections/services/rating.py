"""How often plans by risk look at their lines: rated once a period, kept with the reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from duban.inspections.domain.frequency import Grounds, Often, Wish, rounds_for
from duban.inspections.domain.planning import openings, span_of
from duban.inspections.domain.plans import Frequency, Span
from duban.inspections.models import InspectionPlan, RiskRating
from duban.inspections.selectors.plan_scope import Reach
from duban.inspections.selectors.risk import checks_of_lines, factors_in_force, grounds_from_above, ratings_known
from duban.kernel.dated import NoValue
from duban.kernel.text import mark
from duban.kernel.trace import Step

Rated = dict[tuple[int, int, date], int]
BATCH = 500


def ratings_make(
    plans: Sequence[InspectionPlan], found: Mapping[int, Collection[Reach]], first: date, last: date, today: date
) -> Rated:
    """(plan, line, first day of the period) → rounds, for every period of `[first, last]` of the plans by risk.

    Periods that were rated keep their number; the others are rated by what is known today. Inside the caller's transaction,
    which holds the plans; a fixed number of statements for each company.
    """
    by_risk = [plan for plan in plans if plan.frequency == Frequency.RISK]
    if not by_risk:
        return {}
    known = ratings_known(by_risk, min(span_of(Span(plan.span), first)[0] for plan in by_risk))
    wanted = [
        (plan, reach.line_id, opens)
        for plan in by_risk
        for opens in openings(Span(plan.span), max(first, plan.starts_on), last)
        for reach in found[plan.pk]
        if (plan.pk, reach.line_id, opens) not in known
    ]
    fresh = []
    for tenant in sorted({plan.office.tenant_path for plan, _line, _opens in wanted}):
        fresh += _rated(tenant, [row for row in wanted if row[0].office.tenant_path == tenant], today)
    RiskRating.objects.bulk_create(fresh, batch_size=BATCH)
    return {**known, **{(row.plan_id, row.line_id, row.opens_on): row.times for row in fresh}}


def _rated(tenant: str, wanted: Sequence[tuple[InspectionPlan, int, date]], today: date) -> list[RiskRating]:
    try:
        factors, looked_back = factors_in_force(tenant, today)
    except NoValue as gap:
        return [_row(plan, line, opens, Grounds(), _as_planned(plan, gap)) for plan, line, opens in wanted]
    lines, start = sorted({line for _plan, line, _opens in wanted}), today - looked_back
    checks = checks_of_lines(lines, start, today)
    grades = grounds_from_above("grade", lines, start, today)
    complaints = grounds_from_above("complaints", lines, start, today)
    rows = []
    for plan, line, opens in wanted:
        seen, failed = checks.get(line, (0, 0))
        grounds = Grounds(str(grades.get(line, "")), seen, failed, int(str(complaints.get(line, 0))), _is_season(plan, opens))
        often = rounds_for(Wish(plan.times, plan.times_min, plan.times_max), grounds, factors)
        rows.append(_row(plan, line, opens, grounds, often))
    return rows


def _as_planned(plan: InspectionPlan, gap: NoValue) -> Often:
    """What the plan asks for, where the register lacks a factor: a gap must leave no line without a round."""
    label = mark("Nothing is multiplied, because the register has a gap: {reason}")
    base = Step(mark("The plan asks for {times} rounds a period"), "base", str(plan.times), {"times": str(plan.times)})
    return Often(plan.times, (base, Step(label, "gap", str(plan.times), {"reason": str(gap)})))


def _row(plan: InspectionPlan, line: int, opens: date, grounds: Grounds, often: Often) -> RiskRating:
    trace = [asdict(step) for step in often.trace]
    return RiskRating(plan=plan, line_id=line, opens_on=opens, times=often.times, grounds=asdict(grounds), trace=trace)


def _is_season(plan: InspectionPlan, opens: date) -> bool:
    """Whether the period touches a month to look more often."""
    closes = span_of(Span(plan.span), opens)[1]
    count = (closes.year - opens.year) * 12 + closes.month - opens.month + 1
    months = {(opens.month - 1 + offset) % 12 + 1 for offset in range(count)}
    return bool(months & set(plan.season_months))
