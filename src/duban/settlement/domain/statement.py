"""The statement: base fee, deductions, cap, bonus, tax, retention → payable.

All arithmetic is decimal; each line is rounded half up to the fen where it arises, and sums add rounded lines, so the
payable is exactly the sum of the lines. The cap may leave a positive line that gives back what went beyond it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from duban.kernel.money import NOTHING, fen
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.kernel.trace import Step
from duban.settlement.domain.fees import month_parts
from duban.settlement.domain.figures import (
    FEES,
    ExtraInput,
    FigureLine,
    Flag,
    LineKind,
    StatementInputs,
    StatementResult,
    Totals,
)
from duban.settlement.domain.line_figures import (
    LineWork,
    bonus_line,
    charge_lines,
    cliff_notes,
    line_flags,
    score_line,
    tidy,
    work_line,
)
from duban.settlement.domain.terms import Aggregation, PaymentTerms
from duban.settlement.domain.trigger import TriggerState, evaluate_trigger

DEDUCTIBLE = frozenset({LineKind.CHARGE, LineKind.SCORE, LineKind.ADJUSTMENT})


@dataclass(frozen=True)
class Settled:
    """The lines with the closing ones (cap, tax, retention) and their sums."""

    lines: tuple[FigureLine, ...]
    totals: Totals
    limit_amount: Decimal
    deducted_amount: Decimal
    """Capped deductions before the cap."""


def compute_statement(terms: PaymentTerms, period: Period, inputs: StatementInputs) -> StatementResult:
    """Compute the statement of one contract for one period from its terms and the facts of the period.

    Pure and repeatable: the same inputs give the same result. Deductions under appeal stay in the payable, which is
    therefore the undisputed part; what more would be due if all appeals succeeded is stated beside it.
    """
    works = line_works(terms, period, inputs)
    scores = _paid_scores(terms, works)
    body = tuple(_withdrawn(line, inputs) for line in _body(works, scores, inputs, period))
    settled = settle(terms, body)
    disputed = tuple(line for line in body if line.line_id in inputs.disputed)
    upheld = settle(terms, tuple(line for line in body if line not in disputed or line.amount >= 0))
    trigger = None if terms.trigger is None else evaluate_trigger(terms.trigger, inputs.scores)
    reached = bool(settled.deducted_amount) and settled.deducted_amount >= settled.limit_amount
    return StatementResult(
        lines=settled.lines,
        totals=settled.totals,
        cap_limit_amount=settled.limit_amount,
        capped_amount=min(settled.deducted_amount, settled.limit_amount),
        is_cap_reached=reached,
        undisputed_amount=settled.totals.payable_amount,
        disputed_amount=sum((abs(line.amount) for line in disputed), NOTHING),
        disputed_net_amount=upheld.totals.payable_amount - settled.totals.payable_amount,
        cliffs=tuple(note for work, score in zip(works, scores, strict=True) for note in cliff_notes(work, score)),
        flags=tuple(_flags(terms, works, scores, trigger, is_cap_reached=reached)),
        trigger=trigger,
        trace=tuple(_trace(terms, settled)),
    )


def line_works(terms: PaymentTerms, period: Period, inputs: StatementInputs) -> tuple[LineWork, ...]:
    """The contract lines with fee and facts settled, in their order: which rule charges which fact."""
    months = _months_between(inputs, period)
    return tuple(work_line(terms, line, period, months) for line in inputs.lines)


def settle(terms: PaymentTerms, body: Sequence[FigureLine]) -> Settled:
    """Close the lines: give back what goes beyond the cap, add tax where it is not included, keep the retention.

    Deductions never exceed cap × fee plus the uncapped ones, nor the fee itself. Where a card of a quarter is paid for
    in its last month, the cap counts the fees of all its months, as the deduction does.
    """
    fee = _sum(line for line in body if line.kind in FEES)
    capped = -_sum(line for line in body if _is_deduction(line) and line.is_capped)
    uncapped = -_sum(line for line in body if _is_deduction(line) and not line.is_capped)
    limit = fen((fee + sum((line.earlier_amount for line in body), NOTHING)) * terms.cap.rate)
    allowed = min(max(fee, NOTHING), min(capped, limit) + uncapped)
    relief = capped + uncapped - allowed
    bonus = _sum(line for line in body if line.kind not in FEES and not _is_deduction(line))
    net = fee - allowed + bonus
    vat = vat_amount(net, terms)
    added_vat = NOTHING if terms.vat.included else vat
    retention = fen(net * terms.retention.rate)
    closing = _closing_lines(terms, relief=relief, vat=added_vat, retention=retention, net=net)
    payable = net + added_vat - retention
    totals = Totals(fee, allowed, bonus, net, vat, retention, payable)
    return Settled((*body, *closing), totals, limit, capped)


def vat_amount(net: Decimal, terms: PaymentTerms) -> Decimal:
    """The tax in `net` (net × rate ÷ (1 + rate)) where prices include it, else the tax on top (net × rate)."""
    divisor = 1 + terms.vat.rate if terms.vat.included else Decimal(1)
    return fen(net * terms.vat.rate / divisor)


def _closing_lines(
    terms: PaymentTerms, *, relief: Decimal, vat: Decimal, retention: Decimal, net: Decimal
) -> Iterator[FigureLine]:
    if relief:
        yield FigureLine(
            line_id="cap",
            kind=LineKind.CAP_RELIEF,
            label=mark("Given back: deductions are capped at {rate}%"),
            amount=relief,
            clause=terms.cap.clause,
            params={"rate": tidy(terms.cap.rate * 100)},
        )
    if vat:
        yield FigureLine(
            line_id="vat", kind=LineKind.VAT, label=mark("Value added tax {rate}%"), amount=vat,
            params={"rate": tidy(terms.vat.rate * 100)},
        )  # fmt: skip
    if retention:
        yield FigureLine(
            line_id="retention",
            kind=LineKind.RETENTION,
            label=mark("Retention {rate}%"),
            amount=-retention,
            clause=terms.retention.clause,
            rule=mark("{net} × {rate}%"),
            evidence=mark("Ledger"),
            params={"rate": tidy(terms.retention.rate * 100), "net": str(net)},
        )


def _body(
    works: Sequence[LineWork], scores: Sequence[Decimal | None], inputs: StatementInputs, period: Period
) -> Iterator[FigureLine]:
    for work in works:
        yield from work.fees
    for extra in inputs.extras:
        yield _extra_line(extra, period)
    for work in works:
        yield from charge_lines(work)
    for maker in (score_line, bonus_line):
        for work, score in zip(works, scores, strict=True):
            line = maker(work, score)
            if line is not None:
                yield line
    for item in inputs.adjustments:
        yield FigureLine(
            line_id=f"adjustment:{item.code}",
            kind=LineKind.ADJUSTMENT,
            label=mark("Adjustment {code} · {name}"),
            amount=fen(item.amount),
            clause=item.clause,
            params={"code": item.code, "name": item.name},
        )


def _extra_line(extra: ExtraInput, period: Period) -> FigureLine:
    spans = [(extra.from_on, extra.until_on)]
    days = period.overlap_days(extra.from_on, extra.until_on)
    amount = fen(extra.amount)
    if extra.is_monthly:
        amount = sum((month_parts(extra.amount, month, spans)[0] for month in period.months), NOTHING)
    return FigureLine(
        line_id=f"change:{extra.code}",
        kind=LineKind.CHANGE_ORDER,
        label=mark("Change order {code} · {name}"),
        amount=amount,
        clause=extra.clause,
        rule=mark("{fee} a month × {days}/{all_days} days") if extra.is_monthly else "",
        evidence=mark("{days}/{all_days} days") if extra.is_monthly else mark("Once"),
        params={
            "code": extra.code,
            "name": extra.name,
            "days": str(days),
            "all_days": str(period.day_count),
            "fee": str(fen(extra.amount)),
        },
        quantity=Decimal(days),
    )


def _withdrawn(line: FigureLine, inputs: StatementInputs) -> FigureLine:
    if line.line_id not in inputs.withdrawn or line.amount >= 0:
        return line
    params = {**line.params, "withdrawn_amount": str(-line.amount)}
    return replace(line, amount=NOTHING, evidence=mark("Withdrawn after an appeal: {withdrawn_amount}"), params=params)


def _paid_scores(terms: PaymentTerms, works: Sequence[LineWork]) -> tuple[Decimal | None, ...]:
    """The score each line is paid by: its own, the lowest of the contract, or the weighted mean (two places, half up)."""
    own = [work.charging.paid_score for work in works]
    known = [(score, work.line.weight) for score, work in zip(own, works, strict=True) if score is not None]
    mode = Aggregation.EACH_LINE if terms.score is None else terms.score.aggregation
    weight = sum((part for _, part in known), NOTHING)
    if mode is Aggregation.EACH_LINE or not weight:
        return tuple(own)
    if mode is Aggregation.MIN_OF_SITES:
        return tuple(min(score for score, _ in known) for _ in own)
    mean = fen(sum((Fraction(score) * Fraction(part) for score, part in known), Fraction(0)) / Fraction(weight))
    return tuple(mean for _ in own)


def _flags(
    terms: PaymentTerms,
    works: Sequence[LineWork],
    scores: Sequence[Decimal | None],
    trigger: TriggerState | None,
    *,
    is_cap_reached: bool,
) -> Iterator[Flag]:
    for work, score in zip(works, scores, strict=True):
        yield from line_flags(work, score)
    if is_cap_reached:
        told = {"rate": tidy(terms.cap.rate * 100)}
        message = mark("Deductions reached the cap of {rate}%: a rectification or termination procedure is due.")
        yield Flag("cap_reached", message, told, terms.cap.consequence)
    if trigger is None or terms.trigger is None:
        return
    if trigger.is_fired:
        told = {
            "consecutive": str(trigger.consecutive),
            "cumulative": str(trigger.cumulative),
            "below": tidy(terms.trigger.below),
        }
        message = mark(
            "Below {below}: {consecutive} periods running, {cumulative} in the contract term. The trigger is reached."
        )
        yield Flag("trigger", message, told, terms.trigger.consequence)
    if trigger.gap_periods:
        message = mark("Periods without a score do not break a run: {periods}.")
        yield Flag("score_gap", message, {"periods": ", ".join(trigger.gap_periods)})


def _trace(terms: PaymentTerms, settled: Settled) -> Iterator[Step]:
    for line in settled.lines:
        inputs = {key: str(value) for key, value in line.params.items() if not isinstance(value, dict)}
        names = {key: str(value["en"]) for key, value in line.params.items() if isinstance(value, dict)}
        yield Step(line.label, line.rule, str(line.amount), {**inputs, **names}, line.facts)
    totals = settled.totals
    yield Step(
        mark("Deductions"),
        mark("the smaller of {deducted} and cap {limit}, and what is not capped"),
        str(totals.deduction_amount),
        {"deducted": str(settled.deducted_amount), "limit": str(settled.limit_amount)},
    )
    yield Step(
        mark("Net"),
        mark("{fee} − {deduction} + {bonus}"),
        str(totals.net_amount),
        {"fee": str(totals.fee_amount), "deduction": str(totals.deduction_amount), "bonus": str(totals.bonus_amount)},
    )
    added = NOTHING if terms.vat.included else totals.vat_amount
    yield Step(
        mark("Payable"),
        mark("{net} + tax {vat} − retention {retention}; every line rounded half up to the fen"),
        str(totals.payable_amount),
        {"net": str(totals.net_amount), "vat": str(added), "retention": str(totals.retention_amount)},
    )


def _months_between(inputs: StatementInputs, period: Period) -> int:
    start = inputs.term_start
    if start is None or start >= period.start:
        return 0
    return (period.start.year - start.year) * 12 + period.start.month - start.month


def _is_deduction(line: FigureLine) -> bool:
    return line.kind in DEDUCTIBLE and line.amount < 0


def _sum(lines: Iterable[FigureLine]) -> Decimal:
    return sum((line.amount for line in lines), NOTHING)
