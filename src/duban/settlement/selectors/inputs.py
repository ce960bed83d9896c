"""Everything a month's statements are computed from, gathered set by set: the cost does not grow by query with contracts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from itertools import groupby
from typing import cast

from duban.contracts.models import Contract, ContractLine
from duban.contracts.selectors import lines_for_settlement
from duban.estates.models import Post
from duban.kernel.money import NOTHING
from duban.kernel.occurrence import Occurrence
from duban.kernel.period import Period
from duban.platform.tables_by_name import wired
from duban.scorecards.models import Card
from duban.scorecards.selectors import cards_for_settlement, scores_of_lines
from duban.scorecards.selectors.for_settlement import quarterly_lines
from duban.settlement.domain.agreement import HOURS_OF_WEEK, ContractRates, agreed_terms, hourly_price
from duban.settlement.domain.counting import COUNTED
from duban.settlement.domain.facts import NO_POINTS, Fact
from duban.settlement.domain.fees import FeeBasis, FeeSpan, base_amounts
from duban.settlement.domain.figures import AdjustmentInput, ExtraInput, LineInput, LineKind, MonthFee, StatementInputs
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.models import Adjustment, ChangeOrder, StatementLine, TermsBinding, TermsVersion
from duban.settlement.selectors.counts import LineCounts, counts_by_month

NONE_COUNTED = LineCounts()


@dataclass(frozen=True)
class ContractCase:
    """One contract ready to be computed; `lines` maps the core's line names to the rows."""

    contract: Contract
    version: TermsVersion
    terms: PaymentTerms
    inputs: StatementInputs
    lines: Mapping[str, ContractLine]


@dataclass(frozen=True)
class _Evidence:
    """What was read for all lines of the period."""

    cards: Mapping[int, Card]
    facts: Mapping[int, tuple[Fact, ...]]
    scores: Mapping[int, tuple[tuple[str, Decimal | None], ...]]
    weekly_hours: Mapping[tuple[int, str], Decimal]
    prior_counts: Mapping[int, Mapping[str, int]]
    bindings: Mapping[tuple[int, int | None], TermsVersion]
    extras: Mapping[int, tuple[ExtraInput, ...]]
    adjustments: Mapping[int, tuple[AdjustmentInput, ...]]
    period: Period
    quarterly: Collection[int]
    counts: Mapping[tuple[int, str], LineCounts]
    parsed: dict[int, PaymentTerms] = field(default_factory=dict)

    def terms_of(self, version: TermsVersion, contract: Contract) -> PaymentTerms:
        """The version's terms with the rates of the contract; each definition is read once."""
        if version.pk not in self.parsed:
            self.parsed[version.pk] = version.terms()
        return agreed_terms(self.parsed[version.pk], contract_rates(contract))


def gather_cases(contracts: Collection[Contract], period: Period) -> tuple[list[ContractCase], list[Contract]]:
    """The cases of `contracts` in `period`, and the contracts that have no payment terms on its last day."""
    by_contract = lines_for_settlement([contract.pk for contract in contracts], period.start, period.end)
    rows = [row for lines in by_contract.values() for row in lines]
    evidence = _read(contracts, rows, period)
    cases: list[ContractCase] = []
    without: list[Contract] = []
    for contract in contracts:
        version = evidence.bindings.get((contract.pk, None))
        if version is None:
            without.append(contract)
        elif by_contract[contract.pk]:
            cases.append(_case(contract, version, by_contract[contract.pk], evidence))
    return cases, without


def contract_rates(contract: Contract) -> ContractRates:
    """The rates written into a contract."""
    return ContractRates(
        vat_rate=contract.vat_rate,
        is_vat_included=contract.is_vat_included,
        retention_rate=contract.retention_rate,
        cap_rate=Decimal(contract.deduction_cap_rate),
        appeal_working_days=contract.appeal_working_days,
    )


def line_name(line: ContractLine, contract: Contract) -> str:
    """How a line is called inside a statement, for ever: `CT-2026-0042/2`."""
    return f"{contract.code}/{line.number}"


def _case(contract: Contract, version: TermsVersion, lines: list[ContractLine], evidence: _Evidence) -> ContractCase:
    named = {line_name(line, contract): line for line in lines}
    terms = evidence.terms_of(version, contract)
    inputs = StatementInputs(
        lines=tuple(_line_input(name, line, contract, terms, evidence) for name, line in named.items()),
        extras=evidence.extras.get(contract.pk, ()),
        adjustments=evidence.adjustments.get(contract.pk, ()),
        term_start=contract.starts_on,
        scores=_contract_scores(lines, evidence),
    )
    return ContractCase(contract, version, terms, inputs, named)


