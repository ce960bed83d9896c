from typing import ClassVar, Self

from django.db import models

from duban.kernel.actor import Actor
from duban.platform.scope import within


class AuditHead(models.Model):
    """The end of one tenant's chain. Its row lock orders the writers of that tenant."""

    scope = models.CharField(max_length=64, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries by tenant and by record."""

    def for_actor(self, actor: Actor) -> Self:
        """Entries of the actor's own tenant; a vendor sees none but those shown on its records by selectors."""
        return self.filter(within("scope", (actor.tenant_path,)))

    def about(self, record: models.Model) -> Self:
        """The history of one record, newest first."""
        return self.filter(target_type=record._meta.label_lower, target_id=record.pk).order_by("-id")


class AuditEntry(models.Model):
    """One write: who, when, through which door, on what, from which value to which, and why.

    `hash` is SHA-256 over the canonical JSON of the entry together with the hash of the entry before it.
    """

    scope = models.CharField(max_length=64)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=12)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    target_code = models.CharField(max_length=60, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "sequence"], name="audit_entry_in_order")]
        indexes: ClassVar = [
            models.Index(fields=["target_type", "target_id", "-id"], name="audit_entry_target"),
            models.Index(fields=["scope", "-id"], name="audit_entry_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.target_code}"
