"""The findings that failed checks open."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.inspections.domain.states import FINDING_STATES
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models.paths import line_paths
from duban.inspections.models.results import CheckResult
from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint


class FindingQuerySet(ScopedQuerySet["Finding"]):
    def for_actor(self, actor: Actor) -> Self:
        """Findings on the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Finding(StatefulRecord):
    """Something that was found wrong and must be put right: opened by a failed check, closed by a re-check.

    `due_at` and its day `due_on` are empty where the working days of the needed year are not published yet; `due_rule`
    keeps how the time was reckoned (amount, unit, source), whatever becomes of the limit later. `rectified_at` and its
    day are when the vendor reported it done and are emptied by reopening. `owner` is the person who sees to it.
    `repeat_number` says the how-manieth time it is that the item failed at the place within 90 days. `escalation_level`
    is how high the ladder has been climbed (see `domain.escalation`): a level and not a state, because who has been told
    changes nothing about what may be done next.
    """

    CODE_PREFIX: ClassVar[str] = "FD"
    STATES = FINDING_STATES

    check_result = models.OneToOneField(CheckResult, models.PROTECT, null=True, blank=True, related_name="finding")
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="findings", db_index=False)
    item = models.ForeignKey("standards.StandardItem", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey("estates.Place", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    severity = models.PositiveSmallIntegerField(choices=[(grade.value, grade.label) for grade in Grade])
    text = models.CharField(max_length=300, blank=True)
    found_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_rule = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(
        "orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("Owner")
    )
    repeat_number = models.PositiveSmallIntegerField(default=1)
    rectified_on = models.DateField(null=True, blank=True)
    rectified_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    escalation_level = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [state_constraint(FINDING_STATES, "finding_state_known")]
        indexes: ClassVar = [
            models.Index(fields=["line", "due_on", "rectified_on"], name="finding_line_due"),
            models.Index(fields=["state", "due_on"], name="finding_state_due"),
            models.Index(fields=["line", "item", "place", "found_on"], name="finding_repeats"),
        ]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.line)

    @property
    def finder_id(self) -> int | None:
        """Key of the person who found it, in a check or in an audit; needs the check result loaded."""
        if self.check_result:
            return self.check_result.inspector_id
        noted = getattr(self, "audit_finding", None)
        return noted.noted_by_id if noted else None


class FindingReply(models.Model):
    """What the vendor answered: why it happened and what was done. `name` is who says so, with or without an account."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="replies")
    cause = models.CharField(max_length=500)
    action = models.CharField(max_length=500)
    at = models.DateTimeField()
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.finding_id} {self.at:%Y-%m-%d}"
