"""Payment terms as one contract has them: what the contract itself fixes wins over the shared version."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from duban.kernel.money import fen
from duban.settlement.domain.terms import PaymentTerms, Vat

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


def hourly_price(monthly_fee: Decimal, weekly_hours: Decimal) -> Decimal | None:
    """What an hour on post costs: monthly fee × 12 ÷ (hours a week × 365 ÷ 7), to the fen; `None` without hours."""
    if weekly_hours <= 0:
        return None
    return fen(Fraction(monthly_fee) * MONTHS_OF_YEAR / (Fraction(weekly_hours) * WEEKS_OF_YEAR))
