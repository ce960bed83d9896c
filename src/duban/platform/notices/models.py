"""What somebody is told, and how they wish to be told."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor


class Delivery(models.TextChoices):
    """How a kind of notice reaches a person."""

    IN_APP = "in_app", _("In the app")
    MAIL = "mail", _("In the app and by mail")
    DIGEST = "digest", _("In the app and in a daily mail")
    OFF = "off", _("Not at all")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_actor(self, actor: Actor) -> Self:
        """A person's own notices; nobody reads another's."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Notice(models.Model):
    """One thing one person is told. `title` and `body` are English source texts that `params` fill after translation."""

    person = models.ForeignKey("orgs.Person", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    awaits_digest = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notice_person_newest"),
            models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["awaits_digest"], condition=models.Q(awaits_digest=True), name="notice_digest"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticePreference(models.Model):
    """How one person wishes to get one kind of notice; without a row it is the default of the kind."""

    person = models.ForeignKey("orgs.Person", models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=8, choices=Delivery)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="notice_preference_unique")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"
