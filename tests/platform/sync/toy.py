"""A kind of envelope for the tests: every applied one leaves a row that nothing keeps from being doubled."""

from collections import Counter
from uuid import UUID, uuid5

from ninja import Schema

from duban.kernel.errors import FieldError, Invalid
from duban.platform.notices.models import Notice
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.kinds import NotYet, SyncKind
from duban.platform.sync.shapes import Sent

NAMES = UUID("018f4a2e-0000-7000-8000-000000000000")
DEVICE = "018f4a2e-1111-7000-8000-000000000001"
CALLS = Counter()
"""How often each handler was called, and with how many."""


class NotePayload(Schema):
    """What a toy envelope says: `trouble` asks its handler to refuse, to break or to wait for another."""

    text: str
    photos: tuple[str, ...] = ()
    trouble: str = ""
    about: str = ""


def note_handler(actor, envelopes):
    CALLS["calls"] += 1
    CALLS["envelopes"] += len(envelopes)
    Notice.objects.bulk_create(
        [Notice(person_id=actor.person_id, kind="toy", title=item.payload.text, body=str(item.id)) for item in envelopes]
    )
    for item in envelopes:
        if item.payload.trouble == "refuse":
            raise Invalid("No “{text}” here.", errors=(FieldError("text", "{text}?", {"text": item.payload.text}),), text="x")
        if item.payload.trouble == "early" and not Notice.objects.filter(kind="toy", title=item.payload.about).exists():
            raise NotYet
        if item.payload.trouble == "break":
            raise ZeroDivisionError
    return {item.id: item.payload.text for item in envelopes}


def silent_handler(actor, envelopes):
    return {}


def note_files(payload):
    return payload.photos


KINDS = {
    "toy.note": SyncKind(
        "tests.platform.sync.toy.note_handler",
        "tests.platform.sync.toy.NotePayload",
        "tests.platform.sync.toy.note_files",
        about="about",
    ),
    "toy.silent": SyncKind("tests.platform.sync.toy.silent_handler", "tests.platform.sync.toy.NotePayload", version=2),
}
PACK = {"notes": "tests.platform.sync.toy.notes_of"}


def notes_of(actor, today):
    rows = Notice.objects.filter(person_id=actor.person_id, kind="toy").order_by("pk")
    return [{"text": row.title, "on": today.isoformat()} for row in rows]


def key(name):
    """The same id for the same name."""
    return uuid5(NAMES, str(name))


def sent(name, *, at, kind="toy.note", version=1, **payload):
    """An envelope with a right check sum."""
    payload = {"text": str(name), **payload}
    return Sent(key(name), kind, version, at, payload, digest(canonical(payload)))


def texts():
    """What was applied, in order; doubles would show."""
    return list(Notice.objects.filter(kind="toy").order_by("pk").values_list("title", flat=True))
