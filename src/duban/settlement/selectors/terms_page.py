"""Payment terms in words: bands, money rules, the rest, and who is bound."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.platform.ui.components import Fact
from duban.settlement.domain.charges import ChargeKind
from duban.settlement.domain.line_figures import tidy
from duban.settlement.domain.rates import HoldbackPool, OffsetRate, PerPointPct, ScoreRule, TierRate
from duban.settlement.domain.terms import DoubleCharge, PaymentTerms
from duban.settlement.domain.trigger import Trigger
from duban.settlement.models import TermsBinding, TermsVersion
from duban.settlement.selectors.statements import contracts_bound_to
from duban.settlement.selectors.wording import clause_words, in_language


@dataclass(frozen=True)
class BandRow:
    """One band of scores and what it pays."""

    scores: str
    pays: str


@dataclass(frozen=True)
class ChargeRow:
    """One money rule."""

    label: str
    kind: str
    clause: str
    is_capped: bool


@dataclass(frozen=True)
class TermsPage:
    """The page of one version of payment terms."""

    facts: list[Fact]
    bands: list[BandRow]
    charges: list[ChargeRow]
    bindings: list[TermsBinding]


def terms_page(actor: Actor, version: TermsVersion) -> TermsPage:
    """Put a version into words."""
    terms = version.terms()
    rule = None if terms.score is None else terms.score.rule
    return TermsPage(
        facts=_facts(version, terms),
        bands=[] if rule is None else list(_bands(rule)),
        charges=[
            ChargeRow(
                label=str(in_language(charge.head.label)),
                kind=charge_names()[charge.KIND],
                clause=clause_words(charge.head.clause),
                is_capped=charge.head.is_capped,
            )
            for charge in terms.charges
        ],
        bindings=contracts_bound_to(actor, version),
    )


def charge_names() -> Mapping[ChargeKind, str]:
    """The money rules in the reader's language."""
    return {
        ChargeKind.FIXED_LIST: gettext("fixed amounts"),
        ChargeKind.VACANCY: gettext("hours × price × factor"),
        ChargeKind.LATENESS: gettext("by minutes late"),
        ChargeKind.FREE_QUOTA: gettext("points beyond a free quota"),
        ChargeKind.ESCALATING: gettext("escalating over the contract term"),
        ChargeKind.PERCENT_LIST: gettext("percent of the fee"),
        ChargeKind.DAILY_POOL: gettext("pool laid out by days"),
    }


def _facts(version: TermsVersion, terms: PaymentTerms) -> list[Fact]:
    modes = {
        DoubleCharge.POINTS: gettext("points"),
        DoubleCharge.MONEY: gettext("money"),
        DoubleCharge.LARGER: gettext("the larger of points and money"),
    }
    facts = [
        Fact(gettext("Source"), version.source or "–"),
        Fact(gettext("Cap of deductions"), f"{tidy(terms.cap.rate * 100)}%", hint=gettext("The contract's own rate wins.")),
        Fact(gettext("One fact costs"), modes[terms.double_charge]),
        Fact(gettext("Answer window"), gettext("{count} working days").format(count=terms.appeal.working_days)),
        Fact(gettext("Digest"), version.digest[:12]),
    ]
    if terms.trigger is not None:
        facts.append(Fact(gettext("Trigger"), _trigger(terms.trigger)))
    return facts


def _trigger(trigger: Trigger) -> str:
    running = gettext("below {below} in {count} periods running")
    in_term = gettext("below {below} in {count} periods of the contract term")
    parts = ((running, trigger.consecutive), (in_term, trigger.cumulative))
    return " / ".join(text.format(below=tidy(trigger.below), count=count) for text, count in parts if count)


def _bands(rule: ScoreRule) -> Iterator[BandRow]:
    if isinstance(rule, TierRate):
        yield from _tier_rows(rule)
    elif isinstance(rule, HoldbackPool):
        pool = rule.pool_rate * 100
        text = gettext("{fixed}% fixed, {pool}% by score").format(fixed=tidy(100 - pool), pool=tidy(pool))
        yield BandRow("0–100", text)
        if rule.inner is not None:
            yield from _bands(rule.inner)
    else:
        yield BandRow(f"≥ {tidy(rule.threshold)}", "100%")
        yield BandRow(f"< {tidy(rule.threshold)}", _below(rule))


def _below(rule: PerPointPct | OffsetRate) -> str:
    if isinstance(rule, OffsetRate):
        return gettext("({offset} + score)%").format(offset=tidy(rule.offset))
    return _per_point(rule.percent, rule.base_for_penalty)


def _tier_rows(rule: TierRate) -> Iterator[BandRow]:
    uppers = [tidy(tier.from_score) for tier in rule.tiers[1:]]
    pairs = zip(rule.tiers, [*uppers, "100"], strict=True)
    for tier, upper in reversed(list(pairs)):
        closing = "]" if upper == "100" else ")"
        scores = f"[{tidy(tier.from_score)}, {upper}{closing}"
        if tier.per_point is None:
            yield BandRow(scores, f"{tidy(cast('Decimal', tier.rate) * 100)}%")
        else:
            yield BandRow(scores, _per_point(tier.per_point.percent, tier.per_point.base_for_penalty))


def _per_point(percent: Decimal, base: Decimal) -> str:
    return gettext("{percent}% less for each point below {base}").format(percent=tidy(percent), base=tidy(base))
