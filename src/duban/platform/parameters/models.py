"""Values that law and the market change, with the days on which they hold."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet


class Confidence(models.TextChoices):
    """How sure the source is."""

    LAW = "A", _("A: text of the law or standard")
    CHECKED = "B", _("B: published source, checked")
    SECONDARY = "C", _("C: secondary source")
    GENERAL = "G", _("G: general knowledge, to be checked")


class DatedParameterQuerySet(ScopedQuerySet["DatedParameter"]):
    def for_actor(self, actor: Actor) -> Self:
        """Values for everybody, and those of the actor's own company."""
        return self.in_tenant(actor.tenant_path)

    def in_tenant(self, tenant_path: str) -> Self:
        """Values for everybody, and those of one company."""
        return self.filter(scope__in=("", tenant_path))


class DatedParameter(ScopedModel):
    """One value of one parameter, in one city or everywhere (`city` empty), from a day on until a day, both included.

    `scope` is the path of the company that set it, empty for values shipped with the product. A company's own value wins.
    """

    scope = models.CharField(max_length=64, blank=True, editable=False)
    key = models.CharField(_("Parameter"), max_length=80)
    city = models.CharField(_("City"), max_length=24, blank=True)
    value = models.DecimalField(_("Value"), max_digits=18, decimal_places=6)
    unit = models.CharField(_("Unit"), max_length=24, blank=True)
    from_on = models.DateField(_("Valid from"))
    until_on = models.DateField(_("Valid until"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200)
    confidence = models.CharField(_("Confidence"), max_length=1, choices=Confidence, default=Confidence.SECONDARY)

    objects = DatedParameterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key", "city", "from_on"], name="dated_parameter_unique"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="dated_parameter_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.city} {self.from_on}".replace("  ", " ")

    @property
    def shown(self) -> str:
        """The value without the zeros that the column adds."""
        return f"{self.value.normalize():f}"

    def audit_scope(self) -> str:
        return self.scope or "/"