def _line_input(name: str, line: ContractLine, contract: Contract, terms: PaymentTerms, evidence: _Evidence) -> LineInput:
    card = evidence.cards.get(line.pk)
    ends_on = min(line.ends_on, contract.terminated_on) if contract.terminated_on else line.ends_on
    basis = FeeBasis(line.fee_basis)
    counted = evidence.counts.get((line.pk, evidence.period.code), NONE_COUNTED)
    span = FeeSpan(basis, line.unit_price_amount, line.quantity, line.starts_on, ends_on)
    if basis in COUNTED:
        span = _counted_span(span, counted)
    posts = evidence.weekly_hours.get((line.estate_id, line.service_line), Decimal(0))
    hours = line.post_count * HOURS_OF_WEEK or posts
    version = evidence.bindings.get((contract.pk, line.pk))
    own = None if version is None else evidence.terms_of(version, contract)
    return LineInput(
        line=name,
        name=line.estate.short_name or line.estate.name,
        spans=(span,),
        score=None if card is None else card.score,
        card="" if card is None else card.code,
        facts=_facts_of(line, card, own or terms, evidence),
        weight=line.quantity if line.fee_basis == FeeBasis.PER_M2 else Decimal(1),
        hourly_price=hourly_price(span.monthly_amount, hours),
        terms=own,
        prior_counts=evidence.prior_counts.get(line.pk, {}),
        earlier_fees=_earlier_fees(line.pk, span, card, evidence),
        scored_with=_scored_with(line, evidence),
        open_counts=counted.open_count,
    )


def _counted_span(span: FeeSpan, counted: LineCounts) -> FeeSpan:
    """The span of a line paid by count: what both sides confirmed, never the quantity that was only expected."""
    return replace(span, quantity=sum((item.quantity for item in counted.items), NOTHING), items=counted.items)


def _earlier_fees(line: int, span: FeeSpan, card: Card | None, evidence: _Evidence) -> tuple[MonthFee, ...]:
    """The fees of the months before this one that a quarterly card judges too; none for a monthly card."""
    months = () if card is None else Period.parse(card.period.key).months
    fees = []
    for month in (month for month in months if month < evidence.period):
        counted = evidence.counts.get((line, month.code), NONE_COUNTED)
        then = _counted_span(span, counted) if span.basis in COUNTED else span
        fees.append(MonthFee(month.code, sum(base_amounts((then,), month), NOTHING)))
    return tuple(fee for fee in fees if fee.amount)


def _scored_with(line: ContractLine, evidence: _Evidence) -> str:
    """The quarter whose card will pay for this month, on the statements before its last month."""
    quarter = Period.quarter_of(evidence.period.start)
    is_early = line.pk in evidence.quarterly and evidence.period.end < quarter.end
    return quarter.code if is_early and line.pk not in evidence.cards else ""


def _facts_of(line: ContractLine, card: Card | None, terms: PaymentTerms, evidence: _Evidence) -> tuple[Fact, ...]:
    """The facts of a line that can cost something: those that took points from its card or that a money rule takes.

    What an appeal struck out of the card costs nothing here either.
    """
    rows = {} if card is None else {f"{row.app}/{row.code}": row for row in card.occurrences.all()}
    struck = {ref for ref, row in rows.items() if row.is_struck}
    points = {ref: abs(row.points) for ref, row in rows.items() if row.points < 0}
    matches = [rule.head.match for rule in terms.charges]
    return tuple(
        replace(fact, points=points.get(fact.ref, NO_POINTS))
        for fact in evidence.facts.get(line.pk, ())
        if fact.ref not in struck and (fact.ref in points or any(match.takes(fact) for match in matches))
    )


def _contract_scores(lines: list[ContractLine], evidence: _Evidence) -> tuple[tuple[str, Decimal | None], ...]:
    """The contract's score history: the lowest score of its lines in each period, `None` where none has one."""
    by_period: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        for code, score in evidence.scores.get(line.pk, ()):
            by_period[code] += [] if score is None else [score]
    return tuple((code, min(scores) if scores else None) for code, scores in sorted(by_period.items()))


