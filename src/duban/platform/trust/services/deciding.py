"""People decide whether doubtful records count."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.kernel.text import mark
from duban.platform.states import advance
from duban.platform.trust.models import TrustReview
from duban.platform.trust.services.grading import tell_standing

MOVES = frozenset({"accept", "refuse"})
OWN = mark("You made this record yourself. Whether it counts is decided by somebody else: ask a colleague.")


@transaction.atomic
def reviews_decide(*, actor: Actor, reviews: Sequence[TrustReview], move: str, note: str) -> int:
    """Let records count (`accept`) or not (`refuse`), all or none, with a note; returns how many.

    Nobody decides over the own records. Raises `NotFound` for another move, `NotAllowed`, `WrongState`, `Invalid` without
    a note. Announces `TrustSettled`.
    """
    if move not in MOVES:
        raise NotFound
    if any(review.person_id == actor.person_id for review in reviews):
        raise NotAllowed(OWN)
    decided = [_decided(actor, review, move, note) for review in sorted(reviews, key=lambda row: row.pk)]
    tell_standing(reviews=decided)
    return len(decided)


def _decided(actor: Actor, review: TrustReview, move: str, note: str) -> TrustReview:
    moved = advance(review, move, actor=actor, note=note)
    moved.counts_score, moved.counts_money = moved.standing.score, moved.standing.money
    moved.decided_by_id, moved.decided_at, moved.note = actor.person_id, timezone.now(), note.strip()[:500]
    moved.save(update_fields=["counts_score", "counts_money", "decided_by", "decided_at", "note", "changed_at"])
    return moved
