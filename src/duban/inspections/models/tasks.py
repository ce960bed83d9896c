"""Inspection tasks."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.inspections.domain.plans import TASK_KIND_LABELS, TaskKind
from duban.inspections.domain.states import TASK_STATES
from duban.inspections.models.paths import line_paths
from duban.inspections.models.plans import InspectionPlan
from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within

KIND_CHOICES = [(str(key), _(label)) for key, label in TASK_KIND_LABELS.items()]

TASK_PATHS = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit")
"""What a task needs loaded to say where rights over it are held."""


class InspectionTaskQuerySet(ScopedQuerySet["InspectionTask"]):
    def for_actor(self, actor: Actor) -> Self:
        """Tasks on the lines of the actor's offices; a vendor sees an unannounced one only once somebody checked in."""
        paths = actor.office_paths()
        office = within("line__estate__office__path", paths) | within("line__contract__office__path", paths)
        shown = models.Q(is_announced=True) | models.Q(checked_in_at__isnull=False)
        return self.filter(office | (within("line__contract__vendor__unit__path", actor.vendor_paths()) & shown))


class InspectionTask(StatefulRecord):
    """One round to be made: which line, which checklist, which places, from `planned_on` until `due_on`.

    `kind` and `reasons` say why it exists; a blind one names in `repeats` what it re-inspects, and its inspector reads
    nothing of that. `sampling` keeps what was drawn from how many under which rule (lot, n, Ac, Re), `seed` lets anybody
    draw the same places again. What the plan demanded is kept on the task, so that a plan changed later changes no task
    made before. Results hang on it through the visits.
    """

    CODE_PREFIX: ClassVar[str] = "TK"
    STATES = TASK_STATES

    plan = models.ForeignKey(
        InspectionPlan, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Plan")
    )
    line = models.ForeignKey(
        ContractLine, models.PROTECT, related_name="tasks", db_index=False, verbose_name=_("Contract line")
    )
    checklist = models.ForeignKey(
        "standards.Checklist", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Checklist")
    )
    places = models.ManyToManyField("estates.Place", blank=True, related_name="+", verbose_name=_("Places"))
    inspectors = models.ManyToManyField("orgs.Person", blank=True, related_name="+", verbose_name=_("Inspectors"))
    planned_on = models.DateField(_("Planned for"))
    due_on = models.DateField(_("To be done by"))
    window_from = models.TimeField(_("Not before"), null=True, blank=True)
    window_to = models.TimeField(_("Not after"), null=True, blank=True)
    kind = models.CharField(_("Kind"), max_length=8, choices=KIND_CHOICES, default=TaskKind.PLAN)
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("Re-inspects")
    )
    reasons = models.JSONField(default=list, blank=True)
    seed = models.BigIntegerField(default=0)
    sampling = models.JSONField(default=dict, blank=True)
    is_announced = models.BooleanField(_("Announced to the vendor"), default=True)
    needs_checkin = models.BooleanField(_("Check-in on site needed"), default=True)
    gallery_allowed = models.BooleanField(_("Photos from the gallery allowed"), default=False)
    signature_needed = models.BooleanField(_("Signature needed"), default=False)
    score_trust = models.CharField(max_length=8, default="low")
    money_trust = models.CharField(max_length=8, default="medium")
    below_trust = models.CharField(max_length=4, default="wait")
    checked_in_at = models.DateTimeField(_("Checked in"), null=True, blank=True)
    finished_at = models.DateTimeField(_("Finished"), null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    finished_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    signature = models.ForeignKey(
        "platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    note = models.CharField(_("Remark"), max_length=300, blank=True)

    objects = InspectionTaskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "line", "planned_on"],
                condition=models.Q(kind="plan") & ~models.Q(state="cancelled"),
                name="task_of_plan_unique",
            ),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("planned_on")), name="task_due_after_plan"),
            state_constraint(TASK_STATES, "task_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["line", "due_on", "state"], name="task_line_due"),
            models.Index(fields=["state", "due_on"], name="task_state_due"),
        ]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.line)
