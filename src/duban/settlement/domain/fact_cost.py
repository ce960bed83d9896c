"""What one fact costs under the terms of its contract line, seen by itself."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duban.kernel.money import NOTHING
from duban.settlement.domain.charges import ChargeRule
from duban.settlement.domain.charging import rule_context
from duban.settlement.domain.line_figures import LineWork


class ChargedAs(StrEnum):
    """How a contract settles one fact: in money, through the score, or not at all."""

    MONEY = "money"
    POINTS = "points"
    NOTHING = "nothing"


@dataclass(frozen=True)
class FactCost:
    """`amount` is what the rule asks for the fact alone, before free counts, quotas, daily caps and the cap of the contract.

    `rule` is the money rule that takes it; it is named too where the contract leaves the fact to the score instead.
    """

    charged_as: ChargedAs
    rule: ChargeRule | None = None
    amount: Decimal = NOTHING


def cost_of_fact(work: LineWork, ref: str) -> FactCost:
    """Where the fact `ref` (`app/code`) went when the line was settled; a fact nobody wants costs nothing.

    Amounts are in the contract's currency, rounded to the fen by the rule.
    """
    for rule in work.terms.charges:
        for fact in work.charging.by_rule.get(rule.head.code, ()):
            if fact.ref == ref:
                return FactCost(ChargedAs.MONEY, rule, rule.nominal(fact, rule_context(work.context, work.line, rule)))
    for fact in work.line.facts:
        if fact.ref == ref and fact.points:
            wanting = [rule for rule in work.terms.charges if rule.head.match.takes(fact)]
            return FactCost(ChargedAs.POINTS, wanting[0] if wanting else None)
    return FactCost(ChargedAs.NOTHING)
