from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.scorecards.domain.grade import Measure
from duban.scorecards.domain.states import GRADE_STATES

MEASURES = {
    Measure.RECTIFY.value: _("Rectification order"),
    Measure.WARN.value: _("Written warning"),
    Measure.PROBATION.value: _("Probation"),
    Measure.TERMINATE.value: _("Termination procedure"),
}


class VendorGradeQuerySet(ScopedQuerySet["VendorGrade"]):
    def for_actor(self, actor: Actor) -> Self:
        """Offices: all grades of the tenant. Vendors: their own once confirmed."""
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        own = within("vendor__unit__path", actor.vendor_paths()) & models.Q(state="confirmed")
        return self.filter(within("vendor__tenant__path", offices) | own)


class VendorGrade(StatefulRecord):
    """The grade of a vendor on one service line as of a period: proposed by the rules, confirmed by a person.

    `proposal` holds mean, triggers and gaps with their reasons; `grade` is what the person confirmed.
    """

    CODE_PREFIX: ClassVar[str] = "VG"
    STATES = GRADE_STATES

    vendor = models.ForeignKey("vendors.Company", models.PROTECT, related_name="grades")
    service_line = models.CharField(max_length=24)
    period = models.ForeignKey("scorecards.Period", models.PROTECT, related_name="grades")
    proposed_grade = models.CharField(max_length=4, blank=True)
    measure = models.CharField(max_length=12, choices=MEASURES, blank=True)
    average = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    proposal = models.JSONField(default=dict)
    grade = models.CharField(max_length=4, blank=True)
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = VendorGradeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vendor", "service_line", "period"], name="vendor_grade_unique"),
            state_constraint(GRADE_STATES, "vendor_grade_state_known"),
        ]

    def audit_scope(self) -> str:
        return self.vendor.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.vendor.tenant.path, self.vendor.unit.path)
