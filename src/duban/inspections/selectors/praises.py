"""Praise for the pages."""

from dataclasses import dataclass

from django.db.models import QuerySet

from duban.inspections.models import Praise
from duban.inspections.permissions import Code, sees_names
from duban.inspections.selectors.results import WITH_PATHS, shown_history
from duban.kernel.actor import Actor
from duban.platform.files.selectors import attachments_of, photos_of
from duban.platform.records import get_by_code
from duban.platform.ui.components import Photo, TimelineEntry


@dataclass(frozen=True)
class PraisePage:
    """What the page of praise shows; `giver` is empty for those who may not read names."""

    praise: Praise
    photos: tuple[Photo, ...]
    giver: str
    timeline: tuple[TimelineEntry, ...]


def praise_list(actor: Actor) -> "QuerySet[Praise]":
    """Praise the actor may see; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Praise.objects.for_actor(actor).select_related(*WITH_PATHS, "place__parent", "given_by")


def praise_get(actor: Actor, code: str) -> Praise:
    """One praise of the actor's scope, or `NotFound`."""
    return get_by_code(praise_list(actor), code)


def praise_page(actor: Actor, praise: Praise) -> PraisePage:
    """Everything the page shows: two statements besides the praise."""
    photos = photos_of(praise, [item.file for item in attachments_of(praise)])
    giver = praise.given_by.name if praise.given_by and sees_names(actor) else ""
    return PraisePage(praise, tuple(photos), giver, shown_history(actor, praise))
