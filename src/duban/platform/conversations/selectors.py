"""Reading conversations."""

from typing import cast

from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.conversations.models import Audience, ConversationMessage
from duban.platform.files.selectors import attachment_views, attachments_of_many
from duban.platform.records import ScopedModel
from duban.platform.scope import visible_record
from duban.platform.ui.components import Message, Thread

SALT = "duban.conversations"
MOST_SHOWN = 200


def conversation_url(record: models.Model) -> str:
    """Address of the conversation on a record, by a signed reference that shows no key."""
    reference = signing.Signer(salt=SALT).sign_object([record._meta.label_lower, record.pk])
    return reverse("conversations:thread", args=[reference])


def conversation_target(actor: Actor, reference: str) -> ScopedModel:
    """The record behind a reference, if this actor sees it; `NotFound` otherwise."""
    try:
        target_type, target_id = signing.Signer(salt=SALT).unsign_object(reference)
    except signing.BadSignature as error:
        raise NotFound from error
    record = visible_record(actor, target_type, target_id)
    if record is None:
        raise NotFound
    return cast("ScopedModel", record)


def thread_of(actor: Actor, record: models.Model) -> Thread:
    """The conversation on a record the actor has been allowed to see; a vendor gets no inside message. Two queries."""
    rows = ConversationMessage.objects.filter(
        conversation__target_type=record._meta.label_lower, conversation__target_id=record.pk
    )
    newest = list(rows.readable_by(actor).order_by("-id")[:MOST_SHOWN])[::-1]
    attachments = attachments_of_many(ConversationMessage, [row.pk for row in newest]) if newest else {}
    messages = tuple(
        Message(
            at=row.created_at,
            author=row.author_name,
            side=gettext("Vendor") if row.is_vendor else gettext("Property company"),
            body=row.body,
            attachments=attachment_views(attachments[row.pk]),
            internal=row.audience == Audience.INSIDE,
        )
        for row in newest
    )
    return Thread(
        messages=messages,
        post_url=conversation_url(record),
        audience=gettext("Read by both sides, except what is marked “inside only”.") if not actor.is_vendor else "",
        can_post=actor.person_id is not None,
        can_hide=not actor.is_vendor,
    )
