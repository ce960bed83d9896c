"""Keeping and dropping saved views. They are a person's own, change no business fact and leave no audit entry."""

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound
from duban.kernel.text import mark
from duban.platform.ui.listing.models import MOST_PER_LIST, QUERY_LENGTH, TITLE_LENGTH, SavedView


@transaction.atomic
def view_save(*, actor: Actor, listing: str, title: str, query: str) -> SavedView:
    """Keep `query` under `title`; a view of the same title is replaced. `Invalid` without title or above 30 views."""
    if actor.person_id is None:
        raise NotAllowed
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise Invalid(errors=(FieldError("title", mark("Give the view a name of at most 60 characters.")),))
    if len(query) > QUERY_LENGTH:
        raise Invalid(errors=(FieldError("query", mark("These filters are too long to keep.")),))
    mine = SavedView.objects.filter(person_id=actor.person_id, listing=listing)
    if mine.exclude(title=title).count() >= MOST_PER_LIST:
        raise Invalid(
            errors=(
                FieldError(
                    "title", mark("This list has {limit} saved views already; delete one first."), {"limit": MOST_PER_LIST}
                ),
            )
        )
    view, _created = SavedView.objects.update_or_create(
        person_id=actor.person_id, listing=listing, title=title, defaults={"query": query}
    )
    return view


@transaction.atomic
def view_delete(*, actor: Actor, key: int) -> None:
    """Drop one of the person's own views; `NotFound` for anybody else's."""
    if actor.person_id is None:
        raise NotFound
    deleted, _by_model = SavedView.objects.filter(person_id=actor.person_id, pk=key).delete()
    if not deleted:
        raise NotFound
