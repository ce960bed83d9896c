"""Check results with their photos."""

from typing import ClassVar, Self

from django.db import models

from duban.contracts.models import ContractLine
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models.paths import line_paths
from duban.inspections.models.visits import Visit
from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet


class CheckResultQuerySet(ScopedQuerySet["CheckResult"]):
    def for_actor(self, actor: Actor) -> Self:
        """Results on the contract lines the actor sees; a vendor sees those of its own lines."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class CheckResult(ScopedModel):
    """One item checked at one place at one moment, with its verdict: the narrow evidence table.

    Built for a hundred million rows: fixed small columns, one covering index for the aggregation by line, day, item
    and verdict, no other index than those of key, device id and visit. `client_id` is unique together with `day` so that
    the table can be partitioned by month; results without one stand outside that index, so that a million of them do not
    mislead a planner into reading the whole table. What only some results have (position, device, trust grade) belongs
    into tables beside it. See docs/adr/0010.
    `severity` speaks only where the verdict is “fail”.
    """

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="check_results", db_index=False)
    place = models.ForeignKey("estates.Place", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    item = models.ForeignKey("standards.StandardItem", models.PROTECT, related_name="+", db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="results")
    inspector = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    verdict = models.PositiveSmallIntegerField(choices=[(verdict.value, verdict.label) for verdict in Verdict])
    severity = models.PositiveSmallIntegerField(choices=[(grade.value, grade.label) for grade in Grade], default=0)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    photo_count = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    client_id = models.UUIDField(null=True, blank=True)

    objects = CheckResultQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client_id", "day"],
                condition=models.Q(client_id__isnull=False),
                name="check_result_client_id_unique",
            ),
            models.CheckConstraint(condition=models.Q(verdict__in=[0, 1, 2]), name="check_result_verdict_known"),
            models.CheckConstraint(condition=models.Q(severity__in=[0, 1, 2]), name="check_result_severity_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["line", "day", "item", "verdict"], name="check_result_aggregate")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code; it carries the key because a row of its own sequence for each of millions would cost too much."""
        return f"CR-{self.pk}"

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        """Where a right over this result may be held."""
        return line_paths(self.line)


class CheckPhoto(models.Model):
    """A photo that belongs to a check result. The bytes are content-addressed and never change."""

    check_result = models.ForeignKey(CheckResult, models.PROTECT, related_name="photos")
    file = models.ForeignKey("platform.StoredFile", models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["check_result", "file"], name="check_photo_unique")]

    def __str__(self) -> str:
        return f"CR-{self.check_result_id}/{self.pk}"


class UncountedResult(models.Model):
    """A result that does not count for the score, for money, or for either, because its record is doubted.

    Few results have one, so that facts ask for it only where a line has any on the days in question. It follows the
    review of the record and is never edited.
    """

    check_result = models.OneToOneField(CheckResult, models.PROTECT, primary_key=True, related_name="uncounted")
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    for_score = models.BooleanField(default=False)
    for_money = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="uncounted_result_line_day")]

    def __str__(self) -> str:
        return f"CR-{self.check_result_id}"
