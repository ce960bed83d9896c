"""Rectification notices with the links that open them, and the limits somebody set."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import Contract, ContractLine
from duban.inspections.domain.limits import SUBJECT_LABELS, UNIT_LABELS, Subject, Unit
from duban.inspections.domain.states import NOTICE_STATES
from duban.inspections.models.findings import Finding
from duban.inspections.models.paths import line_paths
from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within


class RectificationNoticeQuerySet(ScopedQuerySet["RectificationNotice"]):
    def for_actor(self, actor: Actor) -> Self:
        """Notices on the contract lines the actor sees; a vendor sees none that was not sent."""
        rows = self.filter(line__in=ContractLine.objects.for_actor(actor))
        return rows.exclude(state="draft") if actor.is_vendor else rows


class RectificationNotice(StatefulRecord):
    """A rectification notice (整改通知单): findings of one contract line that the vendor is asked in writing to put right.

    `reply_by` is the latest moment by which all of them are due; empty where one of them is due nobody knows when.
    """

    CODE_PREFIX: ClassVar[str] = "RN"
    STATES = NOTICE_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="rectification_notices")
    findings = models.ManyToManyField(Finding, through="NoticeFinding", related_name="rectification_notices")
    text = models.CharField(_("Text"), max_length=500, blank=True)
    reply_by = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RectificationNoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [state_constraint(NOTICE_STATES, "rectification_notice_state_known")]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.line)


class NoticeFinding(models.Model):
    """One finding on one notice, in its order."""

    notice = models.ForeignKey(RectificationNotice, models.PROTECT, related_name="entries")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="notice_entries")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "finding"], name="notice_finding_unique")]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.position}"


class NoticeLinkQuerySet(ScopedQuerySet["NoticeLink"]):
    def for_actor(self, actor: Actor) -> Self:
        """Links to the notices the actor sees; only offices look at them."""
        return self.filter(notice__in=RectificationNotice.objects.for_actor(actor))


class NoticeLink(ScopedModel):
    """A key that opens one notice for answering, without an account, until it expires or is revoked.

    Only the SHA-256 of the token is kept; the token is shown once, when the link is made. `recipient` says for whom.
    """

    notice = models.ForeignKey(RectificationNotice, models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    recipient = models.CharField(max_length=60)
    made_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.recipient}"

    def audit_scope(self) -> str:
        return self.notice.audit_scope()


class TimeLimitQuerySet(ScopedQuerySet["TimeLimit"]):
    def for_actor(self, actor: Actor) -> Self:
        """Limits of the actor's offices, those above them, and of contracts the actor sees."""
        contracts = Contract.objects.for_actor(actor)
        return self.filter(within("office__path", (actor.tenant_path,)) | models.Q(contract__in=contracts))


class TimeLimit(ScopedModel):
    """A limit of `domain.limits` that an office or a contract set for itself, with the source it rests on."""

    subject = models.CharField(max_length=20, choices=[(str(key), _(label)) for key, label in SUBJECT_LABELS.items()])
    office = models.ForeignKey("orgs.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="+")
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14, choices=[(str(key), _(label)) for key, label in UNIT_LABELS.items()])
    ends_at = models.TimeField()
    source = models.CharField(max_length=200)

    objects = TimeLimitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "subject"], condition=models.Q(contract__isnull=True), name="time_limit_office_unique"
            ),
            models.UniqueConstraint(
                fields=["contract", "subject"], condition=models.Q(office__isnull=True), name="time_limit_contract_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(office__isnull=True, contract__isnull=False)
                | models.Q(office__isnull=False, contract__isnull=True),
                name="time_limit_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{Subject(self.subject)} {self.amount} {Unit(self.unit)}"

    def audit_scope(self) -> str:
        owner = self.office or (self.contract.office if self.contract else None)
        return owner.tenant_path if owner else "/"
