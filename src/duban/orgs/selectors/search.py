"""People and units for the search box."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.orgs.models import Person, Unit
from duban.orgs.permissions import OrgsCode
from duban.platform.search.hits import SearchHit


def search_people(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """People whose name or user name holds the text: one query."""
    if not actor.can(OrgsCode.VIEW):
        return []
    found = Q(name__icontains=text) | Q(username__icontains=text)
    rows = Person.objects.for_actor(actor).filter(found).order_by("username")[:limit]
    return [SearchHit(gettext("Person"), row.name, row.username, reverse("orgs:person", args=[row.username])) for row in rows]


def search_units(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """Units whose name or code holds the text: one query."""
    if not actor.can(OrgsCode.VIEW):
        return []
    found = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text)
    rows = Unit.objects.for_actor(actor).filter(found).order_by("path")[:limit]
    return [
        SearchHit(
            gettext("Org unit"),
            row.name,
            f"{row.code} · {row.get_kind_display()}",
            reverse("orgs:unit", args=[row.code]),
        )
        for row in rows
    ]
