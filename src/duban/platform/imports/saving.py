"""Saving many rows with few statements."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models

from duban.platform.imports.importer import ImportCounts
from duban.platform.imports.statements import field_named, insert_rows, update_rows

Values = Mapping[str, Any]
Identity = tuple[Any, ...]
CHUNK = 2000
MOST_IN_ONE_LIST = 900


def keys_by(queryset: "models.QuerySet[Any]", field: str, codes: Collection[Any], *, value: str = "pk") -> dict[Any, Any]:
    """Map each known code to the row's `value`, by one query. Many codes are not sent along: the scope is read whole."""
    wanted = set(codes)
    if len(wanted) <= MOST_IN_ONE_LIST:
        queryset = queryset.filter(**{f"{field}__in": wanted})
    pairs = queryset.order_by("pk").values_list(field, value)
    return {code: found for code, found in pairs.iterator(chunk_size=5000) if code in wanted}


def insert_many(
    model: type[models.Model], values: Iterable[Values], *, progress: Callable[[int], None] | None = None
) -> ImportCounts:
    """Insert rows that are known to be new, given by field or `_id` names, all with the same names."""
    done = 0
    for chunk in _chunks(values):
        insert_rows(model, _fitted(model, chunk))
        done += len(chunk)
        if progress is not None:
            progress(done)
    return ImportCounts(created=done)


def upsert(
    model: type[models.Model],
    values: Iterable[Values],
    *,
    key: Sequence[str],
    existing: "models.QuerySet[Any]",
    progress: Callable[[int], None] | None = None,
    narrow: str = "",
    update: bool = True,
) -> ImportCounts:
    """Create what is new, update what differs, leave the rest: a handful of statements for every 2,000 rows.

    `values` are mappings of field or `_id` names, the same in every row; `key` names those that identify a row inside
    `existing`. `narrow` is the key field that picks the fewest stored rows; it should have an index. With `update=False`
    rows that exist are left as they are and counted as unchanged. Model `save()` methods are not called; records get
    their code and first state.
    """
    names = tuple(field_named(model, name).attname for name in key)
    narrow = field_named(model, narrow or key[0]).attname
    counts, done = ImportCounts(), 0
    for chunk in _chunks(values):
        rows = {tuple(row[name] for name in names): row for row in _fitted(model, chunk)}
        known = _stored(existing, rows.values(), narrow, names)
        counts += _save_chunk(model, rows, known, update=update)
        done += len(chunk)
        if progress is not None:
            progress(done)
    return counts


def _chunks(values: Iterable[Values]) -> Iterator[list[Values]]:
    rows = iter(values)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _fitted(model: type[models.Model], chunk: Sequence[Values]) -> list[Values]:
    """The rows with column names; an empty cell in a column that knows no null becomes the field's default."""
    fields = {name: field_named(model, name) for name in chunk[0]}
    defaults = {name: field.get_default() for name, field in fields.items() if not field.null}
    return [
        {
            fields[name].attname: defaults[name] if value is None and name in defaults else _bare(value)
            for name, value in row.items()
        }
        for row in chunk
    ]


def _bare(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _stored(
    existing: "models.QuerySet[Any]", rows: Collection[Values], narrow: str, key: tuple[str, ...]
) -> dict[Identity, tuple[Any, Values]]:
    """Stored rows by identity: their primary key and the columns that the import brings."""
    if not rows:
        return {}
    names = list(next(iter(rows)))
    wanted = list(dict.fromkeys(row[narrow] for row in rows if row[narrow] is not None))
    known: dict[Identity, tuple[Any, Values]] = {}
    for start in range(0, len(wanted), MOST_IN_ONE_LIST):
        batch = existing.filter(**{f"{narrow}__in": wanted[start : start + MOST_IN_ONE_LIST]}).order_by()
        for primary_key, *stored in batch.values_list("pk", *names):
            values = dict(zip(names, stored, strict=True))
            known[tuple(values[name] for name in key)] = (primary_key, values)
    return known


def _save_chunk(
    model: type[models.Model],
    rows: Mapping[Identity, Values],
    known: Mapping[Identity, tuple[Any, Values]],
    *,
    update: bool,
) -> ImportCounts:
    fresh: list[Values] = []
    changed: list[tuple[Any, Values]] = []
    names: set[str] = set()
    for identity, row in rows.items():
        found = known.get(identity)
        if found is None:
            fresh.append(row)
        elif update and row != found[1]:
            names |= {name for name, value in row.items() if value != found[1][name]}
            changed.append((found[0], row))
    insert_rows(model, fresh)
    update_rows(model, sorted(names), changed)
    return ImportCounts(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))
