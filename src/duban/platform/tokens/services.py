"""Giving and taking away tokens."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, Channel
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.tokens.models import ApiToken
from duban.platform.tokens.selectors import digest_of

PREFIX = "duban_"
HINT_LENGTH = 12
LAST_USE_STEP = timedelta(minutes=10)
"""The last use is written at most this often, so that reading through the API stays reading."""


@transaction.atomic
def token_create(
    *, actor: Actor, person: AbstractBaseUser, name: str, expires_on: date | None = None, codes: Collection[str] = ()
) -> tuple[ApiToken, str]:
    """Give a person a token; returns it with the secret, which is shown once and never stored.

    `codes` narrows the token to some of the person's rights; empty means all of them. Everybody may make tokens of
    their own, but not through a token; for others it takes `platform.settings` (the command line holds it). Raises
    `NotAllowed` otherwise, and `Invalid` if the person has a token of that name or one's own token would carry a right
    one does not hold.
    """
    _require(actor, person.pk)
    missing = [code for code in codes if not actor.can(code)] if actor.person_id == person.pk else []
    if missing:
        raise Invalid(
            errors=(FieldError("codes", mark("You do not hold these rights yourself: {codes}"), {"codes": ", ".join(missing)}),)
        )
    if ApiToken.objects.filter(person_id=person.pk, name=name).exists():
        raise Invalid(errors=(FieldError("name", mark("This person already has a token “{name}”."), {"name": name}),))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        person_id=person.pk,
        tenant_path=actor.tenant_path,
        name=name,
        hint=secret[:HINT_LENGTH],
        digest=digest_of(secret),
        codes=sorted(codes),
        expires_on=expires_on,
    )
    with audited(actor=actor, record=token, action="create"):
        token.save()
    return token, secret


@transaction.atomic
def token_revoke(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Make a token worthless from now on; revoking twice changes nothing. One's own, or with `platform.settings`."""
    _require(actor, token.person_id)
    locked = ApiToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        with audited(actor=actor, record=locked, action="revoke"):
            locked.revoked_at = timezone.now()
            locked.save(update_fields=["revoked_at"])
    return locked


def token_used(token: ApiToken) -> None:
    """Remember that the token was used."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > LAST_USE_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _require(actor: Actor, person_id: int) -> None:
    is_own = actor.person_id == person_id and actor.channel is not Channel.API
    if not is_own:
        actor.require("platform.settings")
