"""What follows from plans lot by lot and period by period: verdicts on drawn lots, and how often by risk."""

from typing import ClassVar

from django.db import models

from duban.contracts.models import ContractLine
from duban.inspections.models.plans import InspectionPlan
from duban.inspections.models.tasks import InspectionTask


class LotVerdict(models.Model):
    """The verdict on the lot of one drawn task that was made: `is_accepted` is empty while places are missing.

    `classes` keeps for each class of faults its plan with severity and what was found; `day` is the one it counts for.
    It is reached through its task, which says who may see it.
    """

    task = models.OneToOneField(InspectionTask, models.PROTECT, related_name="lot")
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    is_accepted = models.BooleanField(null=True)
    classes = models.JSONField(default=dict)
    judged_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="lot_verdict_line_day")]

    def __str__(self) -> str:
        return f"lot of {self.task_id}"


class RiskRating(models.Model):
    """How often a plan by risk looks at one line in the period that opens on `opens_on`, and why.

    Made once, when the first day of the period is planned, so that a period keeps its days; `grounds` is what was known
    then, `trace` how the number came about. It is reached through its plan.
    """

    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="ratings", db_index=False)
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="+", db_index=False)
    opens_on = models.DateField()
    times = models.PositiveSmallIntegerField()
    grounds = models.JSONField(default=dict)
    trace = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "opens_on", "line"], name="risk_rating_unique")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.line_id}/{self.opens_on}"
