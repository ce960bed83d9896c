"""Whether the posts were manned: one row for each slot of post, day and shift."""

from typing import ClassVar, Self

from django.db import models

from duban.attendance.domain.slots import Ground, Shift
from duban.attendance.domain.states import SLOT_STATES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.states import StateTable
from duban.platform.records import ScopedModel, ScopedQuerySet, state_constraint


class SlotQuerySet(ScopedQuerySet["Slot"]):
    def for_actor(self, actor: Actor) -> Self:
        """Slots on the contract lines the actor sees; a vendor sees its own."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Slot(ScopedModel):
    """One post on one day in one shift, to be manned under one contract line (岗位槽位, T17).

    `planned_hours` are the hours the contract pays for. `ground` is the rule that decided the state. The names are kept to
    settle disputes and shown masked; nobody's work is judged by them. Like the check results the table is narrow and
    has one covering index for counting, so that it grows to many years; rosters and raw check-ins belong beside it.
    """

    STATES: ClassVar[StateTable] = SLOT_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="slots", db_index=False)
    post = models.ForeignKey("estates.Post", models.PROTECT, related_name="slots", db_index=False)
    day = models.DateField()
    shift = models.CharField(max_length=8, choices=[(shift.value, shift.label) for shift in Shift], default=Shift.DAY)
    planned_hours = models.DecimalField(max_digits=4, decimal_places=1, default=8)
    state = models.CharField(max_length=8, editable=False)
    ground = models.CharField(max_length=16, choices=[(ground.value, ground.label) for ground in Ground])
    rostered_name = models.CharField(max_length=40, blank=True)
    actual_name = models.CharField(max_length=40, blank=True)
    checkin_at = models.DateTimeField(null=True, blank=True)
    checkout_at = models.DateTimeField(null=True, blank=True)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "day", "shift"], name="slot_unique"),
            models.CheckConstraint(condition=models.Q(planned_hours__gte=0), name="slot_hours_not_negative"),
            state_constraint(SLOT_STATES, "slot_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["line", "day", "shift", "state"], name="slot_aggregate")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code of the slot."""
        return f"AS-{self.pk}"

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        """Where a right over this slot may be held: estate, signing office, vendor."""
        return (self.line.estate.office.path, self.line.contract.office.path, self.line.contract.vendor.unit.path)
