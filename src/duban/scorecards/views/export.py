from collections.abc import Iterable
from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from duban.platform.sheets.writers import CellKind, SheetColumn, write_xlsx
from duban.scorecards.models import Card
from duban.scorecards.selectors.card_page import adjustment_lines, card_title, indicator_lines
from duban.scorecards.selectors.cards import occurrences_of
from duban.scorecards.selectors.wording import kind_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def card_workbook(card: Card) -> HttpResponse:
    """The card as one sheet: indicators, deductions, the score, then every occurrence with its points."""
    columns = [
        SheetColumn(heading) for heading in (_("Item"), _("Rule"), _("Value reached"), _("Sample"), _("Weight"), _("Points"))
    ]
    stream = BytesIO()
    write_xlsx(stream, [*columns, SheetColumn(_("Date"), CellKind.DATE)], _rows(card), sheet_name=card.code)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{card.code}.xlsx"'
    return response


def _rows(card: Card) -> Iterable[tuple[object, ...]]:
    yield (card_title(card), card.code, "", "", "", "", None)
    for item in indicator_lines(card):
        yield (item.name, item.rule, item.value, item.sample, item.weight, item.points, None)
    for adjustment in adjustment_lines(card):
        yield (adjustment.name, adjustment.rule, adjustment.count, "", adjustment.kind, adjustment.points, None)
    yield (
        _("Score"),
        _("rounded half up to one decimal"),
        "",
        "",
        "",
        card.score if card.score is not None else _("insufficient data"),
        None,
    )
    for row in occurrences_of(card):
        yield (row.label, kind_name(row.kind), row.place, row.quantity, row.effect_key, row.points, row.on)
