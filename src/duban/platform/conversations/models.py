"""Messages on any record."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import ScopedModel
from duban.platform.scope import record_is_visible


class Audience(models.TextChoices):
    """Who reads a message."""

    BOTH = "both", _("Both sides")
    INSIDE = "inside", _("Inside only")


class Conversation(models.Model):
    """All that was said on one record of any kind. Who sees the record sees its conversation."""

    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target_type", "target_id"], name="conversation_target_unique")
        ]

    def __str__(self) -> str:
        return f"{self.target_type}/{self.target_id}"


class MessageQuerySet(models.QuerySet["ConversationMessage"]):
    def readable_by(self, actor: Actor) -> "MessageQuerySet":
        """Messages meant for this side; whether the record is seen at all is decided before."""
        return self.filter(audience=Audience.BOTH) if actor.is_vendor else self.all()


class ConversationMessage(ScopedModel):
    """One thing somebody said. Never edited, never deleted: it may become evidence."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages")
    scope = models.CharField(max_length=64)
    author = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=40)
    is_vendor = models.BooleanField()
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.BOTH)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["conversation", "id"], name="message_in_conversation")]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:40]}"

    def audit_scope(self) -> str:
        return self.scope

    def visible_to(self, actor: Actor) -> bool:
        """Whether the actor sees the record it stands on, and it was meant for the actor's side."""
        if actor.is_vendor and self.audience == Audience.INSIDE:
            return False
        return record_is_visible(actor, self.conversation.target_type, self.conversation.target_id)
