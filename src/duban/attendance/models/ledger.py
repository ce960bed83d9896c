"""The post-coverage ledger: payrolls as vendors prove them, and what does not fit."""

from typing import ClassVar, Self

from django.db import models

from duban.attendance.domain.ledger import FLAW_LABELS, REASONS, Flaw
from duban.attendance.domain.states import LEDGER_STATES
from duban.attendance.models.rosters import SHIFT_CHOICES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.states import StateTable
from duban.platform.records import Record, ScopedQuerySet, StatefulRecord, state_constraint

FLAW_CHOICES = [(flaw.value, label) for flaw, label in FLAW_LABELS.items()]


class PayrollQuerySet(ScopedQuerySet["PayrollProof"]):
    def for_actor(self, actor: Actor) -> Self:
        """Payrolls of the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class PayrollProof(Record):
    """The payroll of a contract line for one month (`month` is its first day), as its vendor handed it in.

    Wages are the vendor's business and are not asked for: hours prove that somebody was paid for standing there.
    """

    CODE_PREFIX: ClassVar[str] = "PY"

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="payrolls")
    month = models.DateField()
    billed_shifts = models.PositiveIntegerField(null=True, blank=True)

    objects = PayrollQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "month"], name="payroll_unique")]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.line.contract.vendor.unit.path,)


class PayrollEntry(models.Model):
    """The hours one person was paid for on a payroll."""

    proof = models.ForeignKey(PayrollProof, models.CASCADE, related_name="entries")
    worker = models.ForeignKey("vendors.Worker", models.PROTECT, related_name="payroll_entries")
    hours = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["proof", "worker"], name="payroll_entry_unique")]

    def __str__(self) -> str:
        return f"{self.proof_id}/{self.worker_id}"


class LedgerFindingQuerySet(ScopedQuerySet["LedgerFinding"]):
    def for_actor(self, actor: Actor) -> Self:
        """Exceptions of the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class LedgerFinding(StatefulRecord):
    """Something in a line's month that does not fit, with the figures it was found by. A person upholds or dismisses it.

    `key` makes it the same one when the month is examined again. Only what is upheld becomes an occurrence.
    """

    CODE_PREFIX: ClassVar[str] = "LF"
    STATES: ClassVar[StateTable] = LEDGER_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="ledger_findings", db_index=False)
    month = models.DateField()
    key = models.CharField(max_length=80)
    flaw = models.CharField(max_length=16, choices=FLAW_CHOICES)
    day = models.DateField()
    shift = models.CharField(max_length=8, choices=SHIFT_CHOICES, blank=True)
    post = models.ForeignKey("estates.Post", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    worker = models.ForeignKey("vendors.Worker", models.PROTECT, null=True, blank=True, related_name="ledger_findings")
    quantity = models.DecimalField(max_digits=8, decimal_places=2)
    measure = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    inputs = models.JSONField(default=dict)

    objects = LedgerFindingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "month", "key"], name="ledger_finding_unique"),
            state_constraint(LEDGER_STATES, "ledger_finding_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="ledger_finding_line_day")]

    def __str__(self) -> str:
        return self.code

    @property
    def reason(self) -> str:
        """English source text of the reason; `inputs` fill it."""
        return REASONS[Flaw(self.flaw)]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.line.estate.office.path, self.line.contract.office.path)
