"""Giving and taking away tokens."""

import secrets
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.tokens.models import ApiToken
from duban.platform.tokens.selectors import digest_of

PREFIX = "duban_"
HINT_LENGTH = 10


@transaction.atomic
def token_create(*, actor: Actor, person: AbstractBaseUser, name: str, expires_on: date | None = None) -> tuple[ApiToken, str]:
    """Give a person a token; returns it with the secret, which is shown once and never stored.

    Raises `NotAllowed` without `platform.settings` (the command line holds it), `Invalid` if the person has a token of that name.
    """
    actor.require("platform.settings")
    if ApiToken.objects.filter(person_id=person.pk, name=name).exists():
        raise Invalid(errors=(FieldError("name", mark("This person already has a token “{name}”."), {"name": name}),))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        person_id=person.pk,
        tenant_path=actor.tenant_path,
        name=name,
        hint=secret[:HINT_LENGTH],
        digest=digest_of(secret),
        expires_on=expires_on,
    )
    with audited(actor=actor, record=token, action="create"):
        token.save()
    return token, secret


@transaction.atomic
def token_revoke(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Make a token worthless from now on; revoking twice changes nothing. Raises `NotAllowed` without `platform.settings`."""
    actor.require("platform.settings")
    locked = ApiToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        with audited(actor=actor, record=locked, action="revoke"):
            locked.revoked_at = timezone.now()
            locked.save(update_fields=["revoked_at"])
    return locked
