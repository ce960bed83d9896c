"""Saving many rows with few statements."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import models

from duban.platform.imports.importer import ImportCounts
from duban.platform.records import Record, assign_codes

AnyModel = TypeVar("AnyModel", bound=models.Model)
Values = Mapping[str, Any]
CHUNK = 1000
MOST_IN_ONE_LIST = 900


def keys_by(queryset: "models.QuerySet[Any]", field: str, codes: Collection[Any], *, value: str = "pk") -> dict[Any, Any]:
    """Map each known code to the row's `value`, by one query. Many codes are not sent along: the scope is read whole."""
    wanted = set(codes)
    if len(wanted) <= MOST_IN_ONE_LIST:
        queryset = queryset.filter(**{f"{field}__in": wanted})
    pairs = queryset.order_by("pk").values_list(field, value)
    return {code: found for code, found in pairs.iterator(chunk_size=5000) if code in wanted}


def upsert(
    model: type[AnyModel],
    values: Iterable[Values],
    *,
    key: Sequence[str],
    existing: "models.QuerySet[AnyModel]",
    progress: Callable[[int], None] | None = None,
    narrow: str = "",
    update: bool = True,
) -> ImportCounts:
    """Create what is new, update what differs, leave the rest: three statements per 1,000 rows.

    `values` are mappings of field or `_id` names; `key` names those that identify a row inside `existing`. `narrow` is the key
    field that picks the fewest stored rows. With `update=False` rows that exist are left as they are and counted as unchanged.
    """
    counts, done = ImportCounts(), 0
    for chunk in _chunks(values):
        counts += _save_chunk(model, chunk, tuple(key), _stored(existing, chunk, narrow or key[0]), update=update)
        done += len(chunk)
        if progress is not None:
            progress(done)
    return counts


def _chunks(values: Iterable[Values]) -> Iterator[list[Values]]:
    rows = iter(values)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _stored(existing: "models.QuerySet[AnyModel]", chunk: Sequence[Values], narrow: str) -> list[AnyModel]:
    wanted = list(dict.fromkeys(row[narrow] for row in chunk if row[narrow] is not None))
    batches = [wanted[start : start + MOST_IN_ONE_LIST] for start in range(0, len(wanted), MOST_IN_ONE_LIST)]
    return [stored for batch in batches for stored in existing.filter(**{f"{narrow}__in": batch})]


def _save_chunk(
    model: type[AnyModel], chunk: Sequence[Values], key: tuple[str, ...], stored: Sequence[AnyModel], *, update: bool
) -> ImportCounts:
    known = {tuple(getattr(item, name) for name in key): item for item in stored}
    fresh: dict[tuple[Any, ...], AnyModel] = {}
    changed: dict[Any, AnyModel] = {}
    fields: set[str] = set()
    for row in chunk:
        fitted = {name: _fitted(model, name, value) for name, value in row.items()}
        identity = tuple(fitted[name] for name in key)
        item = known.get(identity)
        if item is None:
            fresh[identity] = model(**fitted)
        elif update and (differing := _differing(item, fitted)):
            fields |= differing
            changed[item.pk] = item
    _create(model, list(fresh.values()))
    _update(model, list(changed.values()), fields)
    return ImportCounts(len(fresh), len(changed), len(chunk) - len(fresh) - len(changed))


def _fitted(model: type[models.Model], name: str, value: Any) -> Any:
    """An empty cell in a column that knows no null becomes the field's default."""
    if value is not None:
        return value
    field = model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") and not _has_field(model, name) else name)
    return value if getattr(field, "null", True) else field.get_default()  # type: ignore[union-attr] - own columns only


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _differing(item: models.Model, fitted: Values) -> set[str]:
    """Set the values that differ and return their names."""
    names = {name for name, value in fitted.items() if getattr(item, name) != value}
    for name in names:
        setattr(item, name, fitted[name])
    return names


def _create(model: type[AnyModel], items: list[AnyModel]) -> None:
    if not items:
        return
    if issubclass(model, Record):
        assign_codes([item for item in items if isinstance(item, Record)])
    model._base_manager.bulk_create(items, batch_size=CHUNK)


def _update(model: type[AnyModel], items: list[AnyModel], names: set[str]) -> None:
    """One insert that turns into an update where the key exists: far cheaper than a `CASE` per field and row."""
    if not items:
        return
    stamps = {field.name for field in model._meta.concrete_fields if getattr(field, "auto_now", False)}
    model._base_manager.bulk_create(
        items,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=sorted({_field_name(model, name) for name in names} | stamps),
    )


def _field_name(model: type[models.Model], name: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if name in (field.name, field.attname))
