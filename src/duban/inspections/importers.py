"""Ledgers of check results: which columns come in, and go out again."""

from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.line_columns import LINE_COLUMNS
from duban.inspections.permissions import Code as Right
from duban.platform.exports import Exporter
from duban.platform.imports import Choice, Code, Date, Decimal, Importer, Reference, Text, Time

CHECK_RESULTS = Importer(
    kind="check_results",
    label=_("Check results"),
    permission=Right.EDIT,
    columns=(
        Code("number", zh="记录编号", en="Record number", default="", example="QC-20261005-001"),
        *LINE_COLUMNS,
        Date("day", zh="检查日期", en="Day", required=True, aliases=("日期",), example="2026-10-05"),
        Time("time", zh="检查时间", en="Time", aliases=("时间",), example="09:30"),
        Reference(
            "item",
            zh="检查项目",
            en="Item",
            required=True,
            also=("contract", "line"),
            lookup="duban.inspections.selectors.imports.item_keys",
            aliases=("标准条目",),
            example="floors.handrail",
            help=_("Key, number or name of an item of the line's standard."),
        ),
        Reference(
            "place",
            zh="点位",
            en="Place",
            also=("contract", "line"),
            lookup="duban.inspections.selectors.imports.place_keys",
            example="11栋/18层",
            help=_("From the top down, parted by /, or the tag on its label."),
        ),
        Choice(
            "verdict",
            zh="结果",
            en="Verdict",
            required=True,
            choices={
                "pass": ("合格", "Pass", "达标", "通过"),
                "fail": ("不合格", "Fail", "不达标"),
                "not_applicable": ("不适用", "Not applicable", "N/A"),
            },
            example="不合格",
        ),
        Choice(
            "severity",
            zh="严重程度",
            en="Severity",
            choices={
                "minor": ("轻微", "Minor"),
                "major": ("较重", "Major", "一般"),
                "critical": ("严重", "Critical", "致命"),
            },
            example="轻微",
        ),
        Decimal("value", zh="实测值", en="Measured value", places=3),
        Reference("inspector", zh="检查人", en="Inspector", lookup="duban.inspections.selectors.imports.inspector_keys"),
        Text("note", zh="说明", en="Note", limit=300, default=""),
    ),
    check="duban.inspections.selectors.imports.check_row_problems",
    save="duban.inspections.services.imports.check_results_save",
    note=_("One row per checked item. Rows that are recorded already are left as they are; failed ones open findings."),
)

CHECK_RESULTS_EXPORT = Exporter(importer=CHECK_RESULTS, rows="duban.inspections.selectors.imports.check_result_export_rows")
