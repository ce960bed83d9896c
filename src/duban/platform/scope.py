"""Scope as a query: what lies in the subtrees an actor reaches."""

from collections.abc import Iterable

from django.db.models import Q


def within(field: str, paths: Iterable[str]) -> Q:
    """Rows whose unit path `field` (say `"office__path"`) lies in one of the subtrees; no path means no row."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition or Q(pk__in=())
