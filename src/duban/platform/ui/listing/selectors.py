"""Saved views of a list."""

from django.urls import reverse

from duban.kernel.actor import Actor
from duban.platform.ui.components import SavedViewLink, SavedViews
from duban.platform.ui.listing.models import SavedView


def saved_views(actor: Actor, listing: str, path: str, query: str) -> SavedViews | None:
    """The person's own views of one list and where to save the present one; nothing for the system. One query."""
    if actor.person_id is None:
        return None
    rows = SavedView.objects.filter(person_id=actor.person_id, listing=listing).order_by("title", "id")
    links = tuple(
        SavedViewLink(
            row.title,
            f"{path}?{row.query}" if row.query else path,
            reverse("listings:delete", args=[row.pk]),
            is_current=row.query == query,
        )
        for row in rows
    )
    return SavedViews(links, listing=listing, query=query, path=path, save_url=reverse("listings:save"))
