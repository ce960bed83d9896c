"""The lists of settlement."""

from typing import cast

from django.db.models import F, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.options import line_label
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    Kind,
    Listing,
    MonthFilter,
    ReferenceFilter,
    TextFilter,
    state_choices,
)
from duban.settlement.domain.states import COUNT_STATES, STATEMENT_STATES
from duban.settlement.models import Statement, TermsVersion, WorkCount
from duban.settlement.selectors.counts import work_words
from duban.settlement.selectors.statements import vendor_options

CONFIDENCE = {"A": _("law"), "B": _("real table"), "C": _("practice"), "G": _("our proposal")}


def _statement_url(row: Statement) -> str:
    return address_of("settlement:detail", row.code)


def _terms_url(row: TermsVersion) -> str:
    return address_of("settlement:terms_detail", row.code)


def _overdue(rows: "QuerySet[Statement]", value: object) -> "QuerySet[Statement]":
    unpaid = rows.filter(paid_amount__lt=F("payable_amount"), due_on__isnull=False)
    return unpaid if value else rows.exclude(pk__in=unpaid.values("pk"))


def _cap_tone(row: Statement) -> str:
    return "bad" if row.is_cap_reached else ""


def _entering_side(row: WorkCount) -> str:
    return gettext("Vendor") if row.is_by_vendor else gettext("Property company")


STATEMENTS = Listing(
    name="settlement.statements",
    columns=(
        Column("code", _("Code"), link=_statement_url, sort="code"),
        Column("period", _("Month"), path="period_code", kind=Kind.MONTH, sort="period_code"),
        Column("vendor", _("Vendor"), path="contract.vendor.short_name", sort="contract__vendor__short_name"),
        Column("contract", _("Contract"), path="contract.code", small=lambda row: row.contract.title, phone=False),
        Column("fee", _("Fee"), path="fee_amount", kind=Kind.MONEY, unit=_("CNY"), phone=False),
        Column("deduction", _("Deductions"), path="deduction_amount", kind=Kind.MONEY, tone=_cap_tone, sort="deduction_amount"),
        Column("disputed", _("Amount in dispute"), path="disputed_amount", kind=Kind.MONEY, phone=False),
        Column("payable", _("Payable"), path="payable_amount", kind=Kind.MONEY, sort="payable_amount"),
        Column("paid", _("Paid"), path="paid_amount", kind=Kind.MONEY, phone=False),
        Column("due", _("Due"), path="due_on", kind=Kind.DATE, sort="due_on", phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=STATEMENT_STATES),
    ),
    filters=(
        MonthFilter("period", _("Month"), field="period_code", as_code=True),
        ChoiceFilter("state", _("State"), choices=state_choices(STATEMENT_STATES)),
        ReferenceFilter("vendor", _("Vendor"), options=vendor_options, field="contract__vendor__code"),
        TextFilter("contract", _("Contract"), field="contract__code"),
        BooleanFilter("capped", _("Cap reached"), field="is_cap_reached"),
        BooleanFilter("unpaid", _("Agreed and unpaid"), apply=_overdue),
    ),
    search=("code", "contract__code", "contract__title", "contract__vendor__name"),
    order="-period_code",
    reads=(
        *("code", "state", "period_code", "fee_amount", "deduction_amount", "disputed_amount", "payable_amount", "paid_amount"),
        *("due_on", "is_cap_reached", "contract__code", "contract__title", "contract__vendor__short_name"),
    ),
    row_link=_statement_url,
    bulk=(BulkAction("send", _("Send to vendor"), url_name="settlement:bulk_send", permission="settlement.send"),),
    empty_title=_("No statement yet"),
    empty_hint=_("Publish the scorecards of a month, then compute its statements here."),
)

COUNTS = Listing(
    name="settlement.counts",
    columns=(
        Column("code", _("Code"), link=lambda row: address_of("settlement:count", row.code), sort="code"),
        Column("period", _("Month"), path="period_code", kind=Kind.MONTH, sort="period_code"),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line)),
        Column("work", _("Work"), value=lambda row: work_words(row.name, row.line.fee_basis)),
        Column("quantity", _("Quantity"), kind=Kind.NUMBER, places=2),
        Column("unit", _("Unit"), phone=False),
        Column("price", _("Unit price"), kind=Kind.MONEY, phone=False),
        Column("amount", _("Amount"), kind=Kind.MONEY),
        Column("side", _("Entered by"), value=_entering_side, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=COUNT_STATES),
    ),
    filters=(
        MonthFilter("period", _("Month"), field="period_code", as_code=True),
        ChoiceFilter("state", _("State"), choices=state_choices(COUNT_STATES)),
        TextFilter("contract", _("Contract"), field="line__contract__code"),
        ReferenceFilter("vendor", _("Vendor"), options=vendor_options, field="line__contract__vendor__code"),
    ),
    search=("code", "name", "line__contract__code", "line__estate__name"),
    order="-period_code",
    bulk=(BulkAction("confirm", _("Confirm"), url_name="settlement:bulk_confirm_counts", permission="settlement.count"),),
    empty_title=_("No counted work yet"),
    empty_hint=_("Lines paid by visit or by unit prices are paid by what is counted here and confirmed by both sides."),
)

TERMS = Listing(
    name="settlement.terms",
    columns=(
        Column("key", _("Terms"), value=str, link=_terms_url, sort="key"),
        Column("name", _("Name")),
        Column("source", _("Source"), phone=False),
        Column("confidence", _("Basis"), choices=cast("dict[object, str]", CONFIDENCE)),
        Column("created_at", _("Stored"), kind=Kind.DATETIME, phone=False),
    ),
    search=("key", "name_zh", "name_en", "source"),
    order="key",
    row_link=_terms_url,
    empty_title=_("No payment terms yet"),
)
