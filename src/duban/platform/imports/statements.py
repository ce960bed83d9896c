"""Inserts and updates of many rows by one prepared statement.

`bulk_create` builds a model instance and a piece of SQL for every row, which costs some twenty times what the database needs.
These statements are plain INSERT and UPDATE, built from the model's own columns, and run alike on both engines; where
PostgreSQL is asked for many rows they go in by COPY, with the same checks and the same refusals.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice, repeat
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from duban.platform.records import Record, StatefulRecord, next_codes

Values = Mapping[str, Any]
Prepare = Callable[[Any], Any]
AnyField = models.Field[Any, Any]

PLAIN_FIELDS = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.BigIntegerField,
    models.SmallIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.PositiveBigIntegerField,
)
PLAIN_VALUES = frozenset({str, int, bool, type(None)})
WORTH_COPYING = 100
_NEVER = object()


def insert_rows(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Insert rows given by field or `_id` names; what they leave out gets its default, records their codes and first state."""
    if not rows:
        return
    connection = _connection(model)
    columns = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    parameters = _parameters(model, columns, rows, connection)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    if connection.display_name == "PostgreSQL" and len(parameters) >= WORTH_COPYING:
        _copy(connection, f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", parameters)
        return
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", parameters)  # noqa: S608 - quoted names, values as parameters


def insert_new_rows(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Insert rows as `insert_rows` does, but leave out those whose key or unique columns are taken; keys may be given.

    Where another transaction is about to insert the same row, this one waits for its end. Give the rows in the order of
    their keys, so that two writers never wait for each other.
    """
    if not rows:
        return
    connection = _connection(model)
    columns = [field for field in model._meta.local_concrete_fields if not field.primary_key or field.attname in rows[0]]
    parameters = _parameters(model, columns, rows, connection)
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(str(field.column)) for field in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 - quoted names, values as parameters
            parameters,
        )


def _copy(connection: BaseDatabaseWrapper, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
    """Many rows in one stream; what the database refuses is raised as Django's own errors."""
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as stream:
        for row in parameters:
            stream.write_row(row)


def insert_records(records: Sequence[Record]) -> None:
    """Insert records that have their codes, and give them their keys by one more read; defaults are those of the instances."""
    if not records:
        return
    model = type(records[0])
    names = [field.attname for field in model._meta.local_concrete_fields if not field.primary_key and not _is_stamp(field)]
    insert_rows(model, [{name: getattr(record, name) for name in names} for record in records])
    stored = model._base_manager.filter(code__in=[record.code for record in records])
    keys = dict(stored.values_list("code", "pk"))
    for record in records:
        record.pk = keys[record.code]
        record._state.adding = False  # noqa: SLF001 - what Django itself sets after an insert


def update_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, Values]]) -> None:
    """Set the named fields of the rows given as (primary key, values), and their stamps of change."""
    if not rows:
        return
    connection = _connection(model)
    prepare_key = preparer(model._meta.pk, connection)
    columns = [field_named(model, name) for name in names]
    stamps = [field for field in model._meta.local_concrete_fields if getattr(field, "auto_now", False)]
    preparers = [preparer(field, connection) for field in columns]
    moment = timezone.now()
    now = [preparer(field, connection)(_stamp(field, moment)) for field in stamps]
    parameters = [
        [*(prepare(values[name]) for name, prepare in zip(names, preparers, strict=True)), *now, prepare_key(key)]
        for key, values in rows
    ]
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(str(field.column))} = %s" for field in (*columns, *stamps))
    condition = f"{quote(str(model._meta.pk.column))} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {condition}", parameters)  # noqa: S608 - quoted names, values as parameters


def field_named(model: type[models.Model], name: str) -> AnyField:
    """The column `office` or `office_id`."""
    return next(field for field in model._meta.local_concrete_fields if name in (field.name, field.attname))


def preparer(field: AnyField, connection: BaseDatabaseWrapper) -> Prepare:
    """What turns a value into what the database driver takes; the common types take a short way to the same result."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    general = _general(field, connection)
    if type(target) in PLAIN_FIELDS or (target.primary_key and isinstance(target, models.AutoField)):
        return lambda value: value if type(value) in PLAIN_VALUES else general(value)
    operations = connection.ops
    if type(field) is models.DecimalField:
        digits, places = field.max_digits, field.decimal_places
        return lambda value: (
            operations.adapt_decimalfield_value(value, digits, places) if type(value) is Decimal else general(value)
        )
    if type(field) is models.DateField:
        return lambda value: operations.adapt_datefield_value(value) if type(value) is date else general(value)
    if type(field) is models.DateTimeField:
        return lambda value: (
            operations.adapt_datetimefield_value(value) if type(value) is datetime and value.tzinfo else general(value)
        )
    return general


def _general(field: AnyField, connection: BaseDatabaseWrapper) -> Prepare:
    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value.pk if isinstance(value, models.Model) else value, connection=connection)

    return prepare


def _parameters(
    model: type[models.Model], columns: Sequence[AnyField], rows: Sequence[Values], connection: BaseDatabaseWrapper
) -> list[tuple[Any, ...]]:
    """Every column of every row, given or by default, as the driver takes it.

    Column by column: what all rows share is prepared once, and no row is copied on the way.
    """
    names = {field_named(model, name).attname: name for name in rows[0]}
    if any(len(row) != len(names) for row in rows):
        raise KeyError(f"rows of {model.__name__} differ in their columns")
    shared = _shared(model)
    if issubclass(model, Record) and "code" not in names:
        shared["code"] = iter(next_codes(model.CODE_PREFIX, count=len(rows)))
    values: list[Iterable[Any]] = []
    for field in columns:
        prepare, name = preparer(field, connection), names.get(field.attname)
        if name is not None:
            values.append([prepare(row[name]) for row in rows])
        elif isinstance(found := shared[field.attname], Iterator):
            values.append([prepare(value) for value in islice(found, len(rows))])
        else:
            values.append(repeat(prepare(found), len(rows)))
    return list(zip(*values, strict=True))


def _shared(model: type[models.Model]) -> dict[str, Any]:
    """What rows get that do not say it: one value for all, or an iterator where the default is made anew for each."""
    moment = timezone.now()
    shared: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        if _is_stamp(field):
            shared[field.attname] = _stamp(field, moment)
        elif field.has_default() and callable(field.default):
            shared[field.attname] = iter(field.get_default, _NEVER)
        else:
            shared[field.attname] = field.get_default()
    if issubclass(model, StatefulRecord):
        shared["state"] = model.STATES.initial
    return shared


def _is_stamp(field: AnyField) -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def _stamp(field: AnyField, moment: datetime) -> date | datetime:
    return moment if isinstance(field, models.DateTimeField) else timezone.localdate(moment)


def _connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    return connections[router.db_for_write(model)]
