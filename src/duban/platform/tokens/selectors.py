"""From a secret to the person it acts for."""

from datetime import date
from hashlib import sha256

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.platform.tokens.models import ApiToken


def digest_of(secret: str) -> str:
    """What is stored of a secret. Secrets are long and random, so a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


def person_of_token(secret: str, *, today: date | None = None) -> AbstractBaseUser | None:
    """The person behind a token that is neither revoked nor expired (`expires_on` is the first day it no longer works)."""
    today = today or timezone.localdate()
    in_force = Q(revoked_at__isnull=True) & (Q(expires_on__isnull=True) | Q(expires_on__gt=today))
    token = ApiToken.objects.filter(in_force, digest=digest_of(secret), person__is_active=True).select_related("person").first()
    return token.person if token else None


def tokens(actor: Actor) -> "QuerySet[ApiToken]":
    """Every token of the actor's tenant, newest first."""
    return ApiToken.objects.for_actor(actor).select_related("person").order_by("-id")
