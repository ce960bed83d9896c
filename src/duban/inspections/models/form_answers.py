"""Filled-in forms of checklists."""

from typing import ClassVar, Self

from django.db import models

from duban.inspections.models.tasks import InspectionTask
from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet


class FormAnswerQuerySet(ScopedQuerySet["FormAnswer"]):
    def for_actor(self, actor: Actor) -> Self:
        """Forms of the tasks of the actor's offices; a vendor reads the results they led to, not the working papers."""
        return self.none() if actor.is_vendor else self.filter(task__in=InspectionTask.objects.for_actor(actor))


class FormAnswer(ScopedModel):
    """A form of a checklist as somebody filled it in at one place of a task, under the version the phone carried.

    `values` are the answers that count by the rules of the form, worked out ones among them. A later form of the same
    person takes the place of the one before: `root_id` is the envelope of the first, `is_current` marks the last. The
    verdicts on items became check results; what else was asked is only here.
    """

    task = models.ForeignKey(InspectionTask, models.PROTECT, related_name="form_answers", db_index=False)
    place = models.ForeignKey("estates.Place", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    definition = models.ForeignKey("standards.FormDefinition", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    client_id = models.UUIDField(unique=True)
    root_id = models.UUIDField(db_index=True)
    is_current = models.BooleanField(default=True)
    values = models.JSONField()
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    objects = FormAnswerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "is_current"], name="form_answer_task")]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.client_id}"

    def audit_scope(self) -> str:
        return self.task.audit_scope()
