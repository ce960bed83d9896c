"""Good finds."""

from typing import ClassVar, Self

from django.db import models

from duban.contracts.models import ContractLine
from duban.inspections.domain.states import PRAISE_STATES
from duban.inspections.models.paths import line_paths
from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint


class PraiseQuerySet(ScopedQuerySet["Praise"]):
    def for_actor(self, actor: Actor) -> Self:
        """Praise on the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Praise(StatefulRecord):
    """Something done better than agreed (表扬), seen on a contract line: a positive fact a scheme may reward."""

    CODE_PREFIX: ClassVar[str] = "PZ"
    STATES = PRAISE_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="praises", db_index=False)
    place = models.ForeignKey("estates.Place", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    day = models.DateField()
    text = models.CharField(max_length=300)
    given_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = PraiseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [state_constraint(PRAISE_STATES, "praise_state_known")]
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="praise_line_day")]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return line_paths(self.line)
