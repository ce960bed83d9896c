"""Inspection plans."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES, PlaceKind
from duban.inspections.domain.plans import (
    BELOW_LABELS,
    FREQUENCY_LABELS,
    SAMPLING_LABELS,
    SPAN_LABELS,
    TRUST_LABELS,
    Below,
    Frequency,
    SamplingMode,
    Span,
    Trust,
)
from duban.inspections.domain.states import PLAN_STATES
from duban.kernel.actor import Actor
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within

FREQUENCY_CHOICES = [(str(key), _(label)) for key, label in FREQUENCY_LABELS.items()]
SPAN_CHOICES = [(str(key), _(label)) for key, label in SPAN_LABELS.items()]
SAMPLING_CHOICES = [(str(key), _(label)) for key, label in SAMPLING_LABELS.items()]
TRUST_CHOICES = [(str(key), _(label)) for key, label in TRUST_LABELS.items()]
BELOW_CHOICES = [(str(key), _(label)) for key, label in BELOW_LABELS.items()]


class InspectionPlanQuerySet(ScopedQuerySet["InspectionPlan"]):
    def for_actor(self, actor: Actor) -> Self:
        """Plans of the actor's offices and of the offices above them; a plan is nothing a vendor sees."""
        paths = actor.office_paths()
        prefixes = {"/".join(path.split("/")[:depth]) + "/" for path in paths for depth in range(2, path.count("/") + 1)}
        return self.filter(within("office__path", paths) | models.Q(office__path__in=sorted(prefixes)))


class InspectionPlan(StatefulRecord):
    """What is to be inspected where, how often, by whom, and what a record needs to count.

    Scope: the contract lines of `service_line` below `office`; `estates` and `lines` narrow it, empty means all. Places:
    those of `place_kind` below `places`, both empty meaning the line as a whole. `weekdays` are ISO numbers, `month_days`
    1 to 31 (31 is the last day of any month); `times` per `span` serve “times” and are the base of “risk”, which moves
    between `times_min` and `times_max`, more often in `season_months`. A task of the day `d` may be done until
    `d + window_days`. `planned_until` is the last day for which tasks were made; `salt` makes drawn days and places
    unforeseeable. AQLs are percent nonconforming; critical items accept none.
    `reduced_allowed` is the consent that the switching rules ask for; `roles` name who may make the rounds, empty means
    everybody with the right.
    """

    CODE_PREFIX: ClassVar[str] = "PL"
    STATES = PLAN_STATES

    office = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+", verbose_name=_("Office"))
    name = models.CharField(_("Name"), max_length=80)
    service_line = models.CharField(_("Service line"), max_length=24, choices=SERVICE_LINE_CHOICES)
    estates = models.ManyToManyField("estates.Estate", blank=True, related_name="+", verbose_name=_("Estates"))
    lines = models.ManyToManyField("contracts.ContractLine", blank=True, related_name="+", verbose_name=_("Contract lines"))
    place_kind = models.CharField(_("Kind of place"), max_length=12, choices=PlaceKind, blank=True)
    places = models.ManyToManyField("estates.Place", blank=True, related_name="+", verbose_name=_("Places"))
    checklist = models.ForeignKey(
        "standards.Checklist", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Checklist")
    )

    frequency = models.CharField(_("How often"), max_length=8, choices=FREQUENCY_CHOICES, default=Frequency.TIMES)
    weekdays = models.JSONField(_("Weekdays"), default=list, blank=True)
    every_weeks = models.PositiveSmallIntegerField(_("Every so many weeks"), default=1)
    month_days = models.JSONField(_("Days of the month"), default=list, blank=True)
    times = models.PositiveSmallIntegerField(_("Times"), default=1)
    span = models.CharField(_("Period"), max_length=8, choices=SPAN_CHOICES, default=Span.WEEK)
    times_min = models.PositiveSmallIntegerField(_("At least"), default=1)
    times_max = models.PositiveSmallIntegerField(_("At most"), default=8)
    season_months = models.JSONField(_("Months to look more often"), default=list, blank=True)
    window_days = models.PositiveSmallIntegerField(_("Days to do it in"), default=2)
    window_from = models.TimeField(_("Not before"), null=True, blank=True)
    window_to = models.TimeField(_("Not after"), null=True, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    planned_until = models.DateField(editable=False)
    salt = models.CharField(max_length=32, editable=False)

    sampling = models.CharField(_("Sampling"), max_length=8, choices=SAMPLING_CHOICES, default=SamplingMode.ALL)
    sample_count = models.PositiveSmallIntegerField(_("Places per task"), default=10)
    level = models.CharField(_("Inspection level"), max_length=4, default="II")
    aql_major = models.DecimalField(_("AQL for major items"), max_digits=7, decimal_places=3, default="2.5")
    aql_minor = models.DecimalField(_("AQL for minor items"), max_digits=7, decimal_places=3, default="6.5")

    reduced_allowed = models.BooleanField(_("Reduced inspection allowed"), default=False)

    roles = models.JSONField(_("Roles"), default=list, blank=True)
    is_announced = models.BooleanField(_("Announced to the vendor"), default=True)
    needs_checkin = models.BooleanField(_("Check-in on site needed"), default=True)
    gallery_allowed = models.BooleanField(_("Photos from the gallery allowed"), default=False)
    signature_needed = models.BooleanField(_("Signature needed"), default=False)
    score_trust = models.CharField(_("Counts for the score"), max_length=8, choices=TRUST_CHOICES, default=Trust.LOW)
    money_trust = models.CharField(_("Counts for money"), max_length=8, choices=TRUST_CHOICES, default=Trust.MEDIUM)
    below_trust = models.CharField(_("Records below that"), max_length=4, choices=BELOW_CHOICES, default=Below.WAIT)

    objects = InspectionPlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "name"], name="plan_name_unique"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="plan_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(times_min__lte=models.F("times_max")), name="plan_times_in_order"),
            state_constraint(PLAN_STATES, "plan_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        """The office that keeps the plan."""
        return (self.office.path,)
