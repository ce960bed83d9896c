"""Ledgers of complaints: which columns come in, and go out again."""

from django.utils.translation import gettext_lazy as _

from duban.complaints.domain.categories import categories
from duban.complaints.models import IntakeChannel, Validity
from duban.complaints.permissions import Code as Right
from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS
from duban.platform.exports import Exporter
from duban.platform.imports import Choice, Code, DateTime, Importer, Reference, Text

COMPLAINTS = Importer(
    kind="complaints",
    label=_("Complaints"),
    permission=Right.EDIT,
    columns=(
        Code("external_number", zh="投诉编号", en="Complaint number", required=True, limit=60, example="TS-20261012-01"),
        Reference(
            "estate",
            zh="项目",
            en="Estate",
            required=True,
            lookup="duban.complaints.selectors.imports.estate_keys",
            example="P001",
        ),
        Choice(
            "category",
            zh="投诉类别",
            en="Category",
            required=True,
            aliases=("类别",),
            choices={key: (category.names["zh"], category.names["en"]) for key, category in categories().items()},
            example="清洁卫生",
        ),
        Choice(
            "service_line", zh="专项", en="Service line", choices=SERVICE_LINE_WORDS, default="", help=_("Empty: by category.")
        ),
        Choice(
            "channel",
            zh="渠道",
            en="Channel",
            default=IntakeChannel.IMPORT,
            choices={
                IntakeChannel.PHONE: ("电话", "Telephone"),
                IntakeChannel.DESK: ("前台", "Service desk", "客服前台"),
                IntakeChannel.APP: ("业主APP", "Owner app", "APP"),
                IntakeChannel.WECHAT: ("微信", "WeChat"),
                IntakeChannel.HOTLINE: ("12345热线", "Government hotline 12345", "12345"),
                IntakeChannel.VISIT: ("上门走访", "House visit", "走访"),
                IntakeChannel.IMPORT: ("其他系统", "Other system"),
            },
            example="电话",
        ),
        DateTime(
            "received_at", zh="受理时间", en="Received at", required=True, aliases=("投诉时间",), example="2026-10-12 09:00"
        ),
        Text("text", zh="投诉内容", en="What happened", required=True, limit=2000, multiline=True, example="楼道有垃圾"),
        Text("place_name", zh="地点", en="Place", limit=80, default=""),
        Text("reporter_name", zh="投诉人", en="Owner", limit=40, default=""),
        Code("reporter_contact", zh="联系方式", en="Contact", limit=60, default=""),
        Code("contract", zh="合同编号", en="Contract"),
        Reference(
            "line",
            zh="合同行",
            en="Contract line",
            also=("contract",),
            lookup="duban.complaints.selectors.imports.line_keys",
            help=_("Empty: the line that served the estate on that day."),
        ),
        Choice(
            "validity",
            zh="是否有效",
            en="Validity",
            default=Validity.PENDING,
            choices={
                Validity.PENDING: ("待核实", "Not yet checked", "未核实"),
                Validity.VALID: ("有效", "Valid", "是"),
                Validity.INVALID: ("无效", "Not valid", "否"),
            },
            example="有效",
        ),
        DateTime("due_at", zh="应答复时间", en="Reply due", help=_("Empty: by the category's reply time.")),
        DateTime("first_reply_at", zh="首次答复时间", en="First answer"),
        DateTime("closed_at", zh="办结时间", en="Closed at"),
    ),
    unique=(("estate", "external_number"),),
    check="duban.complaints.selectors.imports.complaint_row_problems",
    save="duban.complaints.services.imports.complaints_save",
    note=_("One row per complaint. Rows whose number is known at the estate are updated."),
)

COMPLAINTS_EXPORT = Exporter(importer=COMPLAINTS, rows="duban.complaints.selectors.imports.complaint_export_rows")
