"""What a phone may send: the kinds of the wiring table, and the shape in which their handlers get it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

from django.utils.module_loading import import_string
from ninja import Schema

from duban.kernel.actor import Actor
from duban.kernel.errors import WrongState
from duban.kernel.text import mark
from duban.kernel.trust import Trust
from duban.platform.tables_by_name import wired
from duban.platform.trust.shapes import Ground


@dataclass(frozen=True)
class SyncKind:
    """One kind of envelope, everything by dotted path.

    `handler` takes `(actor, envelopes)` and returns the code of the record each envelope became; it refuses by a
    `DomainError`, is set-based and does no harm when repeated. `schema` checks the payload. `files` takes a checked
    payload and returns the hashes of the files it needs; an empty path means it needs none. `ground` takes
    `(actor, envelopes)` and returns a `platform.trust.shapes.Ground` for each that is to be graded; an empty path means
    that this kind is not graded. `label` names one such record to people. `about` is the field of the payload that says what
    it belongs to: when one is settled, those that came too early for the same are tried again.
    """

    handler: str
    schema: str
    files: str = ""
    version: int = 1
    ground: str = ""
    label: str = ""
    about: str = ""


class NotYet(WrongState):
    """What an envelope builds on has not arrived: a handler raises it, and the envelope waits instead of being refused."""

    default_message = mark("What this belongs to has not arrived yet. It is tried again by itself.")


@dataclass(frozen=True)
class Received:
    """One envelope as its handler gets it: the payload checked, the files it names complete.

    `captured_at` is the phone's clock, `received_at` the server's.
    """

    id: UUID
    device: str
    captured_at: datetime
    received_at: datetime
    payload: Any
    trust: Trust | None = None


Handler: TypeAlias = Callable[[Actor, Sequence[Received]], Mapping[UUID, str]]


Grounds: TypeAlias = Callable[[Actor, Sequence[Received]], Mapping[UUID, Ground]]


def known_kinds() -> Mapping[str, SyncKind]:
    """The kinds of the wiring table, in the order in which their handlers are called."""
    return cast("Mapping[str, SyncKind]", wired("DUBAN_SYNC_KINDS"))


def handler_of(kind: SyncKind) -> Handler:
    """The function that applies envelopes of this kind."""
    return cast("Handler", import_string(kind.handler))


def grounds_of(kind: SyncKind) -> Grounds | None:
    """The function that says where envelopes of this kind belong; nothing where they are not graded."""
    return cast("Grounds", import_string(kind.ground)) if kind.ground else None


def schema_of(kind: SyncKind) -> type[Schema]:
    """The shape of the payload."""
    return cast("type[Schema]", import_string(kind.schema))


def topic_of(kind: SyncKind, payload: Any) -> str:
    """What a checked payload belongs to; nothing where its kind does not say."""
    return str(getattr(payload, kind.about)) if kind.about else ""


def files_of(kind: SyncKind, payload: Any) -> list[str]:
    """Hashes of the files a checked payload names, without doubles."""
    if not kind.files:
        return []
    named = cast("Callable[[Any], Sequence[str]]", import_string(kind.files))(payload)
    return list(dict.fromkeys(named))
