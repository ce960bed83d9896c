"""Who reads the contract calendar through a personal address."""

import hashlib

from duban.contracts.models import CalendarFeed
from duban.kernel.actor import Actor, Channel
from duban.kernel.errors import NotFound
from duban.orgs.selectors import actor_for_person


def token_hash(token: str) -> str:
    """SHA-256 of a feed token; the token itself is stored nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_owner(token: str) -> Actor:
    """The actor behind a feed token, with today's rights; `NotFound` for an unknown token or somebody who has left."""
    feed = CalendarFeed.objects.filter(token_hash=token_hash(token), person__is_active=True).select_related("person").first()
    if feed is None:
        raise NotFound
    return actor_for_person(feed.person, channel=Channel.API)


def has_feed(actor: Actor) -> bool:
    """Whether the actor has a feed address."""
    return actor.person_id is not None and CalendarFeed.objects.filter(person_id=actor.person_id).exists()
