"""Lists of contracts."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.domain.states import CONTRACT_STATES
from duban.contracts.models import Contract
from duban.contracts.selectors import EXPIRING_DAYS, RUNNING, contracts_with_service
from duban.contracts.selectors.options import office_options
from duban.estates.models import SERVICE_LINE_CHOICES
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    ReferenceFilter,
    state_choices,
)
from duban.vendors.selectors import company_options


def contract_url(contract: Contract) -> str:
    """Address of a contract's page."""
    return address_of("contracts:detail", contract.code)


def left_words(contract: Contract) -> str:
    """How long a contract in performance still runs, or that its notice day has passed."""
    if contract.state not in RUNNING:
        return ""
    today = timezone.localdate()
    left = (contract.ends_on - today).days
    if left < 0:
        return gettext("term has ended")
    if today > contract.notice_on:
        return gettext("notice day passed {day}").format(day=contract.notice_on)
    return ngettext("{count} day left", "{count} days left", left).format(count=left)


def _left_tone(contract: Contract) -> str:
    is_near = contract.state in RUNNING and contract.ends_on <= timezone.localdate() + timedelta(days=EXPIRING_DAYS)
    return "warning" if is_near else ""


def _expiring(rows: QuerySet[Contract], value: bool) -> QuerySet[Contract]:  # noqa: FBT001 - the signature of a filter's `apply`
    until = timezone.localdate() + timedelta(days=EXPIRING_DAYS)
    near = {"state__in": RUNNING, "ends_on__lte": until}
    return rows.filter(**near) if value else rows.exclude(**near)


CONTRACTS = Listing(
    name="contracts.contracts",
    columns=(
        Column("title", _("Contract"), link=contract_url, small=lambda row: f"{row.code} · {row.number}"),
        Column("vendor", _("Vendor"), path="vendor.short_name", sort="vendor__short_name"),
        Column("office", _("Office"), path="office.name", phone=False),
        Column("line_count", _("Number of lines"), kind=Kind.NUMBER, places=0, phone=False),
        Column("monthly_total", _("Base fee"), kind=Kind.MONEY, unit=_("per month"), phone=False),
        Column("starts_on", _("Starts on"), kind=Kind.DATE, sort="starts_on", phone=False),
        Column("ends_on", _("Ends on"), kind=Kind.DATE, sort="ends_on", small=left_words, tone=_left_tone),
        Column("state", _("State"), kind=Kind.STATE, states=CONTRACT_STATES),
        Column("number", _("Contract number"), screen=False),
        Column("code", _("Code"), screen=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(CONTRACT_STATES)),
        ReferenceFilter("office", _("Office"), options=office_options, field="office__code"),
        ReferenceFilter("vendor", _("Vendor"), options=company_options, field="vendor__code"),
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES, apply=contracts_with_service),
        BooleanFilter("expiring", _("Ends within 90 days"), apply=_expiring),
        DateFilter("ends_on", _("Ends on")),
    ),
    search=("code", "number", "title", "vendor__name", "vendor__short_name"),
    order="-starts_on",
    reads=(*("code", "number", "title", "state", "starts_on", "ends_on", "notice_days", "office__name", "vendor__short_name"),),
    row_link=contract_url,
    empty_title=_("No contract yet"),
    empty_hint=_("Draw one up, or import a ledger."),
)
