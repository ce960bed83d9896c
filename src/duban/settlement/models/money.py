from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.platform.records import ScopedModel
from duban.settlement.models.statements import Statement


class Payment(ScopedModel):
    """Money that was paid on a statement; it counts for all revisions of the same contract and period."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("Paid on"))
    reference = models.CharField(_("Bank reference"), max_length=80, blank=True)
    recorded_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive")]
        ordering: ClassVar = ["paid_on", "pk"]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"

    def audit_scope(self) -> str:
        return self.statement.audit_scope()


class RetentionEntry(ScopedModel):
    """One movement of a contract's retention (质保金): kept back by a final statement (positive) or released (negative)."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="retention_entries")
    statement = models.OneToOneField(Statement, models.PROTECT, null=True, blank=True, related_name="retention_entry")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    note = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"

    def audit_scope(self) -> str:
        return self.contract.audit_scope()
