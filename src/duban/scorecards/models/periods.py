from typing import ClassVar, Self

from django.db import models

from duban.kernel.actor import Actor
from duban.kernel.period import Period as Span
from duban.kernel.period import PeriodKind
from duban.platform.records import ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.scorecards.domain.states import PERIOD_STATES


class PeriodQuerySet(ScopedQuerySet["Period"]):
    def for_actor(self, actor: Actor) -> Self:
        """The periods of the actor's tenant; vendors see them too, for their cards lie in them."""
        paths = (actor.tenant_path,) if actor.office_paths() or actor.vendor_paths() else ()
        return self.filter(within("tenant__path", paths))


class Period(StatefulRecord):
    """A month or quarter of one tenant, over which lines are scored. Opened by a clock, closed by a person."""

    CODE_PREFIX: ClassVar[str] = "PE"
    STATES = PERIOD_STATES

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(item.value, item.value) for item in PeriodKind])
    key = models.CharField(max_length=8)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key"], name="period_key_unique"),
            state_constraint(PERIOD_STATES, "period_state_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def span(self) -> Span:
        """The calendar span."""
        return Span.parse(self.key)

    def audit_scope(self) -> str:
        return self.tenant.path


class PanelRating(ScopedModel):
    """What one person gave for one rated indicator of one line in one period."""

    line = models.ForeignKey("contracts.ContractLine", models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    indicator_key = models.CharField(max_length=40)
    rater = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    rating = models.DecimalField(max_digits=6, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "period", "indicator_key", "rater"], name="panel_rating_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_key} {self.rating}"

    def audit_scope(self) -> str:
        return self.period.audit_scope()
