"""What one contract line costs in facts and in score, each fact charged once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from duban.kernel.money import NOTHING, fen
from duban.settlement.domain.charges import Assignment, ChargeContext, ChargeRule, assign
from duban.settlement.domain.facts import Fact
from duban.settlement.domain.figures import LineInput
from duban.settlement.domain.rates import HUNDRED, ScoreRule
from duban.settlement.domain.terms import DoubleCharge, PaymentTerms


@dataclass(frozen=True)
class Charging:
    """How the facts of one line are charged.

    `by_rule` holds the facts each money rule charges. `kept_as_points` were left to the score, `freed_points` were taken
    out of it because they cost money, `given_way` were wanted by a second money rule. `paid_score` is the score the fee
    is paid by: the card's, with the freed points put back.
    """

    by_rule: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    kept_as_points: tuple[Fact, ...] = ()
    freed_points: tuple[Fact, ...] = ()
    given_way: tuple[str, ...] = ()
    paid_score: Decimal | None = None

    @property
    def absorbed(self) -> tuple[str, ...]:
        """Refs that two rules wanted and one got."""
        refs = [fact.ref for fact in (*self.kept_as_points, *self.freed_points)]
        return tuple(dict.fromkeys([*refs, *self.given_way]))


def score_deduction(rule: ScoreRule, score: Decimal, fee_amount: Decimal) -> Decimal:
    """What the score costs: fee × (1 − rate), to the fen, not negative."""
    return fen(fee_amount * (1 - rule.rate(score)))


def charge_line(terms: PaymentTerms, line: LineInput, context: ChargeContext) -> Charging:
    """Decide for one line which facts cost money and which cost points.

    A fact that did both is settled by the contract's choice: points, money, or the larger of the two sums for this line
    (money on a tie). Freed points are put back on the score, which never passes 100.
    """
    assignment = assign(terms.charges, line.facts, _with_prior(context, line))
    if terms.score is None or line.score is None:
        return Charging(assignment.by_rule, given_way=assignment.given_way, paid_score=line.score)
    doubled = tuple(fact for facts in assignment.by_rule.values() for fact in facts if fact.points)
    as_money = _as_money(assignment, doubled, line.score)
    as_points = _as_points(assignment, doubled, line.score)
    if not doubled or terms.double_charge is DoubleCharge.MONEY:
        return as_money
    if terms.double_charge is DoubleCharge.POINTS:
        return as_points
    costs = [_money(terms, line, way, context) + _points(terms.score.rule, way, context) for way in (as_money, as_points)]
    return as_money if costs[0] >= costs[1] else as_points


def rule_context(context: ChargeContext, line: LineInput, rule: ChargeRule) -> ChargeContext:
    """The context with the number of earlier failures this rule counted in the contract term."""
    return replace(context, prior_count=line.prior_counts.get(rule.head.code, 0))


def _as_money(assignment: Assignment, doubled: tuple[Fact, ...], score: Decimal) -> Charging:
    raised = score + sum((fact.points for fact in doubled), NOTHING)
    paid = max(score, min(HUNDRED, raised))
    return Charging(assignment.by_rule, (), doubled, assignment.given_way, paid)


def _as_points(assignment: Assignment, doubled: tuple[Fact, ...], score: Decimal) -> Charging:
    kept = {fact.ref for fact in doubled}
    by_rule = {code: tuple(fact for fact in facts if fact.ref not in kept) for code, facts in assignment.by_rule.items()}
    return Charging(by_rule, doubled, (), assignment.given_way, score)


def _money(terms: PaymentTerms, line: LineInput, charging: Charging, context: ChargeContext) -> Decimal:
    """What the facts cost directly."""
    totals = (rule.total(charging.by_rule.get(rule.head.code, ()), rule_context(context, line, rule)) for rule in terms.charges)
    return sum(totals, NOTHING)


def _points(rule: ScoreRule, charging: Charging, context: ChargeContext) -> Decimal:
    """What the score costs."""
    return score_deduction(rule, charging.paid_score or NOTHING, context.scored_amount)


def _with_prior(context: ChargeContext, line: LineInput) -> ChargeContext:
    """For choosing between rules the largest earlier count decides, so that a repeated failure is not understated."""
    return replace(context, prior_count=max(line.prior_counts.values(), default=0))
