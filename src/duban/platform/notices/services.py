"""Telling people, and remembering how they wish to be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.notices.models import Delivery, Notice, NoticePreference
from duban.platform.notices.selectors import deliveries, filled, notice_kinds, unread_key

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


def send_mails(keys: list[int]) -> int:
    """Send each notice as a mail of its own to people who have an address; returns how many went out."""
    notices = Notice.objects.filter(pk__in=keys, person__is_active=True).exclude(person__email="").select_related("person")
    return _send([_mail([notice]) for notice in notices.order_by("pk")])


def send_digests() -> int:
    """Send everybody who chose so one mail with what has gathered; repeated at once it sends nothing."""
    waiting = Notice.objects.filter(awaits_digest=True)
    taken = list(waiting.select_related("person").order_by("person_id", "pk")[:5000])
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in taken:
        by_person[notice.person_id].append(notice)
    # Marked first: a crash between the two loses a digest (the notices stay in the app) and never doubles it.
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(awaits_digest=False)
    return _send([_mail(notices) for notices in by_person.values() if notices[0].person.email and notices[0].person.is_active])


def _mail(notices: list[Notice]) -> EmailMessage:
    person = notices[0].person
    with override(person.language):
        titles = [filled(notice.title, notice.params) for notice in notices]
        subject = titles[0] if len(titles) == 1 else gettext("Duban: {count} notices").format(count=len(titles))
        parts = [_paragraph(title, notice) for title, notice in zip(titles, notices, strict=True)]
        return EmailMessage(subject=subject.replace("\n", " "), body="\n\n".join(parts), to=[person.email])


def _paragraph(title: str, notice: Notice) -> str:
    base = getattr(settings, "DUBAN_BASE_URL", "")
    address = f"{base}{notice.url}" if base and notice.url else ""
    return "\n".join(line for line in (title, filled(notice.body, notice.params), address) if line)


def _send(mails: Iterable[EmailMessage]) -> int:
    ready = list(mails)
    return int(get_connection().send_messages(ready) or 0) if ready else 0
