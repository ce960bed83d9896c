"""What owners complain about, and how it was answered."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.complaints.domain.states import COMPLAINT_STATES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within


class IntakeChannel(models.TextChoices):
    """How a complaint came in."""

    PHONE = "phone", _("Telephone")
    DESK = "desk", _("Service desk")
    APP = "app", _("Owner app")
    WECHAT = "wechat", _("WeChat")
    HOTLINE = "hotline", _("Government hotline 12345")
    VISIT = "visit", _("House visit")
    IMPORT = "import", _("Other system")


class Validity(models.TextChoices):
    """Whether a complaint is founded; only a valid one counts."""

    PENDING = "pending", _("Not yet checked")
    VALID = "valid", _("Founded")
    INVALID = "invalid", _("Not founded")


class ComplaintQuerySet(ScopedQuerySet["Complaint"]):
    def for_actor(self, actor: Actor) -> Self:
        """Complaints at the actor's estates, and those routed to contract lines the actor sees; a vendor sees its own."""
        return self.filter(
            within("estate__office__path", actor.office_paths()) | models.Q(line__in=ContractLine.objects.for_actor(actor))
        )


class Complaint(StatefulRecord):
    """One complaint of an owner, tenant or authority about a service at an estate.

    `line` is empty until it is routed. `day` is the local day of receipt, by which it is counted. `due_at` is our own promise
    by category with its pauses, `renegotiated_due_at` what was agreed with the owner later; only the own promise is measured.
    `due_at` is empty where the needed year's working days are not published. The contact is sealed and never leaves the desk.
    `external_number` is the number the complaint has in another system; with the estate it makes a repeated import harmless.
    """

    CODE_PREFIX: ClassVar[str] = "CP"
    STATES = COMPLAINT_STATES

    estate = models.ForeignKey("estates.Estate", models.PROTECT, related_name="complaints", verbose_name=_("Estate"))
    line = models.ForeignKey(
        ContractLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        db_index=False,
        verbose_name=_("Contract line"),
    )
    service_line = models.CharField(_("Service line"), max_length=24, blank=True)
    category = models.CharField(_("Category"), max_length=24)
    channel = models.CharField(_("Channel"), max_length=12, choices=IntakeChannel)
    text = models.TextField(_("Text of the complaint"))
    place_name = models.CharField(_("Place"), max_length=80, blank=True)
    reporter_name = models.CharField(_("Name of the owner"), max_length=40, blank=True)
    reporter_contact_sealed = models.TextField(blank=True, editable=False)
    received_at = models.DateTimeField(_("Received at"))
    day = models.DateField(editable=False)
    due_at = models.DateTimeField(null=True, blank=True)
    renegotiated_due_at = models.DateTimeField(null=True, blank=True)
    first_reply_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    validity = models.CharField(max_length=8, choices=Validity, default=Validity.PENDING)
    validity_reason = models.CharField(max_length=300, blank=True)
    external_number = models.CharField(max_length=60, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            state_constraint(COMPLAINT_STATES, "complaint_state_known"),
            models.CheckConstraint(condition=models.Q(validity__in=sorted(Validity.values)), name="complaint_validity_known"),
            models.UniqueConstraint(
                fields=["estate", "external_number"],
                condition=~models.Q(external_number=""),
                name="complaint_external_number_unique",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["line", "day", "validity"], name="complaint_line_day"),
            models.Index(fields=["state", "due_at"], name="complaint_state_due"),
        ]

    def audit_scope(self) -> str:
        return self.estate.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        vendor = (self.line.contract.vendor.unit.path,) if self.line is not None else ()
        return (self.estate.office.path, *vendor)


class ComplaintReply(models.Model):
    """One answer that was given to the owner."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="replies")
    author = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.author_name} {self.at:%Y-%m-%d %H:%M}"


class ComplaintPause(models.Model):
    """A span in which the clock of a complaint stands, with its reason; open as long as `until_at` is empty."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["from_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=True) | models.Q(until_at__gte=models.F("from_at")),
                name="complaint_pause_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.reason
