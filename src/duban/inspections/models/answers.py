"""Answers that do not count because another one to the same question does, and changes of mind."""

from typing import ClassVar, Self

from django.db import models

from duban.contracts.models import ContractLine
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models.results import CheckResult
from duban.inspections.models.visits import Visit
from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet


class OtherAnswerQuerySet(ScopedQuerySet["OtherAnswer"]):
    def for_actor(self, actor: Actor) -> Self:
        """Other answers to results on the contract lines the actor sees."""
        return self.filter(result__line__in=ContractLine.objects.for_actor(actor))


class OtherAnswer(ScopedModel):
    """A second answer to one item at one place of one task (另一份记录): kept and shown, counted nowhere.

    Of two answers the one captured earlier is the result, whichever arrived first. `client_id` names the phone's envelope.
    """

    CODE_PREFIX: ClassVar[str] = "OA"

    result = models.ForeignKey(CheckResult, models.PROTECT, related_name="other_answers")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    inspector = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    verdict = models.PositiveSmallIntegerField(choices=[(verdict.value, verdict.label) for verdict in Verdict])
    severity = models.PositiveSmallIntegerField(choices=[(grade.value, grade.label) for grade in Grade], default=0)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    client_id = models.UUIDField(null=True, blank=True, unique=True)

    objects = OtherAnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What the phone is told: by its beginning it knows that another answer counts."""
        return f"{self.CODE_PREFIX}-{self.pk}"

    def audit_scope(self) -> str:
        return self.result.audit_scope()


class AnswerChange(models.Model):
    """One change of mind of a person about an answer sent before: of several the one captured last counts.

    `root_id` is the envelope of the first answer, `client_id` that of the change.
    """

    root_id = models.UUIDField(db_index=True)
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.client_id} → {self.root_id}"
