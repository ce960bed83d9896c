"""Personal calendar addresses."""

import secrets

from django.db import transaction

from duban.contracts.models import CalendarFeed
from duban.contracts.permissions import Code
from duban.contracts.selectors.feeds import token_hash
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed


@transaction.atomic
def feed_create(*, actor: Actor) -> str:
    """Give the actor a calendar address of 256 random bits and return its token, once; an older address stops working."""
    if actor.person_id is None or not actor.can(Code.VIEW):
        raise NotAllowed
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(person_id=actor.person_id, defaults={"token_hash": token_hash(token)})
    return token


@transaction.atomic
def feed_remove(*, actor: Actor) -> None:
    """Take the actor's calendar address back."""
    if actor.person_id is None:
        raise NotAllowed
    CalendarFeed.objects.filter(person_id=actor.person_id).delete()
