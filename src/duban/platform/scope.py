"""Scope as a query: what lies in the subtrees an actor reaches, and whether one record of any kind is seen."""

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.apps import apps
from django.db.models import Model, Q

from duban.kernel.actor import Actor


def within(field: str, paths: Iterable[str]) -> Q:
    """Rows whose unit path `field` (say `"office__path"`) lies in one of the subtrees; no path means no row."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition or Q(pk__in=())


class _Guarded(Protocol):
    """A record that decides by itself who sees it, because its scope is that of another record."""

    def visible_to(self, actor: Actor) -> bool: ...


def record_is_visible(actor: Actor, target_type: str, target_id: int) -> bool:
    """Whether the actor sees a record of any kind: by its own `visible_to`, or by the scope of its queryset."""
    return visible_record(actor, target_type, target_id) is not None


def visible_record(actor: Actor, target_type: str, target_id: int) -> Model | None:
    """The record of any kind, or nothing if it is not there or not for this actor."""
    model = _model(target_type)
    if model is None:
        return None
    if hasattr(model, "visible_to"):
        record = model._base_manager.filter(pk=target_id).first()
        return record if record is not None and cast("_Guarded", record).visible_to(actor) else None
    rows: Any = model._default_manager.all()
    return cast("Model | None", rows.for_actor(actor).filter(pk=target_id).first()) if hasattr(rows, "for_actor") else None


def _model(target_type: str) -> type[Model] | None:
    try:
        return apps.get_model(target_type)
    except (LookupError, ValueError):
        return None
