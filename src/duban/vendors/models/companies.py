"""Who delivers: vendor companies, who owns them, and what they are licensed for."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet
from duban.platform.scope import within
from duban.vendors.domain.certificates import CERTIFICATE_LABELS, Expiry, expiry_on

CERTIFICATE_CHOICES = [(str(key), _(label)) for key, label in CERTIFICATE_LABELS.items()]


class SizeClass(models.TextChoices):
    """Size of an enterprise, as it counts for the payment clock (保障中小企业款项支付条例 §3)."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class OwnershipGroup(models.Model):
    """Companies under one controlling owner; concentration and conflict checks count them as one."""

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "name"], name="ownership_group_unique")]

    def __str__(self) -> str:
        return self.name


class CompanyQuerySet(ScopedQuerySet["Company"]):
    def for_actor(self, actor: Actor) -> Self:
        """Offices see all vendors of their tenant; a vendor sees itself."""
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        return self.filter(within("tenant__path", offices) | within("unit__path", actor.vendor_paths()))


class Company(Record):
    """A vendor company (供应商) as one tenant knows it.

    `unit` is its place in the organisation tree, where its people hold their roles.
    `credit_code` is the unified social credit code (GB 32100), check character verified.
    """

    CODE_PREFIX: ClassVar[str] = "VC"

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="vendor_companies")
    unit = models.OneToOneField("orgs.Unit", models.PROTECT, related_name="vendor_company")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=24)
    credit_code = models.CharField(max_length=18)
    size_class = models.CharField(max_length=8, choices=SizeClass)
    group = models.ForeignKey(OwnershipGroup, models.PROTECT, null=True, blank=True, related_name="companies")
    service_lines = models.JSONField(default=list)
    contact_name = models.CharField(max_length=40, blank=True)
    contact_phone_sealed = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField(default=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "credit_code"], name="company_credit_code_unique")]

    def __str__(self) -> str:
        return self.short_name or self.name

    def audit_scope(self) -> str:
        return self.tenant.path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.tenant.path, self.unit.path)


class CertificateQuerySet(ScopedQuerySet["Certificate"]):
    def for_actor(self, actor: Actor) -> Self:
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        return self.filter(within("company__tenant__path", offices) | within("company__unit__path", actor.vendor_paths()))


class Certificate(Record):
    """A licence or certificate of a company, or of one of its workers (then `holder_name` says whose).

    `last_reminder_days` is the distance to the end at which the last reminder went out; a new end clears it.
    """

    CODE_PREFIX: ClassVar[str] = "CE"

    company = models.ForeignKey(Company, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=40, choices=CERTIFICATE_CHOICES)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=120, blank=True)
    holder_name = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    last_reminder_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "kind", "number"], name="certificate_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def expiry(self, on: date) -> Expiry:
        """Where the certificate stands on a day."""
        return expiry_on(self.valid_from, self.valid_until, on)

    def audit_scope(self) -> str:
        return self.company.tenant.path

    def permission_paths(self) -> tuple[str, ...]:
        return self.company.permission_paths()
