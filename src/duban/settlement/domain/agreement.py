"""Payment terms as one contract has them: what the contract itself fixes wins over the shared version."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from duban.kernel.money import fen
from duban.settlement.domain.charges import Vacancy
from duban.settlement.domain.terms import PaymentTerms, Vat

HOURS_OF_WEEK = Decimal(40)
"""Standard working week of one person (劳动法 §36, 国务院令 174)."""
WEEKS_OF_YEAR = Fraction(365, 7)
MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class ContractRates:
    """The rates and days written into a contract; fractions (0.06 is 6 %)."""

    vat_rate: Decimal
    is_vat_included: bool
    retention_rate: Decimal
    cap_rate: Decimal
    appeal_working_days: int


def agreed_terms(terms: PaymentTerms, rates: ContractRates) -> PaymentTerms:
    """`terms` with the rates of the contract in the place of their own."""
    return replace(
        terms,
        vat=Vat(rates.vat_rate, rates.is_vat_included),
        retention=replace(terms.retention, rate=rates.retention_rate),
        cap=replace(terms.cap, rate=rates.cap_rate),
        appeal=replace(terms.appeal, working_days=rates.appeal_working_days),
    )


@dataclass(frozen=True)
class ClauseNumbers:
    """Where the signed contract says what the terms say; `charges` by rule code."""

    fee: str = ""
    score: str = ""
    double_charge: str = ""
    cap: str = ""
    retention: str = ""
    charges: Mapping[str, str] = field(default_factory=dict)


def with_clauses(terms: PaymentTerms, clauses: ClauseNumbers) -> PaymentTerms:
    """`terms` pointing at the clauses of the signed contract."""
    return replace(
        terms,
        fee_clause=clauses.fee,
        score=None if terms.score is None else replace(terms.score, clause=clauses.score),
        charges=tuple(
            replace(rule, head=replace(rule.head, clause=clauses.charges.get(rule.head.code, rule.head.clause)))
            for rule in terms.charges
        ),
        double_charge_clause=clauses.double_charge,
        cap=replace(terms.cap, clause=clauses.cap),
        retention=replace(terms.retention, clause=clauses.retention),
    )


def with_hourly_price(terms: PaymentTerms, price: Decimal) -> PaymentTerms:
    """`terms` whose vacancy rules use the hourly price the contract states, in yuan."""
    priced = (replace(rule, hourly_price=price) if isinstance(rule, Vacancy) else rule for rule in terms.charges)
    return replace(terms, charges=tuple(priced))


def hourly_price(monthly_fee: Decimal, weekly_hours: Decimal) -> Decimal | None:
    """What an hour on post costs: monthly fee × 12 ÷ (hours a week × 365 ÷ 7), to the fen; `None` without hours."""
    if weekly_hours <= 0:
        return None
    return fen(Fraction(monthly_fee) * MONTHS_OF_YEAR / (Fraction(weekly_hours) * WEEKS_OF_YEAR))
