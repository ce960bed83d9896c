"""People who work for a vendor."""

from typing import ClassVar, Self

from django.db import models

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet
from duban.vendors.models.companies import Company


class WorkerQuerySet(ScopedQuerySet["Worker"]):
    def for_actor(self, actor: Actor) -> Self:
        """Workers of the companies the actor sees."""
        return self.filter(company__in=Company.objects.for_actor(actor))


class Worker(Record):
    """A person who works for a vendor, which is the employer. `person` is the account, if there is one."""

    CODE_PREFIX: ClassVar[str] = "WK"

    company = models.ForeignKey(Company, models.PROTECT, related_name="workers")
    person = models.OneToOneField("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="worker")
    name = models.CharField(max_length=40)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.company.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.company.permission_paths()
