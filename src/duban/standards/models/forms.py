"""Forms of checklists, brought in as XLSForm."""

from typing import ClassVar, Self

from django.db import models

from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet
from duban.platform.scope import within
from duban.standards.models.standards import Checklist


class FormDefinitionQuerySet(ScopedQuerySet["FormDefinition"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("checklist__standard__tenant__path", (actor.tenant_path,)))


class FormDefinition(ScopedModel):
    """One version of the form of a checklist; it never changes. The newest counts, unless it was given up."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="forms")
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    source = models.ForeignKey("platform.StoredFile", models.PROTECT, related_name="+")
    imported_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    is_given_up = models.BooleanField(default=False)

    objects = FormDefinitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["checklist_id", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["checklist", "version"], name="form_version_unique")]

    def __str__(self) -> str:
        return f"{self.checklist} v{self.version}"

    def audit_scope(self) -> str:
        return self.checklist.standard.tenant.path
