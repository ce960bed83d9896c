"""Lists of vendor companies and certificates."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.estates.models import SERVICE_LINE_CHOICES
from duban.platform.ui.addresses import address_of
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import BooleanFilter, ChoiceFilter, Column, DateFilter, Kind, Listing, ReferenceFilter
from duban.vendors.domain.certificates import EXPIRY_LABELS, EXPIRY_TONES, Expiry
from duban.vendors.models import CERTIFICATE_CHOICES, Certificate, Company, SizeClass
from duban.vendors.selectors import certificates_in_state, company_options, group_options


def company_url(company: Company) -> str:
    """Address of a company's page."""
    return address_of("vendors:detail", company.code)


def service_words(company: Company) -> str:
    """The service lines of a company in the reader's language."""
    return gettext("、").join(
        gettext(SERVICE_LINE_LABELS[line]) for line in company.service_lines if line in SERVICE_LINE_LABELS
    )


def expiry_badge(certificate: Certificate) -> Badge:
    """Where a certificate stands today, as a word with a shape."""
    state = certificate.expiry(timezone.localdate())
    return Badge(gettext(EXPIRY_LABELS[state]), EXPIRY_TONES[state])


def certificates_badge(company: Company) -> Badge:
    """How the certificates of a company stand, at a glance."""
    expired, ending = getattr(company, "expired_count", 0), getattr(company, "ending_count", 0)
    if expired:
        return Badge(ngettext("{count} expired", "{count} expired", expired).format(count=expired), "bad")
    if ending:
        return Badge(ngettext("{count} ends soon", "{count} end soon", ending).format(count=ending), "warning")
    return Badge(gettext("In order"), "good") if getattr(company, "certificate_count", 0) else Badge(gettext("None entered"))


def _in_service_line(rows: QuerySet[Company], value: str) -> QuerySet[Company]:
    return rows.filter(service_lines__icontains=f'"{value}"')


def _in_expiry(rows: QuerySet[Certificate], value: str) -> QuerySet[Certificate]:
    return certificates_in_state(rows, Expiry(value), timezone.localdate())


def _expiries() -> list[tuple[str, str]]:
    return [(str(state), gettext(label)) for state, label in EXPIRY_LABELS.items()]


COMPANIES = Listing(
    name="vendors.companies",
    columns=(
        Column("short_name", _("Vendor"), link=company_url, sort="short_name", small=lambda company: company.name),
        Column("code", _("Code"), sort="code", phone=False),
        Column("service_lines", _("Service lines"), value=service_words),
        Column("size_class", _("Size class"), path="get_size_class_display"),
        Column("group", _("Ownership group"), path="group.name", phone=False),
        Column(
            "certificates", _("Certificates"), badge=certificates_badge, value=lambda company: certificates_badge(company).label
        ),
        Column("is_active", _("In use"), kind=Kind.YES_NO, phone=False),
        Column("credit_code", _("Unified social credit code"), screen=False),
    ),
    reads=("code", "short_name", "name", "service_lines", "size_class", "is_active", "group__name"),
    filters=(
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES, apply=_in_service_line),
        ChoiceFilter("size_class", _("Size class"), choices=SizeClass),
        ReferenceFilter("group", _("Ownership group"), options=group_options, field="group__pk"),
        BooleanFilter("is_active", _("In use")),
    ),
    search=("code", "name", "short_name", "credit_code"),
    order="short_name",
    row_link=company_url,
    empty_title=_("No vendor yet"),
    empty_hint=_("Enter the first one, or import a ledger."),
)

CERTIFICATES = Listing(
    name="vendors.certificates",
    columns=(
        Column("kind", _("Certificate"), path="get_kind_display", small=lambda row: row.number),
        Column(
            "company",
            _("Vendor"),
            path="company.short_name",
            link=lambda row: company_url(row.company),
            sort="company__short_name",
        ),
        Column("holder_name", _("Holder"), phone=False),
        Column("issuer", _("Issuer"), phone=False),
        Column("valid_from", _("Valid from"), kind=Kind.DATE, phone=False),
        Column("valid_until", _("Valid until"), kind=Kind.DATE, sort="valid_until"),
        Column("expiry", _("State"), badge=expiry_badge, value=lambda row: expiry_badge(row).label),
        Column("code", _("Code"), screen=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=_expiries, apply=_in_expiry),
        ChoiceFilter("kind", _("Kind"), choices=CERTIFICATE_CHOICES),
        ReferenceFilter("company", _("Vendor"), options=company_options, field="company__code"),
        DateFilter("valid_until", _("Valid until")),
    ),
    search=("code", "number", "holder_name", "company__name", "company__short_name"),
    order="code",
    empty_title=_("No certificate yet"),
    empty_hint=_("Enter one on the page of a vendor, or import a ledger."),
)
