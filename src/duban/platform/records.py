"""What every record shares: a public code, stamps, and a scope."""

from collections.abc import Sequence as Rows
from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.states import StateTable

AnyModel = TypeVar("AnyModel", bound=models.Model)


class ScopedQuerySet(models.QuerySet[AnyModel]):
    """Rows that know what an actor may see of them."""

    def for_actor(self, actor: Actor) -> Self:
        """Only the rows inside the actor's scope. Every model says how; there is no default."""
        raise NotImplementedError(f"{self.model.__name__} has no scope")


class ScopedModel(models.Model):
    """A row that belongs to somebody. Its queryset must implement `for_actor`."""

    class Meta:
        abstract = True

    def audit_scope(self) -> str:
        """Path of the tenant in whose audit chain writes to this row are entered (`"/1/"`)."""
        raise NotImplementedError(f"{type(self).__name__} names no audit scope")


class CodeSequence(models.Model):
    """The last number given out for one prefix in one year. Only `next_codes` touches it."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["prefix", "year"], name="code_sequence_unique")]


def next_codes(prefix: str, *, count: int = 1, on: date | None = None) -> list[str]:
    """Reserve `count` public codes such as `CT-2026-0042`, in order, without gaps inside one call.

    One atomic update reserves the whole block, so two writers never get the same number and a bulk
    import costs two queries. Must run inside a transaction; a rolled-back transaction gives its numbers back.
    """
    year = (on or timezone.localdate()).year
    sequences = CodeSequence.objects.filter(prefix=prefix, year=year)
    with transaction.atomic():
        if not sequences.update(last_number=F("last_number") + count):
            CodeSequence.objects.bulk_create([CodeSequence(prefix=prefix, year=year)], ignore_conflicts=True)
            sequences.update(last_number=F("last_number") + count)
        last = sequences.values_list("last_number", flat=True).get()
    return [f"{prefix}-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]


class Record(ScopedModel):
    """A thing people talk about by its code. The primary key is never shown."""

    CODE_PREFIX: ClassVar[str]

    code = models.CharField(max_length=24, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        """Give the record its code on first save, then save."""
        if not self.code:
            self.code = next_codes(self.CODE_PREFIX)[0]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passes through what Django accepts

    def permission_paths(self) -> tuple[str, ...]:
        """Unit paths at which a right over this record may be held: its office, and the vendor it concerns."""
        return (self.audit_scope(),)


class StatefulRecord(Record):
    """A record with a lifecycle. `platform.states.advance` is the only writer of `state`."""

    STATES: ClassVar[StateTable]

    state = models.CharField(max_length=24, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        """Start in the initial state of the table, then save."""
        if not self.state:
            self.state = self.STATES.initial
        super().save(*args, **kwargs)


def state_constraint(table: StateTable, name: str) -> models.CheckConstraint:
    """A database check that `state` is one of the states of `table`."""
    return models.CheckConstraint(condition=models.Q(state__in=sorted(table.states)), name=name)


def assign_codes(records: Rows[Record], *, on: date | None = None) -> None:
    """Give codes (and initial states) to unsaved records that go into the database by `bulk_create`."""
    if not records:
        return
    for record, code in zip(records, next_codes(records[0].CODE_PREFIX, count=len(records), on=on), strict=True):
        record.code = code
        if isinstance(record, StatefulRecord) and not record.state:
            record.state = record.STATES.initial


AnyRecord = TypeVar("AnyRecord", bound=Record)


def get_by_code(queryset: "models.QuerySet[AnyRecord]", code: str) -> AnyRecord:
    """The one door from a code in a URL to a record: inside the given scope, or `NotFound`."""
    record = queryset.filter(code=code).first()
    if record is None:
        raise NotFound
    return record
