"""Writing and proving the audit trail."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.records import ScopedModel

STAMPS = frozenset({"created_at", "changed_at"})
SECRETS = frozenset({"password", "secret_hash", "identity_sealed", "identity_hash"})
"""Columns that never enter the trail, not even as a hash."""


def write_entry(
    *, actor: Actor, record: ScopedModel, action: str, changes: Mapping[str, Any] | None = None, reason: str = ""
) -> AuditEntry:
    """Append one entry to the chain of the record's tenant, in the caller's transaction.

    `changes` maps a field to `[old, new]`. The head row is locked, so entries of one tenant are strictly ordered.
    """
    return write_entries(actor=actor, changed=[(record, changes or {})], action=action, reason=reason)[0]


def write_entries(
    *, actor: Actor, changed: Sequence[tuple[ScopedModel, Mapping[str, Any]]], action: str, reason: str = ""
) -> list[AuditEntry]:
    """Append one entry for each record, in order, with four statements for each tenant however many they are."""
    by_scope: dict[str, list[tuple[ScopedModel, Mapping[str, Any]]]] = {}
    for record, changes in changed:
        by_scope.setdefault(record.audit_scope(), []).append((record, changes))
    written: list[AuditEntry] = []
    with transaction.atomic():
        for scope, rows in sorted(by_scope.items()):
            AuditHead.objects.bulk_create([AuditHead(scope=scope)], ignore_conflicts=True)
            head = AuditHead.objects.select_for_update().get(scope=scope)
            entries = _chained(head, [_entry(actor, record, action, changes, reason) for record, changes in rows])
            AuditEntry.objects.bulk_create(entries, batch_size=500)
            AuditHead.objects.filter(pk=head.pk).update(sequence=entries[-1].sequence, hash=entries[-1].hash)
            written += entries
    return written


def _entry(actor: Actor, record: ScopedModel, action: str, changes: Mapping[str, Any], reason: str) -> AuditEntry:
    return AuditEntry(
        at=timezone.now(),
        person_id=actor.person_id,
        actor_name=actor.name,
        channel=actor.channel,
        address=actor.address,
        request_id=actor.request_id,
        action=action,
        target_type=record._meta.label_lower,
        target_id=record.pk,
        target_code=str(getattr(record, "code", "")),
        changes=json.loads(_canonical(changes)),
        reason=reason,
    )


def _chained(head: AuditHead, entries: list[AuditEntry]) -> list[AuditEntry]:
    """Number the entries after the head and hash each over the one before it."""
    sequence, previous = head.sequence, head.hash
    for entry in entries:
        sequence += 1
        entry.scope, entry.sequence, entry.previous_hash = head.scope, sequence, previous
        entry.hash = previous = entry_hash(entry)
    return entries


@contextmanager
def audited(*, actor: Actor, record: ScopedModel, action: str, reason: str = "") -> Iterator[None]:
    """Enter what the block changes on `record`, field by field; nothing is entered if nothing changed.

    The block must save the record itself. A new record (without primary key) is entered as all its fields.
    """
    before = {} if record.pk is None else field_values(record)
    with transaction.atomic():
        yield
        after = field_values(record)
        changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
        if changes:
            write_entry(actor=actor, record=record, action=action, changes=changes, reason=reason)


def field_values(record: models.Model) -> dict[str, Any]:
    """The stored values of a record's own columns, stamps left out, as they go into the trail."""
    values = {field.attname: field.value_from_object(record) for field in record._meta.concrete_fields}
    plain: dict[str, Any] = json.loads(_canonical({key: value for key, value in values.items() if key not in STAMPS | SECRETS}))
    return plain


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything the entry says, the previous hash included."""
    content = {
        field.attname: field.value_from_object(entry)
        for field in AuditEntry._meta.concrete_fields
        if field.attname not in {"id", "hash", "at"}
    }
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
