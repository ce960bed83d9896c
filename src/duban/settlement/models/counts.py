from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.money import fen
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.settlement.domain.states import COUNT_STATES


class WorkCountQuerySet(ScopedQuerySet["WorkCount"]):
    def for_actor(self, actor: Actor) -> Self:
        """Counts of the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))

    def with_names(self) -> Self:
        """Everything a row shows and the rules ask for."""
        return self.select_related("line__contract__office", "line__contract__vendor__unit", "line__estate__office")


class WorkCount(StatefulRecord):
    """So much was done of one kind of work on a contract line in one month (计量确认单).

    One side enters it, the other confirms it; only what both sides confirmed is paid. `price` comes from the contract and
    is kept as it was on the day of entry; `quantity` counts visits or units of the price list.
    """

    CODE_PREFIX: ClassVar[str] = "WC"
    STATES = COUNT_STATES

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="work_counts", verbose_name=_("Contract line"))
    period_code = models.CharField(_("Month"), max_length=8)
    name = models.CharField(_("Work"), max_length=80)
    unit = models.CharField(_("Unit"), max_length=12, blank=True)
    price = models.DecimalField(_("Unit price"), max_digits=14, decimal_places=4)
    quantity = models.DecimalField(_("Quantity"), max_digits=14, decimal_places=4)
    is_by_vendor = models.BooleanField(_("Entered by the vendor"), default=False)
    entered_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("Note"), max_length=200, blank=True)
    answer = models.TextField(_("What the other side says"), blank=True)

    objects = WorkCountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            state_constraint(COUNT_STATES, "work_count_state_known"),
            models.CheckConstraint(condition=models.Q(quantity__gte=0, price__gte=0), name="work_count_not_negative"),
            models.UniqueConstraint(
                fields=["line", "period_code", "name"],
                condition=~models.Q(state="withdrawn"),
                name="work_count_once_a_month",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["period_code", "line"], name="work_count_month")]

    @property
    def amount(self) -> Decimal:
        """Price × quantity, to the fen."""
        return fen(self.price * self.quantity)

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (*self.line.contract.permission_paths(), self.line.estate.office.path)
