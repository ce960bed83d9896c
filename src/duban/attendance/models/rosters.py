"""Who is to stand where: rosters of a week, made by the vendor, and the swaps its people agree on."""

from typing import ClassVar, Self

from django.db import models

from duban.attendance.domain.rosters import PLAN_LABELS
from duban.attendance.domain.slots import Planned, Shift
from duban.attendance.domain.states import ROSTER_STATES, SWAP_STATES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.states import StateTable
from duban.platform.records import ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within

SHIFT_CHOICES = [(shift.value, shift.label) for shift in Shift]
PLAN_CHOICES = [(plan.value, label) for plan, label in PLAN_LABELS.items()]


class RosterQuerySet(ScopedQuerySet["Roster"]):
    def for_actor(self, actor: Actor) -> Self:
        """Rosters of the contract lines the actor sees; the company sees those that were published once."""
        own = within("line__contract__vendor__unit__path", actor.vendor_paths())
        seen = self.filter(line__in=ContractLine.objects.for_actor(actor))
        return seen.filter(own | models.Q(published_at__isnull=False))


class Roster(StatefulRecord):
    """The roster of one contract line for one week (`week` is its Monday). The vendor makes it; the company reads it."""

    CODE_PREFIX: ClassVar[str] = "RO"
    STATES: ClassVar[StateTable] = ROSTER_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="rosters")
    week = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "week"], name="roster_unique"),
            state_constraint(ROSTER_STATES, "roster_state_known"),
        ]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        """Only the vendor's own unit: nobody else may roster its people."""
        return (self.line.contract.vendor.unit.path,)


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    def for_actor(self, actor: Actor) -> Self:
        """What stands in the rosters the actor sees."""
        return self.filter(roster__in=Roster.objects.for_actor(actor))


class Assignment(ScopedModel):
    """One cell of a roster: a post on a day in a shift, and who stands there, or rest or leave."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="assignments")
    post = models.ForeignKey("estates.Post", models.PROTECT, related_name="assignments", db_index=False)
    day = models.DateField()
    shift = models.CharField(max_length=8, choices=SHIFT_CHOICES)
    planned = models.CharField(max_length=8, choices=PLAN_CHOICES, default=Planned.WORK)
    worker = models.ForeignKey("vendors.Worker", models.PROTECT, null=True, blank=True, related_name="assignments")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "day", "shift"], name="assignment_unique"),
            models.CheckConstraint(
                condition=models.Q(planned=Planned.WORK, worker__isnull=False)
                | (~models.Q(planned=Planned.WORK) & models.Q(worker__isnull=True)),
                name="assignment_worker_on_duty",
            ),
        ]

    def audit_scope(self) -> str:
        return self.roster.audit_scope()


class SwapQuerySet(ScopedQuerySet["Swap"]):
    def for_actor(self, actor: Actor) -> Self:
        """Swaps in the rosters the actor sees."""
        return self.filter(assignment__roster__in=Roster.objects.for_actor(actor))


class Swap(StatefulRecord):
    """Two people of the vendor change places, or one stands in for another (`other` empty, `worker` says who)."""

    CODE_PREFIX: ClassVar[str] = "SP"
    STATES: ClassVar[StateTable] = SWAP_STATES

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="swaps")
    other = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="+")
    worker = models.ForeignKey("vendors.Worker", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)

    objects = SwapQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=False) ^ models.Q(worker__isnull=False), name="swap_with_one"
            ),
            state_constraint(SWAP_STATES, "swap_state_known"),
        ]

    def audit_scope(self) -> str:
        return self.assignment.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.assignment.roster.permission_paths()


class LineRulesQuerySet(ScopedQuerySet["LineRules"]):
    def for_actor(self, actor: Actor) -> Self:
        """Rules of the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class LineRules(ScopedModel):
    """What a contract line agrees on grace, lateness and free misses; what it leaves empty T17 says."""

    line = models.OneToOneField(ContractLine, models.CASCADE, related_name="attendance_rules")
    grace_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    absent_after_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    free_misses = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = LineRulesQuerySet.as_manager()

    def audit_scope(self) -> str:
        return self.line.audit_scope()
