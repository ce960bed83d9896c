"""What came from phones: envelopes, what they wait for, and files that are still on their way."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel, ScopedQuerySet
from duban.platform.scope import within

WATCH_RIGHT = "platform.phones"


class Stage(models.TextChoices):
    """What has become of an envelope. Only the services here move it; it carries no right and needs no table of moves."""

    WAITING = "waiting", _("Waiting")
    APPLIED = "applied", _("Applied")
    REJECTED = "rejected", _("Rejected")


class EnvelopeQuerySet(ScopedQuerySet["Envelope"]):
    def for_actor(self, actor: Actor) -> Self:
        """What the actor sent; for who watches over phones also what people of the same offices could not deliver."""
        own = models.Q(person_id=actor.person_id) if actor.person_id else models.Q(pk__in=())
        watched = within("home", actor.office_paths(WATCH_RIGHT)) & ~models.Q(stage=Stage.APPLIED)
        return self.filter(own | watched)

    def unsettled(self) -> Self:
        """Those that are not applied."""
        return self.exclude(stage=Stage.APPLIED)


class Envelope(ScopedModel):
    """One thing a phone sent, stored once under the key the phone gave it.

    `payload` is the canonical JSON that `sha256` was taken of, so what was sent can be proved later. `home` is the path
    of the unit for which the sender acted. `delivery` names the request that brought it first. `reason` says why it
    waits or was rejected, in no particular language.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    scope = models.CharField(max_length=64)
    home = models.CharField(max_length=120)
    device = models.CharField(max_length=36)
    delivery = models.UUIDField()
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    captured_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    payload = models.TextField()
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.WAITING)
    record = models.CharField(max_length=40, blank=True)
    reason = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="envelope_stage_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(stage="waiting"), name="envelope_waiting"),
            models.Index(fields=["person", "-received_at"], name="envelope_person"),
            models.Index(fields=["home", "-received_at"], condition=~models.Q(stage="applied"), name="envelope_unsettled_home"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def audit_scope(self) -> str:
        return self.scope


class NeededFile(models.Model):
    """A file without which a waiting envelope cannot be applied."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="needed_files")
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [models.UniqueConstraint(fields=["envelope", "sha256"], name="needed_file_unique")]

    def __str__(self) -> str:
        return self.sha256[:12]


class EarlyEnvelope(models.Model):
    """An envelope that waits for another one: tried again when one about the same thing is settled."""

    envelope = models.OneToOneField(Envelope, models.CASCADE, primary_key=True, related_name="early")
    about = models.CharField(max_length=60, db_index=True)

    class Meta:
        app_label = "platform"

    def __str__(self) -> str:
        return self.about


class Upload(models.Model):
    """A file of which one person's phone has sent a part. The bytes lie in the workspace of the file store.

    `received` counts only bytes that are safely there: what a killed server had written beyond is written again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "sha256"], name="upload_unique")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.received}/{self.size}"
