"""Reads of the phone's inbox: what waits, how much of a file is there, and the pack."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.files.models import StoredFile
from duban.platform.sync.kinds import known_kinds
from duban.platform.sync.models import WATCH_RIGHT, Envelope, NeededFile, Stage, Upload
from duban.platform.sync.shapes import CHUNK_BYTES, MOST_BYTES, MOST_ENVELOPES, Progress
from duban.platform.tables_by_name import wired

Section = Callable[[Actor, date], list[dict[str, Any]]]


@dataclass(frozen=True)
class Pack:
    """Everything a phone carries offline; `version` changes exactly when the content does."""

    version: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class SentPage:
    """What the page of an envelope shows; `missing` counts files that have not arrived."""

    envelope: Envelope
    person: str
    content: Mapping[str, Any]
    missing: int


def own_key(actor: Actor) -> int:
    """Key of the person whose phone it is; `NotFound` for who holds no role."""
    if actor.person_id is None or not actor.grants:
        raise NotFound
    return actor.person_id


def own_unsettled(actor: Actor, stage: str = "") -> "QuerySet[Envelope]":
    """What this person sent that waits or was rejected, newest first."""
    rows = Envelope.objects.unsettled().filter(person_id=own_key(actor)).order_by("-received_at", "pk").defer("payload")
    return rows.filter(stage=stage) if stage else rows


def watches_phones(actor: Actor) -> bool:
    """Whether the actor also reads what people of the own offices could not deliver."""
    return bool(actor.office_paths(WATCH_RIGHT))


def sent_list(actor: Actor) -> "QuerySet[Envelope]":
    """What the actor's phones sent, and what people of offices the actor watches could not deliver, without content."""
    own_key(actor)
    return Envelope.objects.for_actor(actor).select_related("person").defer("payload")


def sent_get(actor: Actor, key: UUID) -> Envelope:
    """One of these, with its content, or `NotFound`."""
    own_key(actor)
    found = Envelope.objects.for_actor(actor).select_related("person").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def sent_page(envelope: Envelope) -> SentPage:
    """Everything the page of an envelope shows: one statement."""
    there = StoredFile.objects.filter(sha256=OuterRef("sha256"))
    missing = NeededFile.objects.filter(~Exists(there), envelope=envelope).count() if envelope.stage == Stage.WAITING else 0
    person = str(getattr(envelope.person, "name", ""))
    return SentPage(envelope, person, json.loads(envelope.payload), missing)


def sent_before(actor: Actor, key: UUID | None, stage: str) -> "QuerySet[Envelope]":
    """The same, newest first, from after one of them; for paging by key."""
    rows = sent_list(actor).order_by("-received_at", "-pk")
    if key is not None:
        last = sent_get(actor, key)
        rows = rows.filter(Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk))
    return rows.filter(stage=stage) if stage else rows


def progress_of(actor: Actor, sha256: str) -> Progress:
    """How much of a file has arrived from this person; nothing of it if it is unknown."""
    person = own_key(actor)
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is not None:
        return Progress(stored.size, stored.size, is_complete=True)
    upload = Upload.objects.filter(person_id=person, sha256=sha256).first()
    return Progress(upload.received, upload.size, is_complete=False) if upload else Progress(0, 0, is_complete=False)


def pack_for(actor: Actor, today: date) -> Pack:
    """The pack of one person: the sections of the wiring table, each with one call, and who the person is."""
    person = own_key(actor)
    table = cast("Mapping[str, str]", wired("DUBAN_PACK"))
    content = {
        "me": _me(actor, person),
        "rules": {
            "most_envelopes": MOST_ENVELOPES,
            "most_bytes": MOST_BYTES,
            "chunk_bytes": CHUNK_BYTES,
            "file_bytes": settings.DUBAN_UPLOAD_LIMIT,
            "kinds": {name: kind.version for name, kind in known_kinds().items()},
        },
        **{name: cast("Section", import_string(path))(actor, today) for name, path in table.items()},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return Pack(hashlib.sha256(text.encode()).hexdigest()[:32], content)


def stamped(pack: Pack, now: datetime | None = None) -> dict[str, Any]:
    """The pack as it is sent: with its version and the server's time."""
    now = now or timezone.now()
    return {"version": pack.version, "made_at": now, "server_time": now, **pack.content}


def _me(actor: Actor, key: int) -> dict[str, Any]:
    person = get_user_model()._default_manager.get(pk=key)
    return {
        "code": person.get_username(),
        "name": actor.name,
        "roles": list(actor.roles),
        "language": translation.get_language(),
        "is_vendor": actor.is_vendor,
    }
