"""The findings that failed checks open."""

from typing import ClassVar, Self

from django.db import models

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

    `due_on` is empty where the working days of the needed year are not published yet. `rectified_on` is the day the
    vendor reported it done and is emptied by reopening.
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
    rectified_on = models.DateField(null=True, blank=True)
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