def _read(contracts: Collection[Contract], lines: list[ContractLine], period: Period) -> _Evidence:
    keys = [line.pk for line in lines]
    return _Evidence(
        cards={card.line_id: card for card in cards_for_settlement(keys, period)},
        facts=_read_facts(keys, period),
        scores=scores_of_lines(keys, period),
        weekly_hours=_read_weekly_hours(lines),
        prior_counts=_read_prior_counts(contracts, period),
        bindings=_read_bindings(contracts, period.end),
        extras=_read_extras(contracts, period),
        adjustments=_read_adjustments(contracts, period),
        period=period,
        quarterly=quarterly_lines(keys, period.end),
        counts=_read_counts(lines, period),
    )


def _read_counts(lines: list[ContractLine], period: Period) -> dict[tuple[int, str], LineCounts]:
    """What was counted on the lines paid by count, this month and earlier in its quarter; no query where there are none."""
    counted = [line.pk for line in lines if line.fee_basis in COUNTED]
    return counts_by_month(counted, Period.quarter_of(period.start).months) if counted else {}


def _read_facts(lines: list[int], period: Period) -> dict[int, tuple[Fact, ...]]:
    found: defaultdict[int, list[Fact]] = defaultdict(list)
    for path in cast("tuple[str, ...]", wired("DUBAN_EVIDENCE")):
        rows = cast("Iterable[Occurrence]", import_module(path).occurrences(lines, period.start, period.end))
        for row in rows:
            if row.for_money:
                found[row.line_id].append(_fact(row))
    return {line: tuple(sorted(facts, key=lambda fact: (fact.on, fact.ref))) for line, facts in found.items()}


def _fact(row: Occurrence) -> Fact:
    return Fact(
        ref=f"{row.app}/{row.code}",
        kind=row.kind,
        key=row.key,
        on=row.on,
        quantity=row.quantity if row.measure is None else row.measure,
        penalty_points=row.quantity,
        severity=row.severity,
        subject=row.place,
        label=row.label,
    )


def _read_weekly_hours(lines: list[ContractLine]) -> dict[tuple[int, str], Decimal]:
    posts = Post.objects.filter(estate__in={line.estate_id for line in lines}, is_active=True)
    hours: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for estate, service_line, weekly, heads in posts.values_list("estate_id", "service_line", "hours_per_week", "heads"):
        hours[(estate, service_line)] += weekly * heads
    return hours


def _read_prior_counts(contracts: Collection[Contract], period: Period) -> dict[int, dict[str, int]]:
    """How often each money rule charged each line earlier in the contract term, from the statements that count."""
    rows = StatementLine.objects.filter(
        statement__contract__in=contracts, statement__is_current=True, statement__ends_on__lt=period.start, kind=LineKind.CHARGE
    ).values_list("contract_line_id", "key", "facts")
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for line, key, facts in rows:
        code = key.rsplit(":", 1)[-1]
        if line is not None:
            counts[line][code] = counts[line].get(code, 0) + len(facts)
    return counts


def _read_bindings(contracts: Collection[Contract], on: date) -> dict[tuple[int, int | None], TermsVersion]:
    """The version in force on a day, by contract and line; later bindings come later and win."""
    rows = TermsBinding.objects.filter(contract__in=contracts, from_on__lte=on).select_related("version").order_by("from_on")
    return {(row.contract_id, row.line_id): row.version for row in rows}


def _read_extras(contracts: Collection[Contract], period: Period) -> dict[int, tuple[ExtraInput, ...]]:
    rows = ChangeOrder.objects.filter(contract__in=contracts, from_on__lte=period.end).order_by("contract", "code")
    found: dict[int, tuple[ExtraInput, ...]] = {}
    for contract, group in groupby(rows, key=lambda row: row.contract_id):
        found[contract] = tuple(
            ExtraInput(row.code, row.name, row.amount, row.is_monthly, row.from_on, row.until_on, row.clause)
            for row in group
            if _falls_into(row, period)
        )
    return found


def _falls_into(row: ChangeOrder, period: Period) -> bool:
    if not row.is_monthly:
        return row.from_on in period
    return row.until_on is None or row.until_on >= period.start


def _read_adjustments(contracts: Collection[Contract], period: Period) -> dict[int, tuple[AdjustmentInput, ...]]:
    rows = Adjustment.objects.filter(contract__in=contracts, period_code=period.code).order_by("contract", "code")
    return {
        contract: tuple(AdjustmentInput(row.code, row.name, row.amount, row.clause) for row in group)
        for contract, group in groupby(rows, key=lambda row: row.contract_id)
    }
