"""Saying something on a record."""

from collections.abc import Callable, Iterable
from typing import cast

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.conversations.models import Audience, Conversation, ConversationMessage
from duban.platform.conversations.selectors import conversation_url
from duban.platform.files.services import Upload, attach_uploads
from duban.platform.notices.services import notify
from duban.platform.records import ScopedModel
from duban.platform.scope import record_is_visible
from duban.platform.tables_by_name import wired

LONGEST_BODY = 4000
LONGEST_NAME = 40
MENTION = "conversations.mention"


@transaction.atomic
def message_post(
    *, actor: Actor, record: ScopedModel, body: str, is_inside: bool = False, uploads: Iterable[Upload] = ()
) -> ConversationMessage:
    """Write a message on a record the actor sees, with files; people named with @ who may read it get a notice.

    A vendor cannot write for the inside only (`NotAllowed`). An empty or too long body is `Invalid`. Messages are never
    changed afterwards.
    """
    if actor.person_id is None or (is_inside and actor.is_vendor):
        raise NotAllowed
    conversation, _ = Conversation.objects.get_or_create(target_type=record._meta.label_lower, target_id=record.pk)
    message = ConversationMessage.objects.create(
        conversation=conversation,
        scope=record.audit_scope(),
        author_id=actor.person_id,
        author_name=actor.name,
        is_vendor=actor.is_vendor,
        audience=Audience.INSIDE if is_inside else Audience.BOTH,
        body=_checked(body),
    )
    attach_uploads(actor=actor, target=message, uploads=uploads)
    write_entry(actor=actor, record=record, action="message", changes={"audience": [None, message.audience]})
    _tell_mentioned(actor, record, message)
    return message


def possible_names(body: str) -> set[str]:
    """Every text that could be a name after an @: names have no fixed end, as in “@王芳请看”."""
    found = set()
    for part in body.split("@")[1:]:
        start = part[:LONGEST_NAME]
        found |= {start[:length].rstrip() for length in range(2, len(start) + 1)}
    return found


def _checked(body: str) -> str:
    body = body.strip()
    if not body:
        raise Invalid(errors=(FieldError("body", mark("Write something.")),))
    if len(body) > LONGEST_BODY:
        raise Invalid(errors=(FieldError("body", mark("At most {count} signs."), {"count": LONGEST_BODY}),))
    return body


def _tell_mentioned(actor: Actor, record: ScopedModel, message: ConversationMessage) -> None:
    names = possible_names(message.body)
    if not names:
        return
    find = cast("Callable[[set[str], str], list[Actor]]", wired("DUBAN_ACTORS_NAMED"))
    people = [
        person.person_id
        for person in find(names, message.scope)
        if person.person_id is not None and person.person_id != actor.person_id and _may_read(person, record, message)
    ]
    notify(
        people=people,
        kind=MENTION,
        title=mark("{author} mentioned you on {record}"),
        body=mark("“{text}”"),
        params={"author": actor.name, "record": str(getattr(record, "code", record)), "text": message.body[:200]},
        url=_address(record),
    )


def _may_read(person: Actor, record: ScopedModel, message: ConversationMessage) -> bool:
    if person.is_vendor and message.audience == Audience.INSIDE:
        return False
    return record_is_visible(person, record._meta.label_lower, record.pk)


def _address(record: ScopedModel) -> str:
    page = getattr(record, "get_absolute_url", None)
    return str(page()) if callable(page) else conversation_url(record)
