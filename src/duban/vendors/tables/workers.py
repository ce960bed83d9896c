"""Lists of people and of their credentials. Names and numbers are masked in every list."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES
from duban.platform.ui.addresses import address_of
from duban.platform.ui.components import Badge
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
from duban.vendors.domain.certificates import EXPIRY_LABELS, EXPIRY_TONES, Expiry
from duban.vendors.domain.states import CREDENTIAL_STATES
from duban.vendors.domain.workers import masked_identity
from duban.vendors.models import CATEGORY_CHOICES, CREDENTIAL_CHOICES, Worker, WorkerCredential
from duban.vendors.selectors import company_options, credentials_in_state, employed_on


def worker_url(worker: Worker) -> str:
    """Address of a person's page."""
    return address_of("vendors:worker", worker.code)


def company_link(worker: Worker) -> str:
    """Address of the employer's page."""
    return address_of("vendors:detail", worker.company.code)


def worker_badge(worker: Any) -> Badge:
    """How a person stands, at a glance: the gravest first."""
    if worker.left_on is not None and worker.left_on < timezone.localdate():
        return Badge(gettext("Left"), "neutral")
    for flag, label, tone in (
        ("is_double", _("Also at another vendor"), "bad"),
        ("has_expired", _("Credential expired"), "bad"),
        ("is_waiting", _("Waits for verification"), "waiting"),
    ):
        if getattr(worker, flag, False):
            return Badge(str(label), tone)
    return Badge(gettext("In order"), "good")


def insured_badge(worker: Any) -> Badge:
    """Whether a person is insured today."""
    return Badge(gettext("Insured"), "good") if worker.is_insured else Badge(gettext("No proof"), "warning")


def credential_badge(credential: WorkerCredential) -> Badge:
    """Where a credential stands today: rejected, waiting, double, or its expiry."""
    if credential.state == "rejected":
        return Badge(gettext("Rejected"), "bad")
    if getattr(credential, "is_double", False):
        return Badge(gettext("Same number at two people"), "bad")
    state = credential.expiry(timezone.localdate())
    if state is Expiry.VALID and credential.state == "entered":
        return Badge(gettext("Waits for verification"), "waiting")
    return Badge(gettext(EXPIRY_LABELS[state]), EXPIRY_TONES[state])


def _employed(rows: QuerySet[Worker], value: Any) -> QuerySet[Worker]:
    employed = employed_on(timezone.localdate())
    return rows.filter(pk__in=employed) if value else rows.exclude(pk__in=employed)


def _of_employed(rows: QuerySet[WorkerCredential], value: Any) -> QuerySet[WorkerCredential]:
    employed = employed_on(timezone.localdate())
    return rows.filter(worker__in=employed) if value else rows.exclude(worker__in=employed)


def _not_rejected(rows: QuerySet[WorkerCredential], value: Any) -> QuerySet[WorkerCredential]:
    return rows.exclude(state="rejected") if value else rows.filter(state="rejected")


def _in_expiry(rows: QuerySet[WorkerCredential], value: str) -> QuerySet[WorkerCredential]:
    return credentials_in_state(rows, Expiry(value), timezone.localdate())


def _expiries() -> list[tuple[str, str]]:
    return [(str(state), gettext(label)) for state, label in EXPIRY_LABELS.items()]


WORKERS = Listing(
    name="vendors.workers",
    columns=(
        Column("code", _("Person"), path="masked", link=worker_url, sort="code", small=lambda row: row.code),
        Column(
            "company",
            _("Vendor"),
            path="company.short_name",
            link=company_link,
            sort="company__short_name",
        ),
        Column("service_line", _("Service line"), path="get_service_line_display", phone=False),
        Column("category", _("Kind of post"), path="get_category_display", phone=False),
        Column("entered_on", _("First day"), kind=Kind.DATE, sort="entered_on", phone=False),
        Column("left_on", _("Last day"), kind=Kind.DATE, sort="left_on", phone=False),
        Column("credential_count", _("Credentials"), kind=Kind.NUMBER, phone=False),
        Column("insured", _("Insured today"), badge=insured_badge, value=lambda row: insured_badge(row).label, phone=False),
        Column("state", _("State"), badge=worker_badge, value=lambda row: worker_badge(row).label),
    ),
    filters=(
        ReferenceFilter("company", _("Vendor"), options=company_options, field="company__code"),
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES),
        ChoiceFilter("category", _("Kind of post"), choices=CATEGORY_CHOICES),
        BooleanFilter("employed", _("Employed today"), apply=_employed),
        BooleanFilter("insured", _("Insured today"), field="is_insured"),
        BooleanFilter("expired", _("Credential expired"), field="has_expired"),
        BooleanFilter("double", _("Also at another vendor"), field="is_double"),
    ),
    search=("code", "name"),
    order="code",
    row_link=worker_url,
    empty_title=_("Nobody entered yet"),
    empty_hint=_("The vendor enters its people on its own page, or imports a ledger."),
)

CREDENTIALS = Listing(
    name="vendors.credentials",
    columns=(
        Column(
            "kind",
            _("Credential"),
            path="get_kind_display",
            small=lambda row: masked_identity(row.number),
            link=lambda row: worker_url(row.worker),
        ),
        Column("worker", _("Person"), path="worker.masked", small=lambda row: row.worker.code),
        Column("company", _("Vendor"), path="worker.company.short_name", sort="worker__company__short_name"),
        Column("issuer", _("Issuer"), phone=False),
        Column("valid_until", _("Valid until"), kind=Kind.DATE, sort="valid_until"),
        Column("entered_on", _("Entered"), kind=Kind.DATE, sort="entered_on", phone=False),
        Column("expiry", _("Standing"), badge=credential_badge, value=lambda row: credential_badge(row).label),
        Column("state", _("Verification"), kind=Kind.STATE, states=CREDENTIAL_STATES, phone=False),
    ),
    filters=(
        ChoiceFilter("state", _("Verification"), choices=state_choices(CREDENTIAL_STATES)),
        ChoiceFilter("expiry", _("Expiry"), choices=_expiries, apply=_in_expiry),
        ChoiceFilter("kind", _("Kind"), choices=CREDENTIAL_CHOICES),
        ReferenceFilter("company", _("Vendor"), options=company_options, field="worker__company__code"),
        BooleanFilter("double", _("Same number at two people"), field="is_double"),
        BooleanFilter("employed", _("Employed today"), apply=_of_employed),
        BooleanFilter("counts", _("Not rejected"), apply=_not_rejected),
        DateFilter("valid_until", _("Valid until")),
    ),
    search=("code", "number", "worker__code", "worker__name"),
    order="valid_until",
    empty_title=_("No credential here"),
    empty_hint=_("Vendors enter the credentials of their people; they wait here to be verified."),
)
