"""Telling people, and remembering how they wish to be told."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.notices.models import Delivery, Notice, NoticePreference
from duban.platform.notices.selectors import deliveries, notice_kinds, unread_key

BATCH = 500
MAIL_TASK = "duban.platform.notices.tasks.mail_notices"
"""Jobs are reached by name: the task calls a service from above."""


@transaction.atomic
def notify(
    *,
    people: Iterable[models.Model | int],
    kind: str,
    title: str,
    body: str = "",
    params: Mapping[str, Any] | None = None,
    url: str = "",
) -> int:
    """Tell several people the same, each in the way the person chose; returns how many notices were made.

    `title` and `body` are English source texts with named placeholders (marked with `kernel.text.mark` at the caller),
    `params` plain JSON values, so that each reader gets the notice in the reader's language. Three statements however
    many people; mails go out by a job enqueued in the same transaction.
    """
    keys = list(dict.fromkeys(person if isinstance(person, int) else person.pk for person in people))
    chosen = deliveries(kind, keys)
    notices = [
        Notice(
            person_id=key,
            kind=kind,
            title=title,
            body=body,
            params=dict(params or {}),
            url=url,
            awaits_digest=chosen.get(key) is Delivery.DIGEST,
        )
        for key in keys
        if chosen.get(key) is not Delivery.OFF
    ]
    made = Notice.objects.bulk_create(notices, batch_size=BATCH)
    _forget_counts(notice.person_id for notice in made)
    mailed = [notice.pk for notice in made if chosen.get(notice.person_id) is Delivery.MAIL]
    for start in range(0, len(mailed), BATCH):
        import_string(MAIL_TASK).enqueue(mailed[start : start + BATCH])
    return len(made)


def mark_read(*, actor: Actor, keys: Collection[int] | None = None) -> int:
    """Mark some of the actor's notices as read, or all of them; returns how many changed."""
    unread = Notice.objects.for_actor(actor).filter(read_at__isnull=True)
    if keys is not None:
        unread = unread.filter(pk__in=keys)
    count = unread.update(read_at=timezone.now())
    if actor.person_id is not None:
        cache.delete(unread_key(actor.person_id))
    return count


@transaction.atomic
def choose_deliveries(*, actor: Actor, chosen: Mapping[str, str]) -> None:
    """Remember how the actor wishes to get each kind. Raises `Invalid` for a kind or a way that does not exist."""
    unknown = [kind for kind, delivery in chosen.items() if kind not in notice_kinds() or delivery not in Delivery.values]
    if unknown or actor.person_id is None:
        raise Invalid(errors=tuple(FieldError(kind, mark("Choose one of the offered ways.")) for kind in unknown))
    NoticePreference.objects.bulk_create(
        [NoticePreference(person_id=actor.person_id, kind=kind, delivery=delivery) for kind, delivery in chosen.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["delivery"],
    )


def _forget_counts(person_ids: Iterable[int]) -> None:
    keys = [unread_key(person_id) for person_id in person_ids]
    transaction.on_commit(lambda: cache.delete_many(keys))
