"""How near scores are to another band, in words and money."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from duban.platform.ui import formatting
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.line_figures import tidy
from duban.settlement.models import Statement, StatementLine


@dataclass(frozen=True)
class CliffRow:
    """How near a line is to another band and what that is worth."""

    line: str
    name: str
    text: str
    tone: str


def cliff_rows(statement: Statement, lines: list[StatementLine]) -> list[CliffRow]:
    """How near each line is to another band, in words."""
    names = {line.key.split(":")[1]: str(line.params.get("name", "")) for line in lines if line.kind == LineKind.BASE_FEE}
    below = gettext("{distance} points above the band that ends at {edge}: falling below costs {amount}")
    above = gettext("{distance} points short of {edge}: reaching it brings {amount}")
    return [
        CliffRow(
            line=cliff["contract_line"],
            name=names.get(cliff["contract_line"], ""),
            text=(below if cliff["is_below"] else above).format(
                distance=tidy(Decimal(cliff["distance"])),
                edge=tidy(Decimal(cliff["edge"])),
                amount=formatting.money(abs(Decimal(cliff["effect_amount"])), statement.contract.currency),
            ),
            tone="bad" if cliff["is_below"] else "good",
        )
        for cliff in statement.cliffs
    ]
