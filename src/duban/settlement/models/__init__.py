"""Tables of settlement."""

from duban.settlement.models.counts import WorkCount
from duban.settlement.models.extras import Adjustment, ChangeOrder
from duban.settlement.models.money import Payment, RetentionEntry
from duban.settlement.models.statements import Statement, StatementAppeal, StatementLine
from duban.settlement.models.terms import TermsBinding, TermsVersion

__all__ = [
    "Adjustment",
    "ChangeOrder",
    "Payment",
    "RetentionEntry",
    "Statement",
    "StatementAppeal",
    "StatementLine",
    "TermsBinding",
    "TermsVersion",
    "WorkCount",
]
