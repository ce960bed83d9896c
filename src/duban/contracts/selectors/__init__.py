"""Every read of contracts, lines, their dates, and of how much an estate has handed over."""

from duban.contracts.selectors.contracts import (
    ContractDate,
    contract_dates,
    contract_get,
    contract_lines,
    contract_timeline,
    contract_total,
    contracts_expiring,
    contracts_listed,
    contracts_of,
    contracts_of_vendor,
)
from duban.contracts.selectors.evidence import metric_facts, occurrences
from duban.contracts.selectors.feeds import feed_owner, has_feed
from duban.contracts.selectors.lines import (
    OverlapFound,
    estate_lines,
    line_by_number,
    line_gates,
    line_get,
    lines_by_id,
    lines_by_reference,
    lines_by_vendor,
    lines_for_settlement,
    lines_in,
    lines_of,
    overlapping_lines,
)
from duban.contracts.selectors.outsourcing import EstateOutsourcing, estate_outsourcing, outsourcing_of, outsourcing_with

__all__ = [
    "ContractDate",
    "EstateOutsourcing",
    "OverlapFound",
    "contract_dates",
    "contract_get",
    "contract_lines",
    "contract_timeline",
    "contract_total",
    "contracts_expiring",
    "contracts_listed",
    "contracts_of",
    "contracts_of_vendor",
    "estate_lines",
    "estate_outsourcing",
    "feed_owner",
    "has_feed",
    "line_by_number",
    "line_gates",
    "line_get",
    "lines_by_id",
    "lines_by_reference",
    "lines_by_vendor",
    "lines_for_settlement",
    "lines_in",
    "lines_of",
    "metric_facts",
    "occurrences",
    "outsourcing_of",
    "outsourcing_with",
    "overlapping_lines",
]
