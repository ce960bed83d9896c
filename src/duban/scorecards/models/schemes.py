from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.platform.ui.components import Badge, badge_of
from duban.scorecards.domain.definition import names_of
from duban.scorecards.domain.scheme import Cycle, name_in
from duban.scorecards.domain.states import VERSION_STATES


class SchemeQuerySet(ScopedQuerySet["Scheme"]):
    def for_actor(self, actor: Actor) -> Self:
        """Offices see the schemes of their tenant; a vendor sees those that bind one of its lines."""
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        bound = SchemeVersion.objects.for_vendors(actor).values("scheme")
        return self.filter(within("tenant__path", offices) | models.Q(pk__in=bound))


class Scheme(Record):
    """A way of scoring one service line, known by a short name such as `CLN-M`; its rules live in its versions."""

    CODE_PREFIX: ClassVar[str] = "SS"

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    service_line = models.CharField(max_length=24)
    cycle = models.CharField(max_length=8, choices=[(item.value, item.value) for item in Cycle])
    is_shipped = models.BooleanField(default=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "key"], name="scheme_key_unique")]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return name_in({"zh": self.name_zh, "en": self.name_en}, get_language() or "en")

    def audit_scope(self) -> str:
        return self.tenant.tenant_path


class SchemeVersionQuerySet(ScopedQuerySet["SchemeVersion"]):
    def for_actor(self, actor: Actor) -> Self:
        """As for schemes; a vendor sees only the versions that bind it."""
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        return self.filter(within("scheme__tenant__path", offices) | models.Q(pk__in=self.for_vendors(actor).values("pk")))

    def for_vendors(self, actor: Actor) -> Self:
        """Versions bound to a line of one of the actor's vendor companies."""
        return self.filter(within("bindings__line__contract__vendor__unit__path", actor.vendor_paths()))


class SchemeVersion(StatefulRecord):
    """One frozen set of rules. A draft may be edited; in force it never changes, a new version takes its place.

    `definition` is the JSON of `domain.definition`; `digest` its SHA-256.
    """

    CODE_PREFIX: ClassVar[str] = "SV"
    STATES = VERSION_STATES

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_unique"),
            state_constraint(VERSION_STATES, "scheme_version_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.key} v{self.number}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return name_in(names_of(self.definition), get_language() or "en")

    @property
    def state_badge(self) -> Badge:
        """The state as a word with a tone."""
        return badge_of(self.STATES, self.state)

    def audit_scope(self) -> str:
        return self.scheme.audit_scope()


class LineScheme(ScopedModel):
    """From a day on, a contract line is scored by this version. The latest start on or before a period's end counts."""

    line = models.ForeignKey("contracts.ContractLine", models.CASCADE, related_name="scheme_bindings")
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="bindings")
    from_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "from_on"], name="line_scheme_unique")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.version_id} {self.from_on}"

    def audit_scope(self) -> str:
        return self.line.audit_scope()
