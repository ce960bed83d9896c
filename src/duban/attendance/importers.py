"""Ledgers of slots: which columns come in, and go out again."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from duban.attendance.domain.slots import Shift, SlotState
from duban.attendance.permissions import Code as Right
from duban.contracts.selectors.line_columns import LINE_COLUMNS
from duban.platform.exports import Exporter
from duban.platform.imports import Choice, Date, DateTime, Decimal, Importer, Integer, Reference, Text

SHIFT_WORDS: Mapping[str, tuple[str, ...]] = {
    Shift.DAY: ("白班", "Day shift", "日班", "早班"),
    Shift.MIDDLE: ("中班", "Middle shift"),
    Shift.NIGHT: ("夜班", "Night shift", "晚班"),
}
CELL_HELP = _("Name or code of one of your people; 休 rest, 假 leave, 空岗 left vacant; empty if nobody is planned.")

POST = Reference(
    "post",
    zh="岗位",
    en="Post",
    required=True,
    also=("contract", "line"),
    lookup="duban.attendance.selectors.imports.post_keys",
    example="东门日岗",
    help=_("Code or name of a post at the line's estate."),
)

SLOTS = Importer(
    kind="slots",
    label=_("Attendance slots"),
    permission=Right.EDIT,
    columns=(
        *LINE_COLUMNS,
        POST,
        Date(
            "day",
            zh="日期",
            en="Day",
            required=True,
            example="2026-10-05",
            help=_("A night shift belongs to the day it begins."),
        ),
        Choice(
            "shift",
            zh="班次",
            en="Shift",
            default=Shift.DAY,
            choices=SHIFT_WORDS,
            example="夜班",
        ),
        Choice(
            "state",
            zh="状态",
            en="State",
            required=True,
            choices={
                SlotState.PRESENT: ("有人", "Manned", "在岗", "到岗"),
                SlotState.VACANT: ("缺岗", "Vacant", "空岗"),
                SlotState.REVIEW: ("待复核", "To be reviewed"),
                SlotState.OFF: ("休息请假", "Off", "休息", "请假"),
            },
            example="有人",
        ),
        Decimal("planned_hours", zh="计划工时", en="Planned hours", places=1, minimum=0, maximum=24, default=8, example="12"),
        Text("rostered_name", zh="排班人员", en="On the roster", limit=40, default=""),
        Text("actual_name", zh="实际在岗人员", en="On post", limit=40, default=""),
        DateTime("checkin_at", zh="上班打卡", en="Checked in", example="2026-10-05 19:52"),
        DateTime("checkout_at", zh="下班打卡", en="Checked out", example="2026-10-06 08:01"),
        Integer("late_minutes", zh="迟到分钟", en="Minutes late", minimum=0, maximum=1440, default=0),
        Text("source", zh="数据来源", en="Source", limit=40, default=""),
        Text("note", zh="备注", en="Note", limit=200, default=""),
    ),
    unique=(("contract", "line", "post", "day", "shift"),),
    check="duban.attendance.selectors.imports.slot_row_problems",
    save="duban.attendance.services.imports.slots_save",
    note=_("One row per post, day and shift. Slots that a person decided after review keep that decision."),
)

SLOTS_EXPORT = Exporter(importer=SLOTS, rows="duban.attendance.selectors.imports.slot_export_rows")

ROSTERS = Importer(
    kind="rosters",
    label=_("Rosters"),
    permission=Right.ROSTER,
    columns=(
        *LINE_COLUMNS,
        POST,
        Choice("shift", zh="班次", en="Shift", default=Shift.DAY, choices=SHIFT_WORDS, example="夜班"),
        Date("week", zh="周", en="Week", required=True, example="2026-10-05", help=_("Any day of the week, best its Monday.")),
        *(
            Text(key, zh=zh, en=en, limit=60, default="", example=example, help=CELL_HELP)
            for key, zh, en, example in (
                ("mon", "周一", "Monday", "王小明"),
                ("tue", "周二", "Tuesday", "王小明"),
                ("wed", "周三", "Wednesday", "李强"),
                ("thu", "周四", "Thursday", "李强"),
                ("fri", "周五", "Friday", "王小明"),
                ("sat", "周六", "Saturday", "休"),
                ("sun", "周日", "Sunday", "休"),
            )
        ),
    ),
    unique=(("contract", "line", "post", "shift", "week"),),
    check="duban.attendance.selectors.sheets.sheet_problems",
    save="duban.attendance.services.sheets.rosters_save",
    note=_("One row per post, shift and week; it says the whole week. Only drafts change; publish them on their page."),
)

ROSTERS_EXPORT = Exporter(importer=ROSTERS, rows="duban.attendance.selectors.sheets.roster_export_rows")

PAYROLLS = Importer(
    kind="payrolls",
    label=_("Payrolls"),
    permission=Right.ROSTER,
    columns=(
        *LINE_COLUMNS,
        Date(
            "month", zh="月份", en="Month", required=True, example="2026-10-01", help=_("Any day of the month, best its first.")
        ),
        Reference(
            "worker",
            zh="人员",
            en="Person",
            required=True,
            also=("contract", "line"),
            lookup="duban.attendance.selectors.payrolls.payroll_people",
            example="WK-2026-0001",
            help=_("Name or code of one of your people."),
        ),
        Decimal("hours", zh="计薪工时", en="Hours paid", places=2, minimum=0, maximum=744, required=True, example="201.36"),
        Integer(
            "billed_shifts",
            zh="计费班次",
            en="Shifts billed",
            minimum=0,
            maximum=100000,
            example="186",
            help=_("Shifts you bill for the line in the month; once is enough, the largest counts."),
        ),
    ),
    unique=(("contract", "line", "month", "worker"),),
    check="duban.attendance.selectors.payrolls.payroll_problems",
    save="duban.attendance.services.payrolls.payrolls_save",
    note=_("One row per person. A sheet says the whole payroll of each line and month it names; wages are not asked for."),
)
