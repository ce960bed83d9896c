"""Links that open one rectification notice without an account: made, used, revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from duban.inspections.domain.links import LINK_ROLE, MOST_DAYS, OPENINGS, REPLIES, SALT, UPLOAD_LIMIT, Rate
from duban.inspections.models import Finding, FindingReply, NoticeLink, RectificationNotice
from duban.inspections.permissions import Code
from duban.inspections.services.replying import finding_reply
from duban.kernel.actor import Actor, Channel, Grant
from duban.kernel.errors import DomainError, FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry

SECRET_BYTES = 24


class TooMany(DomainError):
    """Somebody calls a public address again and again."""

    status = 429
    default_message = mark("That was too often in a short time. Please wait a few minutes.")


@transaction.atomic
def link_make(*, actor: Actor, notice: RectificationNotice, recipient: str, days: int = 7) -> tuple[NoticeLink, str]:
    """Make a link for somebody without an account; returns it with the token, which is shown once and never stored.

    Raises `NotAllowed` without `inspections.edit` at the line, `Invalid` for a notice that is not out, an empty
    recipient, or a life of more than thirty days.
    """
    actor.require_any(Code.EDIT, notice.permission_paths()[:2])
    problems = tuple(_problems(notice, recipient, days))
    if problems:
        raise Invalid(errors=problems)
    token = signing.Signer(salt=SALT).sign(secrets.token_urlsafe(SECRET_BYTES)).replace(":", ".")
    link = NoticeLink(
        notice=notice,
        digest=_digest(token),
        recipient=recipient.strip()[:60],
        made_by_id=actor.person_id,
        expires_at=timezone.now() + timedelta(days=days),
    )
    link.save()
    changes = {"recipient": [None, link.recipient], "expires_at": [None, link.expires_at]}
    write_entry(actor=actor, record=notice, action="link_make", changes=changes)
    return link, token


@transaction.atomic
def link_revoke(*, actor: Actor, link: NoticeLink) -> NoticeLink:
    """Make a link worthless from now on; revoking twice changes nothing. Raises `NotAllowed`."""
    actor.require_any(Code.EDIT, link.notice.permission_paths()[:2])
    locked = NoticeLink.objects.select_for_update(of=("self",)).select_related("notice__line__contract__office").get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        changes = {"recipient": [locked.recipient, None]}
        write_entry(actor=actor, record=locked.notice, action="link_revoke", changes=changes)
    return locked


def link_find(*, token: str, address: str) -> NoticeLink:
    """The living link behind a token; `NotFound` whatever is wrong with it, `TooMany` if the address asks too often."""
    _slow_down(f"open:{address}", OPENINGS)
    try:
        signing.Signer(salt=SALT).unsign(token.replace(".", ":"))
    except signing.BadSignature as error:
        raise NotFound from error
    rows = NoticeLink.objects.filter(digest=_digest(token), revoked_at__isnull=True, expires_at__gt=timezone.now())
    link = rows.select_related(*_NOTICE).exclude(notice__state__in=("draft", "withdrawn")).first()
    if link is None:
        raise NotFound
    return link


@transaction.atomic
def link_open(*, link: NoticeLink, address: str) -> None:
    """Enter in the trail that the link was opened, and from where."""
    now = timezone.now()
    NoticeLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, opened_at=now)
    write_entry(actor=link_actor(link, address), record=link.notice, action="link_open", changes={})


def link_reply(
    *, link: NoticeLink, address: str, finding: str, cause: str, action: str, uploads: "Sequence[UploadedFile[Any]]" = ()
) -> FindingReply:
    """Answer one finding of the link's notice in the recipient's name.

    Raises `NotFound` for a finding that does not stand on the notice, `TooMany`, and what `finding_reply` raises.
    """
    _slow_down(f"reply:{link.pk}", REPLIES)
    found = Finding.objects.filter(notice_entries__notice=link.notice_id, code=finding).select_related(
        "check_result", "line__estate__office", "line__contract__office", "line__contract__vendor__unit"
    )
    target = found.first()
    if target is None:
        raise NotFound
    large = [upload for upload in uploads if (upload.size or 0) > UPLOAD_LIMIT]
    if large:
        message, params = mark("A photo may have at most {megabytes} MB."), {"megabytes": UPLOAD_LIMIT // 1024 // 1024}
        raise Invalid(errors=(FieldError("photos", message, params),))
    return finding_reply(actor=link_actor(link, address), finding=target, cause=cause, action=action, uploads=uploads)


def link_actor(link: NoticeLink, address: str) -> Actor:
    """Whom the trail names: the recipient, with the one right to report findings of this vendor as put right."""
    grant = Grant(LINK_ROLE, link.notice.line.contract.vendor.unit.path, is_vendor=True, codes=frozenset({Code.RECTIFY.value}))
    return Actor(
        person_id=None,
        name=link.recipient,
        tenant_path=link.notice.audit_scope(),
        grants=(grant,),
        channel=Channel.LINK,
        address=address,
    )


_NOTICE = ("notice__line__estate__office", "notice__line__contract__office", "notice__line__contract__vendor__unit")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _problems(notice: RectificationNotice, recipient: str, days: int) -> list[FieldError]:
    found = []
    if notice.state not in {"sent", "answered"}:
        found.append(FieldError("", mark("Only a notice that was sent and is not settled can be opened by a link.")))
    if not recipient.strip():
        found.append(FieldError("recipient", mark("Please say for whom the link is: the trail names this person.")))
    if not 1 <= days <= MOST_DAYS:
        found.append(FieldError("days", mark("Between 1 and {most} days."), {"most": MOST_DAYS}))
    return found


def _slow_down(key: str, rate: Rate) -> None:
    """Count a call; `TooMany` above the rate. The count lives in the cache, one for each process."""
    name = f"duban.links:{key}"
    cache.add(name, 0, rate.seconds)
    try:
        calls = cache.incr(name)
    except ValueError:
        calls = 1
    if calls > rate.calls:
        raise TooMany
