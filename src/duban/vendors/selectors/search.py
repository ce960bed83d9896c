"""Vendors for the search box."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.platform.search.hits import SearchHit
from duban.vendors.models import Company
from duban.vendors.permissions import Code


def search_vendors(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """Companies whose name or code holds the text: one query."""
    if not actor.can(Code.VIEW):
        return []
    found = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code__icontains=text) | Q(credit_code__iexact=text)
    rows = Company.objects.for_actor(actor).filter(found).order_by("short_name", "id")[:limit]
    return [
        SearchHit(gettext("Vendor"), str(row), f"{row.code} · {row.name}", reverse("vendors:detail", args=[row.code]))
        for row in rows
    ]
