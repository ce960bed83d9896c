"""From a secret to the person it acts for."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.tokens.models import ApiToken


def digest_of(secret: str) -> str:
    """What is stored of a secret. Secrets are long and random, so a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


def token_of_secret(secret: str, *, today: date | None = None) -> ApiToken | None:
    """The token of a secret with its person, if it is neither revoked nor expired.

    `expires_on` is the first day on which it no longer works.
    """
    today = today or timezone.localdate()
    in_force = Q(revoked_at__isnull=True) & (Q(expires_on__isnull=True) | Q(expires_on__gt=today))
    return ApiToken.objects.filter(in_force, digest=digest_of(secret), person__is_active=True).select_related("person").first()


def person_of_token(secret: str, *, today: date | None = None) -> AbstractBaseUser | None:
    """The person behind a token in force."""
    token = token_of_secret(secret, today=today)
    return token.person if token else None


def narrowed(actor: Actor, token: ApiToken) -> Actor:
    """The actor with the rights the token names and no others; all of the person's if it names none."""
    if not token.codes:
        return actor
    codes = frozenset(token.codes)
    return replace(actor, grants=tuple(replace(grant, codes=grant.codes & codes) for grant in actor.grants))


def own_tokens(actor: Actor) -> "QuerySet[ApiToken]":
    """The actor's own tokens, newest first."""
    if actor.person_id is None:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(person_id=actor.person_id).order_by("-id")


def own_token(actor: Actor, hint: str) -> ApiToken:
    """One of the actor's own tokens by what is shown of it, or `NotFound`."""
    token = own_tokens(actor).filter(hint=hint).first()
    if token is None:
        raise NotFound
    return token


def tokens(actor: Actor) -> "QuerySet[ApiToken]":
    """Every token of the actor's tenant, newest first."""
    return ApiToken.objects.for_actor(actor).select_related("person").order_by("-id")
