"""What a finding costs: the panel on its page, with the rule, the clause, the line of the card and of the statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.inspections.selectors import finding_get
from duban.inspections.selectors.charges import occurrences_of_finding
from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError
from duban.scorecards.selectors.occurrence_points import OccurrencePoints, points_of
from duban.scorecards.selectors.wording import kind_name, severity_name
from duban.settlement.domain.fact_cost import ChargedAs
from duban.settlement.selectors.occurrence_money import OccurrenceMoney, money_of

TEMPLATE = "settlement/finding_panel.html"


@dataclass(frozen=True)
class CostRow:
    """One occurrence of the finding with what it costs on either side; `None` where the reader may not see that side."""

    what: str
    severity: str
    on: date
    points: OccurrencePoints | None
    card_url: str
    money: OccurrenceMoney | None
    settled: str


def finding_panel(actor: Actor, finding_code: str) -> tuple[str, Mapping[str, object]] | None:
    """Template and context of the panel; `None` where the actor may not see the finding, or neither points nor money.

    A fixed number of statements, however many occurrences the finding makes (three at most).
    """
    try:
        finding = finding_get(actor, finding_code)
    except DomainError:
        return None
    occurrences = occurrences_of_finding(finding)
    points = points_of(actor, finding.line, occurrences)
    money = money_of(actor, finding.line, occurrences)
    if occurrences and not points and not money:
        return None
    rows = [
        CostRow(
            what=kind_name(item.kind),
            severity=severity_name(item.severity),
            on=item.on,
            points=points.get(item.identity),
            card_url=_card_url(points.get(item.identity)),
            money=money.get(item.identity),
            settled=_settled(money.get(item.identity)),
        )
        for item in occurrences
    ]
    return TEMPLATE, {"rows": rows, "is_closed": all(_is_closed(row) for row in rows), "is_withdrawn": not rows}


def _is_closed(row: CostRow) -> bool:
    """Whether nothing of the row is a forecast any more."""
    return (row.points is None or bool(row.points.card)) and (row.money is None or bool(row.money.statement))


def _card_url(points: OccurrencePoints | None) -> str:
    if points is None or not points.card:
        return ""
    return f"{reverse('scorecards:detail', args=[points.card])}#{points.key}"


def _settled(money: OccurrenceMoney | None) -> str:
    """How the contract settles it, in words."""
    if money is None:
        return ""
    words = {
        ChargedAs.MONEY: _("Deducted by its own rule"),
        ChargedAs.POINTS: _("Paid for through the score; the same fact is not charged twice"),
        ChargedAs.NOTHING: _("No money rule takes it; it can only cost through the score"),
    }
    return words[money.charged_as]
