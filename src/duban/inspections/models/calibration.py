"""Whether inspectors measure alike: stored calibrations, and checks made twice."""

from typing import ClassVar, Self

from django.db import models

from duban.inspections.domain.states import REINSPECTION_STATES
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models.paths import line_paths
from duban.inspections.models.results import CheckResult
from duban.inspections.models.visits import Visit
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within

CALIBRATE = "inspections.calibrate"


class CalibrationQuerySet(ScopedQuerySet["Calibration"]):
    def for_actor(self, actor: Actor) -> Self:
        """Those of the actor's company, for who compares inspectors; never for a vendor."""
        return self.filter(within("tenant__path", (actor.tenant_path,) if actor.office_paths(CALIBRATE) else ()))


class Calibration(ScopedModel):
    """One comparison of all inspectors of a company over a span of days, as the core computed it.

    `report` names people, vendors and lines by their keys; `lines` says on which contract lines each inspector was, so that a
    region sees its own. A later comparison of the same company is another row; of older ones the last of each month stays,
    so that figures can be proved.
    """

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    report = models.JSONField()
    lines = models.JSONField(default=dict)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenant", "made_at"], name="calibration_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="calibration_span")
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.starts_on} {self.ends_on}"

    def audit_scope(self) -> str:
        return self.tenant.tenant_path


class DrawQuerySet(ScopedQuerySet["ReinspectionDraw"]):
    def for_actor(self, actor: Actor) -> Self:
        """Those of the actor's company, for who compares inspectors; never for a vendor."""
        return self.filter(within("tenant__path", (actor.tenant_path,) if actor.office_paths(CALIBRATE) else ()))


class ReinspectionDraw(Record):
    """One draw of visits to be checked again: the seed and everything chance chose from, so that anybody can repeat it.

    `case` is what `duban calc draw` takes; it names visits, people and offices by their keys.
    """

    CODE_PREFIX: ClassVar[str] = "RD"

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    seed = models.CharField(max_length=40)
    case = models.JSONField()

    objects = DrawQuerySet.as_manager()

    def audit_scope(self) -> str:
        return self.tenant.tenant_path


class ReinspectionQuerySet(ScopedQuerySet["Reinspection"]):
    def for_actor(self, actor: Actor) -> Self:
        """The actor's own tasks, and all in the offices where the actor compares inspectors; never for a vendor."""
        paths = actor.office_paths(CALIBRATE)
        own = models.Q(inspector_id=actor.person_id) if actor.person_id and not actor.is_vendor else models.Q(pk__in=())
        return self.filter(own | within("visit__line__estate__office__path", paths))


class Reinspection(StatefulRecord):
    """A visit drawn to be checked again by somebody who does not see what the first inspector found (盲样复检).

    `seed` is the seed of the draw, so that it can be proved that chance chose. What the second finds are `SecondOpinion` rows:
    they are compared and never counted against the vendor.
    """

    CODE_PREFIX: ClassVar[str] = "RI"
    STATES = REINSPECTION_STATES

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="reinspection")
    inspector = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    draw = models.ForeignKey(ReinspectionDraw, models.PROTECT, null=True, blank=True, related_name="tasks")
    seed = models.CharField(max_length=40)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReinspectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [state_constraint(REINSPECTION_STATES, "reinspection_state_known")]
        indexes: ClassVar = [models.Index(fields=["inspector", "state"], name="reinspection_own")]

    def audit_scope(self) -> str:
        return self.visit.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.visit.line)


class SecondOpinion(models.Model):
    """What the second inspector found where the first had looked."""

    reinspection = models.ForeignKey(Reinspection, models.CASCADE, related_name="opinions")
    first = models.OneToOneField(CheckResult, models.PROTECT, related_name="second_opinion")
    verdict = models.PositiveSmallIntegerField(choices=[(verdict.value, verdict.label) for verdict in Verdict])
    severity = models.PositiveSmallIntegerField(choices=[(grade.value, grade.label) for grade in Grade], default=0)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.reinspection_id}/{self.first_id}"
