from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.platform.ui.components import Badge, badge_of
from duban.scorecards.domain.result import Outcome, Section, Status, ValueKind
from duban.scorecards.domain.states import APPEAL_STATES, CARD_STATES

OUTCOMES = {
    Outcome.SCORED.value: _("Scored"),
    Outcome.HELD.value: _("Insufficient data"),
    Outcome.UNSCORED.value: _("Not scored"),
}
SECTIONS = {
    Section.INDICATOR.value: _("Indicator"),
    Section.DEDUCTION.value: _("Deduction"),
    Section.BONUS.value: _("Bonus"),
    Section.RED_LINE.value: _("Red line"),
}


class CardQuerySet(ScopedQuerySet["Card"]):
    def for_actor(self, actor: Actor) -> Self:
        """Offices: cards of lines at their estates or under their contracts. Vendors: their own, once published."""
        offices = actor.office_paths()
        own = within("line__contract__vendor__unit__path", actor.vendor_paths()) & ~models.Q(state="draft")
        return self.filter(
            within("line__estate__office__path", offices) | within("line__contract__office__path", offices) | own
        )

    def with_names(self) -> Self:
        """Everything a row or a page shows about a card, in one query."""
        return self.select_related(
            "period__tenant",
            "scheme_version__scheme",
            "line__estate__office",
            "line__contract__office",
            "line__contract__vendor__unit",
        )


class Card(StatefulRecord):
    """The scorecard of one contract line in one period. Only a draft changes; an upheld appeal makes a revision.

    `score` has one decimal and is empty unless `outcome` is scored: too little evidence is no score, neither 0 nor
    100. `result` is the full answer of the scoring core with its trace; `evidence` the ratios and ratings it was
    made from (the occurrences are rows), so that anybody can recompute it. `confirm_by` ends the vendor's window.
    """

    CODE_PREFIX: ClassVar[str] = "SC"
    STATES = CARD_STATES

    line = models.ForeignKey("contracts.ContractLine", models.PROTECT, related_name="cards")
    period = models.ForeignKey("scorecards.Period", models.PROTECT, related_name="cards")
    scheme_version = models.ForeignKey("scorecards.SchemeVersion", models.PROTECT, related_name="cards")
    revision = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    low = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    is_failed = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    inputs_digest = models.CharField(max_length=64)
    has_late_evidence = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    confirm_by = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    revision_reason = models.TextField(blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "period", "revision"], name="card_revision_unique"),
            models.UniqueConstraint(fields=["line", "period"], condition=models.Q(is_current=True), name="card_current_unique"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(outcome=Outcome.SCORED.value),
                name="card_score_only_if_scored",
            ),
            state_constraint(CARD_STATES, "card_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["period", "is_current", "score"], name="card_period_score"),
            models.Index(fields=["state", "confirm_by"], name="card_window"),
        ]

    def audit_scope(self) -> str:
        return self.period.tenant.path

    def permission_paths(self) -> tuple[str, ...]:
        line = self.line
        return (line.estate.office.path, line.contract.office.path, line.contract.vendor.unit.path)


class CardIndicator(models.Model):
    """One weighted line of a card, as a row for lists and trends. Names stand in the scheme version."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    block = models.CharField(max_length=40)
    dimension = models.CharField(max_length=12)
    status = models.CharField(max_length=12, choices=[(item.value, item.value) for item in Status])
    value = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    value_kind = models.CharField(max_length=8, choices=[(item.value, item.value) for item in ValueKind])
    sample = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    weight = models.DecimalField(max_digits=7, decimal_places=2)
    effective_weight = models.DecimalField(max_digits=9, decimal_places=4)
    points = models.DecimalField(max_digits=9, decimal_places=4, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "key"], name="card_indicator_unique")]
        ordering: ClassVar = ["card", "position"]

    def __str__(self) -> str:
        return self.key


class CardOccurrence(models.Model):
    """One occurrence as it stood when the card was made, where it took effect and the points it cost or brought.

    A snapshot: later changes of the evidence do not reach a published card. `is_struck` marks what an appeal took out.
    """

    card = models.ForeignKey(Card, models.CASCADE, related_name="occurrences")
    app = models.CharField(max_length=24)
    code = models.CharField(max_length=60)
    on = models.DateField()
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=80, blank=True)
    severity = models.CharField(max_length=10)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    label = models.CharField(max_length=200)
    place = models.CharField(max_length=160, blank=True)
    section = models.CharField(max_length=10, choices=SECTIONS, blank=True)
    effect_key = models.CharField(max_length=40, blank=True)
    points = models.DecimalField(max_digits=9, decimal_places=4, default=0)
    is_struck = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "app", "code"], name="card_occurrence_unique")]
        indexes: ClassVar = [models.Index(fields=["card", "effect_key"], name="card_occurrence_effect")]

    def __str__(self) -> str:
        return f"{self.app} {self.code}"


class CardAppealQuerySet(ScopedQuerySet["CardAppeal"]):
    def for_actor(self, actor: Actor) -> Self:
        """Appeals on cards the actor may see."""
        return self.filter(card__in=Card.objects.for_actor(actor))


class CardAppeal(StatefulRecord):
    """The vendor disputes one thing on a card: an occurrence, or an indicator as a whole. Files hang on it."""

    CODE_PREFIX: ClassVar[str] = "AP"
    STATES = APPEAL_STATES

    card = models.ForeignKey(Card, models.PROTECT, related_name="appeals")
    occurrence = models.ForeignKey(CardOccurrence, models.PROTECT, null=True, blank=True, related_name="appeals")
    indicator_key = models.CharField(max_length=40, blank=True)
    ground = models.TextField()
    raised_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)

    objects = CardAppealQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card", "occurrence"], condition=models.Q(state="open"), name="card_appeal_once"),
            state_constraint(APPEAL_STATES, "card_appeal_state_known"),
        ]

    @property
    def state_badge(self) -> Badge:
        """The state as a word with a tone."""
        return badge_of(self.STATES, self.state)

    def audit_scope(self) -> str:
        return self.card.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.card.permission_paths()
