"""Signed numbers a phone echoes to show that it was online a moment before."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound

SALT = "duban.sync.challenge"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Challenge:
    """A number nobody could know before, and until when it says something."""

    challenge: str
    expires_at: datetime


def issue_challenge(actor: Actor) -> Challenge:
    """A new challenge for this person. Nothing is stored: the signature carries person and time."""
    if not actor.grants:
        raise NotFound
    now = timezone.now()
    text = signing.dumps([actor.person_id, now.timestamp(), secrets.token_hex(8)], salt=SALT)
    return Challenge(text, now + LASTS)


def issued_at(actor: Actor, challenge: str) -> datetime | None:
    """When a challenge was given to this person; nothing if it was not, or never."""
    try:
        person, moment, _ = signing.loads(challenge, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(moment, tz=UTC) if person == actor.person_id else None
