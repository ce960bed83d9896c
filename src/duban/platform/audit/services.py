"""Writing and proving the audit trail."""

import hashlib
import json
from collections.abc import Iterator, Mapping
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
SECRETS = frozenset({"password", "secret_hash"})
"""Columns that never enter the trail, not even as a hash."""


def write_entry(
    *, actor: Actor, record: ScopedModel, action: str, changes: Mapping[str, Any] | None = None, reason: str = ""
) -> AuditEntry:
    """Append one entry to the chain of the record's tenant, in the caller's transaction.

    `changes` maps a field to `[old, new]`. The head row is locked, so entries of one tenant are strictly ordered.
    """
    scope = record.audit_scope()
    with transaction.atomic():
        AuditHead.objects.bulk_create([AuditHead(scope=scope)], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(scope=scope)
        entry = AuditEntry(
            scope=scope,
            sequence=head.sequence + 1,
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
            changes=json.loads(_canonical(changes or {})),
            reason=reason,
            previous_hash=head.hash,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


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
