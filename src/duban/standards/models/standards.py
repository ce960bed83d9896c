"""What good service is: versioned standards, their items, checklists drawn from them, and licence rules."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES, SPECIAL_WORK_CHOICES
from duban.kernel.actor import Actor
from duban.kernel.occurrence import Severity
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.standards.domain.licences import HOLDER_LABELS, Requirement
from duban.standards.domain.states import STANDARD_STATES
from duban.vendors.models import CERTIFICATE_CHOICES

SEVERITY_CHOICES = [
    (str(Severity.MINOR), _("Minor")),
    (str(Severity.MAJOR), _("Major")),
    (str(Severity.CRITICAL), _("Critical")),
]


def in_reader_language(chinese: str, english: str) -> str:
    """The text in the reader's language; the other one where only that was written."""
    is_chinese = (get_language() or "").startswith("zh")
    return (chinese or english) if is_chinese else (english or chinese)


class StandardQuerySet(ScopedQuerySet["Standard"]):
    def for_actor(self, actor: Actor) -> Self:
        """Everybody of the tenant, vendors included: a standard is what both sides agreed on."""
        return self.filter(within("tenant__path", (actor.tenant_path,)))


class Standard(StatefulRecord):
    """One version of a service standard (服务标准) of one service line.

    Versions of one standard share `key`; a version in force never changes, a new version says why it came.
    `office` keeps the standard and decides on it; without one, the root of the tenant does.
    """

    CODE_PREFIX: ClassVar[str] = "SD"
    STATES = STANDARD_STATES

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    office = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    service_line = models.CharField(max_length=24, choices=SERVICE_LINE_CHOICES)
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
        return f"{self.title} v{self.version}"

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return in_reader_language(self.name, self.name_en)

    def audit_scope(self) -> str:
        return self.tenant.path

    def permission_paths(self) -> tuple[str, ...]:
        """The office that keeps the standard."""
        return (self.office.path if self.office else self.tenant.path,)


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
    frequency_en = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=120, blank=True)
    target_en = models.CharField(max_length=160, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=200, blank=True)
    method_en = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=8, choices=SEVERITY_CHOICES, default=str(Severity.MINOR))
    is_red_line = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)
    good_picture = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    bad_picture = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["standard_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["standard", "key"], name="standard_item_unique")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """What is to be done, in the reader's language."""
        return in_reader_language(self.name, self.name_en)

    @property
    def how_often(self) -> str:
        """The frequency in the reader's language."""
        return in_reader_language(self.frequency, self.frequency_en)

    @property
    def goal(self) -> str:
        """The target in the reader's language."""
        return in_reader_language(self.target, self.target_en)

    @property
    def how_checked(self) -> str:
        """The method in the reader's language."""
        return in_reader_language(self.method, self.method_en)

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


class LicenceRuleQuerySet(ScopedQuerySet["LicenceRule"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("tenant__path", (actor.tenant_path,)))


class LicenceRule(ScopedModel):
    """Which certificate the law (or the tenant) demands for a service line, or for one special work inside it."""

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    service_line = models.CharField(max_length=24, choices=SERVICE_LINE_CHOICES)
    work = models.CharField(max_length=16, choices=SPECIAL_WORK_CHOICES, blank=True)
    certificate_kind = models.CharField(max_length=40, choices=CERTIFICATE_CHOICES)
    holder = models.CharField(max_length=8, choices=[(str(key), _(label)) for key, label in HOLDER_LABELS.items()])
    is_mandatory = models.BooleanField(default=True)
    source = models.CharField(max_length=160)

    objects = LicenceRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "service_line", "work", "certificate_kind"], name="licence_rule_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_service_line_display()}: {self.get_certificate_kind_display()}"

    def audit_scope(self) -> str:
        return self.tenant.path

    def permission_paths(self) -> tuple[str, ...]:
        """The right is held at the root of the tenant."""
        return (self.tenant.path,)

    @property
    def requirement(self) -> Requirement:
        """The rule as the gate reads it."""
        return Requirement(
            service_line=self.service_line,
            certificate_kind=self.certificate_kind,
            holder=self.holder,
            source=self.source,
            work=self.work,
            is_mandatory=self.is_mandatory,
        )
