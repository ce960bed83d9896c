"""What good service is: versioned standards, their items, checklists drawn from them, and licence rules."""

from typing import ClassVar, Self

from django.db import models

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.standards.domain.states import STANDARD_STATES


class StandardQuerySet(ScopedQuerySet["Standard"]):
    def for_actor(self, actor: Actor) -> Self:
        """Everybody of the tenant, vendors included: a standard is what both sides agreed on."""
        return self.filter(within("tenant__path", (actor.tenant_path,)))


class Standard(StatefulRecord):
    """One version of a service standard (服务标准) of one service line.

    Versions of one standard share `key`; a version in force never changes, a new version says why it came.
    """

    CODE_PREFIX: ClassVar[str] = "SD"
    STATES = STANDARD_STATES

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    service_line = models.CharField(max_length=24)
    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    in_force_from = models.DateField(null=True, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key", "version"], name="standard_version_unique"),
            state_constraint(STANDARD_STATES, "standard_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def audit_scope(self) -> str:
        return self.tenant.path


class StandardItem(ScopedModel):
    """One measurable item of a standard: what, how often, which target, how to check it, how bad a miss is.

    `key` is stable over versions (`"floors.handrail"`); `block` is its part before the dot and names the metric
    `inspections.pass_rate:<block>`.
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="items")
    key = models.CharField(max_length=60)
    block = models.CharField(max_length=24)
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    frequency = models.CharField(max_length=60)
    target = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=8, default="minor")
    is_red_line = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)
    good_picture = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    bad_picture = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["standard_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["standard", "key"], name="standard_item_unique")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def audit_scope(self) -> str:
        return self.standard.tenant.path


class ChecklistQuerySet(ScopedQuerySet["Checklist"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("standard__tenant__path", (actor.tenant_path,)))


class Checklist(Record):
    """A checklist drawn from the items of one standard version."""

    CODE_PREFIX: ClassVar[str] = "CL"

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="checklists")
    name = models.CharField(max_length=80)
    items = models.ManyToManyField(StandardItem, related_name="checklists")

    objects = ChecklistQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.standard.tenant.path
