"""What phones send about findings and praise, handed to the services that pages use too."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.contracts.selectors import lines_by_id, lines_by_reference
from duban.estates.models import Place
from duban.inspections.models import Finding
from duban.inspections.selectors.findings import findings_chosen
from duban.inspections.services.praising import praise_give
from duban.inspections.services.rechecking import finding_recheck
from duban.inspections.services.replying import finding_reply
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.files.models import StoredFile
from duban.platform.sync.kinds import Received

ENDED = mark("The contract line had ended before {day}; what was seen after its end cannot count for it.")
UNKNOWN_LINE = mark("No contract line you may see has this number.")
UNKNOWN_PLACE = mark("No place you may see carries this code.")


@transaction.atomic
def take_replies(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Answers of the vendor; envelope → finding. Raises `NotFound` for an unknown finding, else as `finding_reply`."""
    findings, files = _findings(actor, envelopes), _files(envelopes)
    for item in envelopes:
        said = item.payload
        finding_reply(
            actor=actor,
            finding=findings[said.finding],
            cause=said.cause,
            action=said.action,
            at=_at(item),
            files=[files[photo.sha256] for photo in said.photos],
        )
    return {item.id: item.payload.finding for item in envelopes}


@transaction.atomic
def take_rechecks(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Re-checks; envelope → finding. Raises `NotFound` for an unknown finding, else as `finding_recheck`."""
    findings, files = _findings(actor, envelopes), _files(envelopes)
    for item in envelopes:
        said = item.payload
        finding_recheck(
            actor=actor,
            finding=findings[said.finding],
            is_accepted=said.is_accepted,
            note=said.note,
            at=_at(item),
            files=[files[photo.sha256] for photo in said.photos],
        )
    return {item.id: item.payload.finding for item in envelopes}


@transaction.atomic
def take_praise(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Good finds; envelope → praise. `Invalid` for an unknown or ended line, an unknown place; else as `praise_give`."""
    lines, places, files = _lines(actor, envelopes), _places(actor, envelopes), _files(envelopes)
    given = {}
    for item in envelopes:
        said = item.payload
        line, day = lines[said.line], timezone.localtime(_at(item)).date()
        _require_term(line, day)
        praise = praise_give(
            actor=actor,
            line=line,
            text=said.text,
            day=day,
            place=places[said.place] if said.place else None,
            files=[files[photo.sha256] for photo in said.photos],
        )
        given[item.id] = praise.code
    return given


def _at(item: Received) -> datetime:
    # A phone whose clock runs ahead must not date anything into the future.
    moment: datetime = item.payload.at
    return min(moment, item.received_at)


def _findings(actor: Actor, envelopes: Sequence[Received]) -> dict[str, Finding]:
    rows = findings_chosen(actor, sorted({item.payload.finding for item in envelopes}))
    return {row.code: row for row in rows}


def _files(envelopes: Sequence[Received]) -> dict[str, StoredFile]:
    """The photos of all of them; the engine saw to it that they are there."""
    wanted = {photo.sha256 for item in envelopes for photo in item.payload.photos}
    return {file.sha256: file for file in StoredFile.objects.filter(sha256__in=wanted)} if wanted else {}


def _lines(actor: Actor, envelopes: Sequence[Received]) -> dict[str, ContractLine]:
    wanted = {item.payload.line: tuple(item.payload.line.split("/")) for item in envelopes}
    keys = lines_by_reference(set(wanted.values()), actor=actor)
    _require_known("line", UNKNOWN_LINE, [name for name, parts in wanted.items() if parts not in keys])
    rows = lines_by_id({keys[parts] for parts in wanted.values()})
    return {name: rows[keys[parts]] for name, parts in wanted.items()}


def _places(actor: Actor, envelopes: Sequence[Received]) -> dict[str, Place]:
    wanted = {item.payload.place for item in envelopes if item.payload.place}
    rows: dict[str, Place] = {row.tag: row for row in Place.objects.for_actor(actor).filter(tag__in=wanted)} if wanted else {}
    _require_known("place", UNKNOWN_PLACE, sorted(wanted - rows.keys()))
    return rows


def _require_known(field: str, message: str, missing: Sequence[Any]) -> None:
    if missing:
        raise Invalid(errors=(FieldError(field, message),))


def _require_term(line: ContractLine, day: date) -> None:
    if day > line.ends_on:
        params = {"day": day.isoformat()}
        raise Invalid(ENDED, errors=(FieldError("at", ENDED, params),), **params)
