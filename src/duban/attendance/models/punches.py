"""Raw check-ins and check-outs, as they came."""

from typing import ClassVar, Self

from django.db import models

from duban.attendance.domain.fences import METHOD_LABELS, Method, Verdict
from duban.attendance.models.rosters import SHIFT_CHOICES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.records import ScopedModel, ScopedQuerySet

DIRECTION_CHOICES = [("in", mark("Check-in")), ("out", mark("Check-out"))]
METHOD_CHOICES = [(method.value, label) for method, label in METHOD_LABELS.items()]
VERDICT_CHOICES = [(Verdict.TAKEN.value, mark("Taken")), (Verdict.EXCEPTION.value, mark("Exception"))]


class PunchQuerySet(ScopedQuerySet["Punch"]):
    def for_actor(self, actor: Actor) -> Self:
        """Punches on the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Punch(ScopedModel):
    """One person at one post at one moment; states of slots are decided from it again and again.

    Never changed, but that a person may decide over its trust.

    `day` and `shift` are the slot it belongs to. `client_id` is the phone's own, so that a repeated delivery is one punch.
    `reasons` say why it is an exception; `trust` is the grade of the shared trust core with its own reasons.
    """

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="punches", db_index=False)
    post = models.ForeignKey("estates.Post", models.PROTECT, related_name="punches", db_index=False)
    worker = models.ForeignKey("vendors.Worker", models.PROTECT, related_name="punches")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    day = models.DateField()
    shift = models.CharField(max_length=8, choices=SHIFT_CHOICES)
    direction = models.CharField(max_length=3, choices=DIRECTION_CHOICES)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    method = models.CharField(max_length=8, choices=METHOD_CHOICES, default=Method.QR)
    verdict = models.CharField(max_length=10, choices=VERDICT_CHOICES, default=Verdict.TAKEN)
    reasons = models.JSONField(default=list, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy = models.PositiveIntegerField(null=True, blank=True)
    distance = models.PositiveIntegerField(null=True, blank=True)
    device = models.CharField(max_length=64, blank=True)
    trust = models.CharField(max_length=12, blank=True)
    trust_reasons = models.JSONField(default=list, blank=True)
    client_id = models.UUIDField(unique=True, null=True, blank=True)

    objects = PunchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["post", "day", "shift"], name="punch_slot"),
            models.Index(fields=["line", "day"], name="punch_line_day"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code of the punch."""
        return f"PU-{self.pk}"

    def audit_scope(self) -> str:
        return self.line.audit_scope()
