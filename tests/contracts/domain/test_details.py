from datetime import date
from decimal import Decimal

import pytest

from duban.contracts.domain.details import ContractDetails, LineDetails
from duban.contracts.domain.terms import Term
from duban.kernel.errors import Invalid


def test_details_know_their_term():
    span = (date(2026, 1, 1), date(2026, 12, 31))
    assert ContractDetails("1", "x", *span, "small", "large").term == Term(*span)
    assert LineDetails("cleaning", "lump_sum", Decimal(1), *span).term == Term(*span)


def test_a_backward_term_is_refused():
    with pytest.raises(Invalid):
        _ = ContractDetails("1", "x", date(2026, 2, 1), date(2026, 1, 1), "small", "large").term
