"""Standards for the search box."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.platform.search.hits import SearchHit
from duban.standards.models import Standard
from duban.standards.permissions import Code


def search_standards(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """Versions whose name, key or code holds the text: one query."""
    if not actor.can(Code.VIEW):
        return []
    found = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text) | Q(key__icontains=text)
    rows = Standard.objects.for_actor(actor).filter(found).order_by("key", "-version")[:limit]
    return [SearchHit(gettext("Standard"), str(row), row.code, reverse("standards:detail", args=[row.code])) for row in rows]
