"""People who work for a vendor."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet
from duban.vendors.domain.workers import CATEGORY_LABELS, Category, masked_name
from duban.vendors.models.companies import Company

CATEGORY_CHOICES = [(str(key), _(label)) for key, label in CATEGORY_LABELS.items()]


class WorkerQuerySet(ScopedQuerySet["Worker"]):
    def for_actor(self, actor: Actor) -> Self:
        """Workers of the companies the actor sees."""
        return self.filter(company__in=Company.objects.for_actor(actor))

    def employed_on(self, day: date) -> Self:
        """Those whom their company employs on a day; an unknown first day counts as long ago."""
        started = models.Q(entered_on__isnull=True) | models.Q(entered_on__lte=day)
        return self.filter(started, models.Q(left_on__isnull=True) | models.Q(left_on__gte=day))


class Worker(Record):
    """A person who works for a vendor, which is the employer. `person` is the account, if there is one.

    The identity number is kept sealed; `identity_hash` is its keyed hash inside the tenant, by which the same person at
    two vendors is found without reading the number. `left_on` is the last day of employment. Some years after it (a dated
    parameter) name and number are forgotten: `anonymised_at`.
    """

    CODE_PREFIX: ClassVar[str] = "WK"

    company = models.ForeignKey(Company, models.PROTECT, related_name="workers")
    person = models.OneToOneField("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="worker")
    name = models.CharField(max_length=40)
    identity_sealed = models.TextField(blank=True, editable=False)
    identity_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    category = models.CharField(max_length=8, choices=CATEGORY_CHOICES, default=Category.ORDINARY)
    service_line = models.CharField(max_length=24, choices=SERVICE_LINE_CHOICES, blank=True)
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["company", "identity_hash"],
                condition=models.Q(left_on__isnull=True) & ~models.Q(identity_hash=""),
                name="worker_employed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True)
                | models.Q(entered_on__isnull=True)
                | models.Q(left_on__gte=models.F("entered_on")),
                name="worker_leaves_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """The name as everybody but the employer sees it."""
        return masked_name(self.name)

    def audit_scope(self) -> str:
        return self.company.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.company.permission_paths()
