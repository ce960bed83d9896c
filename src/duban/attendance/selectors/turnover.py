"""The turnover of a vendor's people on one service line, against the caps of T6."""

from datetime import date

from duban.attendance.domain.turnover import Cap, Tenure, Turnover, by_category
from duban.contracts.models import ContractLine
from duban.kernel.dated import NoValue
from duban.kernel.period import Period
from duban.platform.parameters.selectors import value_on
from duban.vendors.domain.workers import Category
from duban.vendors.models import Worker

MONTHS = 12


def line_turnover(line: ContractLine, month: Period) -> dict[str, Turnover]:
    """Turnover by kind of post over the months of the line's term up to `month`, twelve at most.

    Counted are the vendor's people kept for the line's service. A kind of post whose cap the register does not hold on that
    day is left out.
    """
    rows = Worker.objects.filter(company=line.contract.vendor_id, service_line=line.service_line).order_by("id")
    people = [
        (category, Tenure(first, last)) for category, first, last in rows.values_list("category", "entered_on", "left_on")
    ]
    return by_category(people, _months(line, month), _caps(line.contract.vendor.tenant.path, month.end)) if people else {}


def _months(line: ContractLine, month: Period) -> list[Period]:
    months = [month]
    while len(months) < MONTHS and months[0].previous().end >= line.starts_on:
        months.insert(0, months[0].previous())
    return months


def _caps(tenant_path: str, on: date) -> dict[str, Cap]:
    try:
        months = int(value_on("turnover.trigger_months", on=on, tenant_path=tenant_path).value)
        heads = value_on("turnover.minimum_heads", on=on, tenant_path=tenant_path).value
        values = {category: value_on(f"turnover.{category}", on=on, tenant_path=tenant_path) for category in Category}
    except NoValue:
        return {}
    return {category: Cap(value.value, months, heads, value.source) for category, value in values.items()}
