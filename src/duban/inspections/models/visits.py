"""Inspection visits."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.inspections.models.paths import line_paths
from duban.inspections.models.tasks import InspectionTask
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet


class VisitQuerySet(ScopedQuerySet["Visit"]):
    def for_actor(self, actor: Actor) -> Self:
        """Visits on the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Visit(Record):
    """One inspection visit: somebody went over a checklist on one contract line on one day.

    `task` is what sent them, if anything did; two people on one task make two visits.
    """

    CODE_PREFIX: ClassVar[str] = "IN"

    line = models.ForeignKey(
        ContractLine, models.PROTECT, related_name="visits", db_index=False, verbose_name=_("Contract line")
    )
    task = models.ForeignKey(
        InspectionTask, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("Task")
    )
    checklist = models.ForeignKey(
        "standards.Checklist", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Checklist")
    )
    inspector = models.ForeignKey(
        "orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Inspector")
    )
    day = models.DateField(_("Day"))
    is_announced = models.BooleanField(_("Announced"), default=True)
    note = models.CharField(_("Remark"), max_length=300, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="visit_line_day")]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.line)
