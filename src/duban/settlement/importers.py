"""Ledgers of counted work: which columns come in, and go out again."""

from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.line_columns import LINE_COLUMNS
from duban.platform.exports import Exporter
from duban.platform.imports import Decimal, Importer, Text
from duban.settlement.permissions import Code as Right

COUNTS = Importer(
    kind="work_counts",
    label=_("Counted work"),
    permission=Right.COUNT,
    columns=(
        *LINE_COLUMNS,
        Text("period_code", zh="月份", en="Month", required=True, limit=8, example="2026-10"),
        Text(
            "name",
            zh="工作项目",
            en="Work",
            limit=80,
            default="",
            example="绿篱修剪",
            help=_("As in the price list of the line; empty where the line has one price only."),
        ),
        Decimal("quantity", zh="数量", en="Quantity", required=True, places=4, minimum=0, example="120"),
        Text("note", zh="备注", en="Note", limit=200, default=""),
    ),
    unique=(("line", "period_code", "name"),),
    check="duban.settlement.selectors.imports.count_row_problems",
    save="duban.settlement.services.imports.counts_save",
    note=_("One row per contract line, month and kind of work. The other side confirms each; only then it is paid."),
)

COUNTS_EXPORT = Exporter(importer=COUNTS, rows="duban.settlement.selectors.imports.count_export_rows")
