"""Notices as mail."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext, override

from duban.platform.notices.models import Notice
from duban.platform.notices.selectors import filled


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
