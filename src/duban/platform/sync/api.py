"""The door for phones."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from ninja import Path, Query, Router, Status

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of, error_message
from duban.platform.sync.challenges import Challenge, issue_challenge
from duban.platform.sync.models import Envelope
from duban.platform.sync.schemas import (
    ChallengeOut,
    ChunkIn,
    ChunkOut,
    ConflictOut,
    EnvelopeAnswerOut,
    EnvelopeFilter,
    EnvelopeOut,
    EnvelopesIn,
    EnvelopesOut,
    Hash,
    PackOut,
    ProgressOut,
    SentContentOut,
    SentFilter,
    SentOut,
)
from duban.platform.sync.selectors import own_unsettled, pack_for, progress_of, sent_before, sent_get, stamped
from duban.platform.sync.services import WrongOffset, receive_envelopes, take_chunk
from duban.platform.sync.shapes import Progress

router = Router(tags=["field"])


@router.get("/pack", response={200: PackOut, 304: None, **REFUSALS}, operation_id="field_pack")
def field_pack(request: HttpRequest) -> HttpResponse:
    """Everything the phone needs offline; 304 where `If-None-Match` names the version it has."""
    pack = pack_for(actor_of(request), timezone.localdate())
    tag = f'"{pack.version}"'
    known = [part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED) if tag in known else JsonResponse(stamped(pack))
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@router.post("/challenge", response={200: ChallengeOut, **REFUSALS}, operation_id="field_challenge")
def field_challenge(request: HttpRequest) -> Challenge:
    """A signed number for the next check-in: who echoes it was online when it was made."""
    return issue_challenge(actor_of(request))


@router.post("/envelopes", response={200: EnvelopesOut, **REFUSALS}, operation_id="field_envelopes_send")
def field_envelopes_send(request: HttpRequest, payload: EnvelopesIn) -> dict[str, Any]:
    """Take in up to 200 envelopes; sending them again changes nothing and gives the same answers."""
    answers = receive_envelopes(
        actor=actor_of(request),
        device=str(payload.device),
        sent_at=payload.sent_at,
        envelopes=[envelope.sent() for envelope in payload.envelopes],
    )
    return {"server_time": timezone.now(), "results": [EnvelopeAnswerOut.of(answer) for answer in answers]}


@router.get("/envelopes", response={200: list[EnvelopeOut], **REFUSALS}, operation_id="field_envelopes_list")
def field_envelopes_list(request: HttpRequest, wanted: Query[EnvelopeFilter]) -> list[Envelope]:
    """One's own envelopes that wait or were rejected, newest first, with their reasons."""
    return list(own_unsettled(actor_of(request), wanted.state)[: wanted.limit])


@router.get("/sent", response={200: list[SentOut], **REFUSALS}, operation_id="field_sent_list")
def field_sent_list(request: HttpRequest, wanted: Query[SentFilter]) -> list[Envelope]:
    """What one's own phones sent and what people of watched offices could not deliver, newest first; `after` is the last id."""
    return list(sent_before(actor_of(request), wanted.after, wanted.state)[: wanted.limit])


@router.get("/sent/{key}", response={200: SentContentOut, **REFUSALS}, operation_id="field_sent_get")
def field_sent_get(request: HttpRequest, key: UUID) -> Envelope:
    """One of them, with its content."""
    return sent_get(actor_of(request), key)


@router.get("/files/{sha256}", response={200: ProgressOut, **REFUSALS}, operation_id="field_file_get")
def field_file_get(request: HttpRequest, sha256: Path[Hash]) -> Progress:
    """How much of a file has arrived: where to go on."""
    return progress_of(actor_of(request), sha256)


@router.put("/files/{sha256}", response={200: ChunkOut, **REFUSALS, 409: ConflictOut}, operation_id="field_file_put")
def field_file_put(request: HttpRequest, sha256: Path[Hash], place: Query[ChunkIn]) -> Any:
    """One piece of a file as the raw body, at most 256 KiB; 409 says from which byte to go on."""
    try:
        return take_chunk(actor=actor_of(request), sha256=sha256, offset=place.offset, size=place.size, content=request.body)
    except WrongOffset as error:
        return Status(409, {"received": error.received, "is_complete": False, "detail": error_message(error)})
