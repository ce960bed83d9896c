"""The picture from the base fees to the payable."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from duban.kernel.money import NOTHING
from duban.platform.ui.charts import Step, Waterfall
from duban.settlement.domain.figures import FEES, LineKind
from duban.settlement.domain.states import VendorState
from duban.settlement.models import Statement, StatementLine
from duban.settlement.selectors.wording import in_language

WATERFALL_LIMIT = 14


def waterfall(statement: Statement, lines: list[StatementLine]) -> Waterfall:
    """From the base fees to the payable; lines of 0.00 are left out, disputed ones marked."""
    steps = [_step(line) for line in lines if line.amount]
    if len(steps) > WATERFALL_LIMIT:
        steps = _by_kind(lines)
    total = Step(gettext("Payable"), statement.payable_amount, "total")
    return Waterfall((*steps, total), unit=statement.contract.currency)


def _step(line: StatementLine) -> Step:
    kind = "plus" if line.amount > 0 else "minus"
    if line.vendor_state == VendorState.APPEALED:
        kind = "disputed"
    elif line.kind in FEES:
        kind = "base" if line.kind == LineKind.BASE_FEE else "plus"
    return Step(_short_label(line), line.amount, kind, evidence_url(line))


def _short_label(line: StatementLine) -> str:
    if line.kind == LineKind.BASE_FEE:
        return str(line.params.get("name", ""))
    if line.kind == LineKind.CHARGE:
        return str(in_language(line.params["rule"]))
    return str(line.get_kind_display())


def _by_kind(lines: list[StatementLine]) -> list[Step]:
    """Many lines summed by kind, in the order in which the kinds first appear."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.kind] = sums.get(line.kind, NOTHING) + line.amount
    names = {line.kind: str(line.get_kind_display()) for line in lines}
    shapes = {kind: "base" if kind == LineKind.BASE_FEE else "plus" if amount > 0 else "minus" for kind, amount in sums.items()}
    return [Step(names[kind], amount, shapes[kind]) for kind, amount in sums.items() if amount]


def evidence_url(line: StatementLine) -> str:
    """Address of what a line rests on."""
    return reverse("settlement:evidence", args=[line.statement.code, line.position])
