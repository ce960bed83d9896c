"""Contracts for the search box."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from duban.contracts.models import Contract
from duban.contracts.permissions import Code
from duban.kernel.actor import Actor
from duban.platform.search.hits import SearchHit


def search_contracts(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """Contracts whose title, number, code or vendor holds the text: one query."""
    if not actor.can(Code.VIEW):
        return []
    found = (
        Q(title__icontains=text) | Q(number__icontains=text) | Q(code__icontains=text) | Q(vendor__short_name__icontains=text)
    )
    rows = Contract.objects.for_actor(actor).filter(found).select_related("vendor").order_by("-starts_on", "id")[:limit]
    return [
        SearchHit(gettext("Contract"), row.title, f"{row.code} · {row.vendor}", reverse("contracts:detail", args=[row.code]))
        for row in rows
    ]
