"""What a vendor's people are licensed for, and what insures them."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.kernel.states import StateTable
from duban.platform.records import Record, ScopedQuerySet, StatefulRecord, state_constraint
from duban.vendors.domain.certificates import CERTIFICATE_LABELS, WORKER_KINDS, Expiry, expiry_on
from duban.vendors.domain.states import CREDENTIAL_STATES
from duban.vendors.domain.workers import INSURANCE_LABELS
from duban.vendors.models.companies import Company
from duban.vendors.models.workers import Worker

CREDENTIAL_CHOICES = [(str(key), _(label)) for key, label in CERTIFICATE_LABELS.items() if key in WORKER_KINDS]
INSURANCE_CHOICES = [(str(key), _(label)) for key, label in INSURANCE_LABELS.items()]


class OfWorkerQuerySet(ScopedQuerySet["WorkerCredential"]):
    def for_actor(self, actor: Actor) -> Self:
        """What belongs to workers of the companies the actor sees."""
        return self.filter(worker__company__in=Company.objects.for_actor(actor))


class WorkerCredential(StatefulRecord):
    """A credential of one person (保安员证, 特种作业操作证 …), entered by the vendor and verified by the property company.

    Two people may hold a credential of the same number on paper; that is what verification looks for, so no constraint
    forbids it. `verified_by` is the person who looked it up at the issuer. `last_reminder_days` is the distance to the
    end at which the last reminder went out; a new end clears it.
    """

    CODE_PREFIX: ClassVar[str] = "CR"
    STATES: ClassVar[StateTable] = CREDENTIAL_STATES

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="credentials")
    kind = models.CharField(max_length=40, choices=CREDENTIAL_CHOICES)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    entered_on = models.DateField()
    entered_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    verified_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    last_reminder_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = OfWorkerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "kind", "number"], name="worker_credential_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="worker_credential_ends_after_start",
            ),
            state_constraint(CREDENTIAL_STATES, "worker_credential_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "number"], name="worker_credential_number"),
            models.Index(fields=["valid_until"], name="worker_credential_end"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def expiry(self, on: date) -> Expiry:
        """Where the credential stands on a day."""
        return expiry_on(self.valid_from, self.valid_until, on)

    def visible_to(self, actor: Actor) -> bool:
        """Scan and history open for the employer and for who verifies; a scan shows more of a person than others need."""
        company = self.worker.company
        offices = any(path.startswith(company.tenant.path) for path in actor.office_paths("vendors.verify"))
        return offices or any(company.unit.path.startswith(path) for path in actor.vendor_paths("vendors.workers"))

    def audit_scope(self) -> str:
        return self.worker.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.worker.permission_paths()


class ProofQuerySet(ScopedQuerySet["InsuranceProof"]):
    def for_actor(self, actor: Actor) -> Self:
        """What belongs to workers of the companies the actor sees."""
        return self.filter(worker__company__in=Company.objects.for_actor(actor))


class InsuranceProof(Record):
    """A proof that a person was insured from one day to another: social insurance paid, or a policy that names the person."""

    CODE_PREFIX: ClassVar[str] = "IP"

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="insurance_proofs")
    kind = models.CharField(max_length=10, choices=INSURANCE_CHOICES)
    number = models.CharField(max_length=60, blank=True)
    insurer = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = ProofQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["worker", "kind", "number", "valid_from"], name="insurance_proof_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="insurance_proof_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def visible_to(self, actor: Actor) -> bool:
        """As for credentials: the employer, and who verifies."""
        company = self.worker.company
        offices = any(path.startswith(company.tenant.path) for path in actor.office_paths("vendors.verify"))
        return offices or any(company.unit.path.startswith(path) for path in actor.vendor_paths("vendors.workers"))

    def audit_scope(self) -> str:
        return self.worker.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.worker.permission_paths()
