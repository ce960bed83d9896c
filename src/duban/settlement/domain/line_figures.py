"""The statement lines of one contract line."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duban.kernel.money import NOTHING, fen
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.settlement.domain.charges import ChargeContext, ChargeRule, Vacancy
from duban.settlement.domain.charging import Charging, charge_line, rule_context, score_deduction
from duban.settlement.domain.facts import Fact
from duban.settlement.domain.fees import PER_MONTH, FeeBasis, FeeSpan, PricedQuantity, base_amounts
from duban.settlement.domain.figures import CliffNote, FigureLine, Flag, LineInput, LineKind
from duban.settlement.domain.rates import HUNDRED, Consequence, HoldbackPool, TierRate, cliffs
from duban.settlement.domain.rule_texts import RULE_TEXTS, rule_params
from duban.settlement.domain.terms import NoScore, PaymentTerms, ScoreTerms

BASIS_LABELS = {
    FeeBasis.LUMP_SUM: mark("Base fee {name}"),
    FeeBasis.PER_POST: mark("Base fee {name}, by post"),
    FeeBasis.PER_M2: mark("Base fee {name}, by area"),
    FeeBasis.PER_VISIT: mark("Base fee {name}, by visit"),
    FeeBasis.UNIT_PRICES: mark("Base fee {name}, by unit prices"),
}


@dataclass(frozen=True)
class LineWork:
    """One contract line after its fee and its facts are settled, before scores of several sites are put together."""

    line: LineInput
    terms: PaymentTerms
    context: ChargeContext
    fees: tuple[FigureLine, ...]
    charging: Charging

    @property
    def fee_amount(self) -> Decimal:
        """Fee of the line in the period."""
        return self.context.fee_amount

    @property
    def scored_amount(self) -> Decimal:
        """Fee of all months that the line's card judges, this period's included."""
        return self.context.scored_amount

    @property
    def scored_months(self) -> str:
        """Those fees written as a sum, earliest first."""
        return " + ".join(str(fee) for fee in (*(each.amount for each in self.line.earlier_fees), self.fee_amount))


def work_line(terms: PaymentTerms, line: LineInput, period: Period, months_since_start: int) -> LineWork:
    """Compute the fee lines of one contract line and decide how its facts are charged."""
    own = line.terms or terms
    fees = tuple(_fee_lines(own, line, period))
    context = ChargeContext(
        fee_amount=sum((fee.amount for fee in fees), NOTHING),
        period=period,
        hourly_price=line.hourly_price,
        months_since_start=months_since_start,
        earlier_amount=sum((fee.amount for fee in line.earlier_fees), NOTHING),
    )
    return LineWork(line, own, context, fees, charge_line(own, line, context))


def _fee_lines(terms: PaymentTerms, line: LineInput, period: Period) -> Iterator[FigureLine]:
    for index, (span, amount) in enumerate(zip(line.spans, base_amounts(line.spans, period), strict=True)):
        days = period.overlap_days(span.from_on, span.until_on)
        is_whole = days == period.day_count
        yield FigureLine(
            line_id=f"base:{line.line}" if index == 0 else f"base:{line.line}:{index + 1}",
            kind=LineKind.BASE_FEE,
            label=BASIS_LABELS[span.basis],
            amount=amount,
            clause=terms.fee_clause,
            rule=mark("{fee} a month × {days}/{all_days} days") if span.basis in PER_MONTH else mark("quantity × price"),
            evidence=_fee_evidence(span, is_whole=is_whole),
            params={
                "name": line.name,
                "days": str(days),
                "all_days": str(period.day_count),
                "fee": str(span.monthly_amount),
                "counted": _counted_words(span),
            },
            contract_line=line.line,
            quantity=span.quantity,
        )


def _fee_evidence(span: FeeSpan, *, is_whole: bool) -> str:
    if span.basis not in PER_MONTH:
        return mark("Counted: {counted}") if span.items or span.quantity else mark("Nothing counted")
    return mark("{days} days, whole period") if is_whole else mark("{days}/{all_days} days")


def _counted_words(span: FeeSpan) -> str:
    """`Hedge trimming 120 × 3.5、…`: what a counted fee is the sum of."""
    if span.basis in PER_MONTH:
        return ""
    items = span.items or (PricedQuantity("", span.price, span.quantity),)
    return "、".join(f"{item.label} {tidy(item.quantity)} × {item.price.normalize():f}".strip() for item in items)


def charge_lines(work: LineWork) -> Iterator[FigureLine]:
    """One line per money rule that charges something, or had facts that were free."""
    for rule in work.terms.charges:
        facts = work.charging.by_rule.get(rule.head.code, ())
        if facts:
            yield _charge_line(work, rule, facts)
    absorbed = work.charging.absorbed
    if absorbed:
        yield _absorbed_line(work, absorbed)


def _charge_line(work: LineWork, rule: ChargeRule, facts: tuple[Fact, ...]) -> FigureLine:
    amount = rule.total(facts, rule_context(work.context, work.line, rule))
    quantity = sum((fact.quantity for fact in facts), NOTHING)
    evidence = mark("{count} slots, {quantity} hours") if isinstance(rule, Vacancy) else mark("{count} facts")
    return FigureLine(
        line_id=f"charge:{work.line.line}:{rule.head.code}",
        kind=LineKind.CHARGE,
        label=mark("{rule} · {name}"),
        amount=-amount,
        clause=rule.head.clause,
        rule=RULE_TEXTS[rule.KIND],
        evidence=evidence,
        params={
            "rule": dict(rule.head.label),
            "name": work.line.name,
            "count": str(len(facts)),
            "quantity": tidy(quantity),
            **rule_params(rule, rule_context(work.context, work.line, rule)),
        },
        contract_line=work.line.line,
        quantity=quantity,
        facts=tuple(fact.ref for fact in facts),
        is_capped=rule.head.is_capped,
    )


def _absorbed_line(work: LineWork, refs: tuple[str, ...]) -> FigureLine:
    by_points = bool(work.charging.kept_as_points)
    return FigureLine(
        line_id=f"absorbed:{work.line.line}",
        kind=LineKind.ABSORBED,
        label=mark("The same fact is not charged twice · {name}"),
        amount=NOTHING,
        clause=work.terms.double_charge_clause,
        evidence=mark("{count} facts, already charged by score")
        if by_points
        else mark("{count} facts, already charged in money"),
        params={"name": work.line.name, "count": str(len(refs)), "mode": str(work.terms.double_charge)},
        contract_line=work.line.line,
        quantity=Decimal(len(refs)),
        facts=refs,
    )


def score_line(work: LineWork, paid_score: Decimal | None) -> FigureLine | None:
    """What the score costs this line; a line of 0.00 where it costs nothing, `None` without a score rule."""
    score = work.terms.score
    if score is None or work.line.scored_with:
        return None
    if paid_score is None:
        return _unscored_line(work, score)
    is_card_score = paid_score == work.line.score
    return FigureLine(
        line_id=f"score:{work.line.line}",
        kind=LineKind.SCORE,
        label=mark("Score {score} → {rate}% · {name}")
        if is_card_score
        else mark("Score {score}, paid as {paid} → {rate}% · {name}"),
        amount=-score_deduction(score.rule, paid_score, work.scored_amount) or NOTHING,
        clause=score.clause,
        rule=mark("({months}) × (100 − {rate})%") if work.line.earlier_fees else mark("{fee} × (100 − {rate})%"),
        evidence=mark("Card {card}"),
        params={
            "fee": str(work.scored_amount),
            "months": work.scored_months,
            "score": "–" if work.line.score is None else tidy(work.line.score),
            "paid": tidy(paid_score),
            "rate": tidy(score.rule.rate(paid_score) * HUNDRED),
            "name": work.line.name,
            "card": work.line.card,
        },
        contract_line=work.line.line,
        card=work.line.card,
        quantity=paid_score,
        earlier_amount=work.context.earlier_amount,
    )


def _unscored_line(work: LineWork, score: ScoreTerms) -> FigureLine:
    held = NOTHING
    if score.no_score is NoScore.HOLD:
        rate = score.rule.pool_rate if isinstance(score.rule, HoldbackPool) else work.terms.cap.rate
        held = fen(work.scored_amount * rate)
    return FigureLine(
        line_id=f"score:{work.line.line}",
        kind=LineKind.SCORE,
        label=mark("No score, held back until there is one · {name}") if held else mark("No score, nothing deducted · {name}"),
        amount=-held or NOTHING,
        clause=score.clause,
        evidence=mark("Not enough data"),
        params={"name": work.line.name},
        contract_line=work.line.line,
        card=work.line.card,
        earlier_amount=work.context.earlier_amount,
    )


def bonus_line(work: LineWork, paid_score: Decimal | None) -> FigureLine | None:
    """What a high score earns on top: the highest step reached."""
    if paid_score is None:
        return None
    reached = [step for step in work.terms.bonus if paid_score >= step.from_score]
    if not reached:
        return None
    step = max(reached, key=lambda step: step.from_score)
    return FigureLine(
        line_id=f"bonus:{work.line.line}",
        kind=LineKind.BONUS,
        label=mark("Bonus for {score} · {name}"),
        amount=fen(work.scored_amount * step.rate),
        clause=step.clause,
        evidence=mark("Card {card}"),
        params={"score": tidy(paid_score), "name": work.line.name, "card": work.line.card},
        contract_line=work.line.line,
        card=work.line.card,
        quantity=paid_score,
    )


def cliff_notes(work: LineWork, paid_score: Decimal | None) -> tuple[CliffNote, ...]:
    """The nearest bands and what crossing into them would change in the fee of this line."""
    score = work.terms.score
    if score is None or paid_score is None:
        return ()
    here = score.rule.rate(paid_score)
    return tuple(
        CliffNote(
            contract_line=work.line.line,
            is_below=edge.is_below,
            edge=edge.edge,
            distance=edge.distance,
            effect_amount=fen(work.scored_amount * (edge.rate_beyond - here)),
        )
        for edge in cliffs(score.rule, paid_score)
    )


def line_flags(work: LineWork, paid_score: Decimal | None) -> Iterator[Flag]:
    """What a person must look at on this line."""
    named: dict[str, object] = {"name": work.line.name}
    yield from _count_flags(work.line, named)
    if work.line.scored_with:
        named = {**named, "period": work.line.scored_with}
        yield Flag("scored_later", mark("{name} is scored with {period}; that card pays for all its months."), named)
    elif work.terms.score is not None and paid_score is None:
        yield Flag("no_score", mark("{name} has no score in this period."), named)
    rule = None if work.terms.score is None else work.terms.score.rule
    if isinstance(rule, TierRate) and paid_score is not None:
        tier = rule.tier(paid_score)
        if tier.consequence is not Consequence.NOTHING:
            told = {**named, "score": tidy(paid_score)}
            yield Flag("band", mark("{name} scored {score}: the terms ask for a further step."), told, tier.consequence)
    for charge in work.terms.charges:
        is_priced = not isinstance(charge, Vacancy) or charge.hourly_price is not None or work.line.hourly_price is not None
        if work.charging.by_rule.get(charge.head.code) and not is_priced:
            yield Flag("no_price", mark("{name} has absent hours but no hourly price; they cost nothing yet."), named)


def _count_flags(line: LineInput, named: dict[str, object]) -> Iterator[Flag]:
    if line.open_counts:
        told = {**named, "count": str(line.open_counts)}
        yield Flag("count_open", mark("{count} counted quantities of {name} wait for one side; the fee is without them."), told)
    counted = [span.counted_amount() for span in line.spans if span.basis not in PER_MONTH]
    if counted and not any(counted) and not line.open_counts:
        yield Flag("not_counted", mark("Nothing was counted for {name} in this period, so its fee is 0."), named)


def tidy(number: Decimal) -> str:
    """A number for reading: at most two places, no trailing zeros, never an exponent."""
    text = f"{number.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
