"""What was agreed: contracts and their lines."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.domain.fees import monthly_base_fee
from duban.contracts.domain.states import CONTRACT_STATES
from duban.contracts.domain.terms import Term, effective_term, notice_on
from duban.estates.models import SERVICE_LINE_CHOICES
from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.vendors.models import SizeClass


class RenewalMode(models.TextChoices):
    """What happens at the end of the term."""

    NONE = "none", _("Ends")
    TACIT = "tacit", _("Renews unless notice is given")
    EXPRESS = "express", _("Renews only if both agree")


class FeeBasis(models.TextChoices):
    """How the base fee of a line is measured."""

    LUMP_SUM = "lump_sum", _("Lump sum per month")
    PER_POST = "per_post", _("Per post and month")
    PER_M2 = "per_m2", _("Per m² and month")
    PER_VISIT = "per_visit", _("Per visit")
    UNIT_PRICES = "unit_prices", _("Unit prices")


class ContractQuerySet(ScopedQuerySet["Contract"]):
    def for_actor(self, actor: Actor) -> Self:
        """Contracts signed at or below the actor's offices, contracts with a line there, or the vendor's own."""
        return self.filter(
            within("office__path", actor.office_paths())
            | models.Q(
                pk__in=ContractLine.objects.filter(within("estate__office__path", actor.office_paths())).values("contract")
            )
            | within("vendor__unit__path", actor.vendor_paths())
        )


class Contract(StatefulRecord):
    """A service contract (专项服务外包合同) between an office of the property company and a vendor.

    `vendor_size_class` and `buyer_size_class` are as declared at signing: they decide the statutory payment clock
    (保障中小企业款项支付条例 §3, §9). Rates are fractions (0.06 is 6 %). `last_reminder_days` is the distance to the
    notice day at which the last reminder went out.
    """

    CODE_PREFIX: ClassVar[str] = "CT"
    STATES = CONTRACT_STATES

    office = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="contracts")
    vendor = models.ForeignKey("vendors.Company", models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    signed_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    terminated_on = models.DateField(null=True, blank=True)
    renewal_mode = models.CharField(max_length=8, choices=RenewalMode, default=RenewalMode.NONE)
    notice_days = models.PositiveSmallIntegerField(default=90)
    currency = models.CharField(max_length=3, default="CNY")
    vat_rate = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    is_vat_included = models.BooleanField(default=True)
    retention_rate = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    deduction_cap_rate = models.DecimalField(max_digits=5, decimal_places=4, default="0.2000")
    appeal_working_days = models.PositiveSmallIntegerField(default=3)
    payment_days = models.PositiveSmallIntegerField(null=True, blank=True)
    vendor_size_class = models.CharField(max_length=8, choices=SizeClass)
    buyer_size_class = models.CharField(max_length=8, choices=SizeClass)
    mobilisation_until = models.DateField(null=True, blank=True)
    last_reminder_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="contract_number_unique"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="contract_ends_after_start"),
            state_constraint(CONTRACT_STATES, "contract_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def audit_scope(self) -> str:
        return self.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.office.path, self.vendor.unit.path)

    @property
    def term(self) -> Term:
        """The agreed term."""
        return Term(self.starts_on, self.ends_on)

    @property
    def last_on(self) -> date:
        """The last day of performance: the agreed end, or the day of termination."""
        return self.ends_on if self.terminated_on is None else min(self.ends_on, self.terminated_on)

    @property
    def notice_on(self) -> date:
        """The last day on which notice still counts."""
        return notice_on(self.ends_on, self.notice_days)


class ContractLineQuerySet(ScopedQuerySet["ContractLine"]):
    def performed_between(self, start: date, end: date) -> Self:
        """Lines that were or will be performed on at least one day of `[start, end]`; drafts do not count."""
        cut = models.Q(contract__terminated_on__isnull=True) | (
            models.Q(contract__terminated_on__gte=start) & models.Q(contract__terminated_on__gte=models.F("starts_on"))
        )
        return self.filter(cut, starts_on__lte=end, ends_on__gte=start).exclude(contract__state="draft")

    def for_actor(self, actor: Actor) -> Self:
        """Lines at the actor's estates, or of contracts signed by the actor's offices, or the vendor's own."""
        return self.filter(
            within("estate__office__path", actor.office_paths())
            | within("contract__office__path", actor.office_paths())
            | within("contract__vendor__unit__path", actor.vendor_paths())
        )


class ContractLine(ScopedModel):
    """One service line at one estate under one contract: what facts, scores and money are counted by.

    `unit_price_amount` × `quantity` is the monthly base fee, except for visits and unit prices, where the quantity
    is counted each month; `price_list` holds the agreed unit prices (name, unit, price). Two lines for the same estate
    and service may not overlap in time. `special_works` names the work in it that the law ties to a licence of its own
    (`lift`, `fire`, `height`, …).
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    estate = models.ForeignKey("estates.Estate", models.PROTECT, related_name="contract_lines")
    service_line = models.CharField(max_length=24, choices=SERVICE_LINE_CHOICES)
    standard = models.ForeignKey("standards.Standard", models.PROTECT, null=True, blank=True, related_name="contract_lines")
    fee_basis = models.CharField(max_length=12, choices=FeeBasis)
    unit_price_amount = models.DecimalField(max_digits=14, decimal_places=4)
    quantity = models.DecimalField(max_digits=14, decimal_places=4, default=1)
    post_count = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    special_works = models.JSONField(default=list, blank=True)
    price_list = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ContractLineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_line_number_unique"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="contract_line_ends_after_start"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["estate", "service_line", "starts_on"], name="contract_line_estate")]

    def __str__(self) -> str:
        return f"{self.contract_id}/{self.number}"

    @property
    def term(self) -> Term:
        """The agreed term of the line."""
        return Term(self.starts_on, self.ends_on)

    @property
    def performed_term(self) -> Term | None:
        """The term as performed, cut where the contract was terminated; `None` if it never began."""
        return effective_term(self.term, self.contract.terminated_on)

    @property
    def monthly_amount(self) -> Decimal | None:
        """The monthly base fee to the fen; `None` where the quantity is counted each month."""
        return monthly_base_fee(self.fee_basis, self.unit_price_amount, self.quantity)

    def audit_scope(self) -> str:
        return self.contract.audit_scope()


class CalendarFeed(models.Model):
    """The personal address under which somebody's calendar program reads the contract dates. Only its hash is kept."""

    person = models.OneToOneField("orgs.Person", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.person_id)
