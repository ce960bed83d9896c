from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import Contract
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet

AnyOfContract = TypeVar("AnyOfContract", bound=Record)


class OfContractQuerySet(ScopedQuerySet[AnyOfContract]):
    def for_actor(self, actor: Actor) -> Self:
        """What belongs to contracts the actor sees."""
        return self.filter(contract__in=Contract.objects.for_actor(actor))


class ChangeOrder(Record):
    """An agreed change of scope that is paid beside the base fee: per month by days, or once (变更单)."""

    CODE_PREFIX: ClassVar[str] = "CO"

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="change_orders")
    name = models.CharField(_("Change"), max_length=120)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    is_monthly = models.BooleanField(_("Per month"), default=True)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    clause = models.CharField(_("Clause"), max_length=60, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="change_order_ends_after_start",
            )
        ]

    def audit_scope(self) -> str:
        return self.contract.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.contract.permission_paths()


class Adjustment(Record):
    """Something a person decided for one period with a reason: a bonus (positive) or a deduction (negative)."""

    CODE_PREFIX: ClassVar[str] = "AD"

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="adjustments")
    period_code = models.CharField(max_length=8)
    name = models.CharField(_("What for"), max_length=120)
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    clause = models.CharField(_("Clause"), max_length=60, blank=True)
    reason = models.TextField(_("Reason"))

    objects = OfContractQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contract", "period_code"], name="adjustment_period")]

    def audit_scope(self) -> str:
        return self.contract.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.contract.permission_paths()
