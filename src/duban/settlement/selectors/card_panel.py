"""What a card means in money: the panel on the page of a scorecard."""

from collections.abc import Mapping
from decimal import Decimal

from django.urls import reverse

from duban.kernel.actor import Actor
from duban.settlement.models import StatementLine
from duban.settlement.permissions import Code
from duban.settlement.selectors.bands import cliff_rows
from duban.settlement.selectors.statements import statement_list
from duban.settlement.selectors.wording import line_label

TEMPLATE = "settlement/card_panel.html"


def card_panel(actor: Actor, card_code: str) -> tuple[str, Mapping[str, object]] | None:
    """Template and context of the panel: the statement lines of the card's contract line, and how near it is to another band.

    `None` where there is no statement yet or the actor may not see it. Four queries at most.
    """
    if not actor.can(Code.VIEW):
        return None
    found = StatementLine.objects.filter(card_code=card_code, statement__in=statement_list(actor))
    score_line = found.select_related("statement").first()
    if score_line is None:
        return None
    statement = score_line.statement
    lines = list(statement.lines.filter(contract_line=score_line.contract_line_id))
    name = score_line.key.split(":")[1]
    return TEMPLATE, {
        "statement": statement,
        "url": reverse("settlement:detail", args=[statement.code]),
        "rows": [(line_label(line), line.amount) for line in lines],
        "cliffs": [row for row in cliff_rows(statement, lines) if row.line == name],
        "total": sum((line.amount for line in lines), Decimal("0.00")),
    }
