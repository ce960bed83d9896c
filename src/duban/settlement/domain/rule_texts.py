"""The money rules as formulas in words, for the trace."""

from collections.abc import Mapping

from duban.kernel.text import mark
from duban.settlement.domain.charges import ChargeContext, ChargeKind, ChargeRule, Escalating, FreeQuota, Vacancy

RULE_TEXTS: Mapping[ChargeKind, str] = {
    ChargeKind.FIXED_LIST: mark("quantity × amount of the list"),
    ChargeKind.VACANCY: mark("{quantity} h × {price} × {factor}"),
    ChargeKind.LATENESS: mark("amount of the band of minutes"),
    ChargeKind.FREE_QUOTA: mark("points beyond {quota} × {price}"),
    ChargeKind.ESCALATING: mark("{fee} × rate of each step, {prior} earlier in the term"),
    ChargeKind.PERCENT_LIST: mark("percent of the fee × quantity"),
    ChargeKind.DAILY_POOL: mark("pool of the month ÷ days ÷ items × failed items"),
}


def rule_params(rule: ChargeRule, context: ChargeContext) -> Mapping[str, str]:
    """The figures that fill the formula of `rule`."""
    if isinstance(rule, Vacancy):
        price = rule.hourly_price if rule.hourly_price is not None else context.hourly_price
        return {"price": "–" if price is None else str(price), "factor": str(rule.factor)}
    if isinstance(rule, FreeQuota):
        return {"quota": str(rule.quota_at(context.months_since_start)), "price": str(rule.amount_per_point)}
    if isinstance(rule, Escalating):
        return {"fee": str(context.fee_amount), "prior": str(context.prior_count)}
    return {}
