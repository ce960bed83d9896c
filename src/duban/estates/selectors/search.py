"""Estates and places for the search box."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from duban.estates.models import Estate
from duban.estates.permissions import Code
from duban.kernel.actor import Actor
from duban.platform.search.hits import SearchHit


def search_estates(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """Estates whose name, code, address or own number holds the text: one query."""
    if not actor.can(Code.VIEW):
        return []
    found = Q(name__icontains=text) | Q(code__icontains=text) | Q(address__icontains=text) | Q(external_number__iexact=text)
    rows = Estate.objects.for_actor(actor).filter(found).order_by("name", "id")[:limit]
    return [
        SearchHit(gettext("Estate"), row.name, f"{row.code} · {row.city}", reverse("estates:detail", args=[row.code]))
        for row in rows
    ]
