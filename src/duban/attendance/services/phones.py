"""What phones send of posts and patrols, handed to the services that pages and API use too."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from duban.attendance.domain.fences import Method, Point, Reading
from duban.attendance.domain.rows import PunchRow, ScanRow
from duban.attendance.services.patrols import scans_record
from duban.attendance.services.punches import punches_record
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.trust import TrustGrade
from duban.platform.sync.kinds import Received

MICRO = Decimal("0.000001")


@transaction.atomic
def take_punches(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Check-ins and check-outs; envelope → punch. One of the lowest trust is kept as an exception and reviewed.

    Raises as `punches_record` does, its errors named as the payload names its fields.
    """
    return _taken(envelopes, lambda: punches_record(actor=actor, rows=[_punch(item) for item in envelopes]))


@transaction.atomic
def take_patrols(actor: Actor, envelopes: Sequence[Received]) -> Mapping[UUID, str]:
    """Points of patrols; envelope → round. The time decides which round of the route is meant.

    Raises as `scans_record` does, its errors named as the payload names its fields.
    """
    return _taken(envelopes, lambda: scans_record(actor=actor, rows=[_scan(item) for item in envelopes]))


def _taken(envelopes: Sequence[Received], record: Callable[[], Mapping[UUID | None, str]]) -> Mapping[UUID, str]:
    try:
        codes = record()
    except Invalid as error:
        errors = [FieldError(one.field.rpartition(".")[2], one.message, one.params) for one in error.errors]
        raise Invalid(errors=tuple(errors)) from error
    return {item.id: codes[item.id] for item in envelopes}


def _punch(item: Received) -> PunchRow:
    said = item.payload
    return PunchRow(
        item.id,
        said.post,
        said.direction,
        Method(said.method),
        _at(item),
        token=said.token,
        worker=said.worker or "",
        day=said.day,
        shift=said.shift,
        reading=_reading(item),
        device=item.device,
        received_at=item.received_at,
        trust=_grade(item),
        trust_reasons=_reasons(item),
        is_trusted=_grade(item) != TrustGrade.D,
    )


def _scan(item: Received) -> ScanRow:
    said = item.payload
    return ScanRow(
        item.id,
        said.route.partition(".")[0],
        said.point,
        Method(said.method),
        _at(item),
        token=said.token,
        reading=_reading(item),
        device=item.device,
        received_at=item.received_at,
        trust=_grade(item),
        trust_reasons=_reasons(item),
    )


def _at(item: Received) -> datetime:
    # A phone whose clock runs ahead must not date anything into the future.
    moment: datetime = item.payload.at
    return min(moment, item.received_at)


def _reading(item: Received) -> Reading | None:
    position = item.payload.position
    if position is None:
        return None
    point = Point(Decimal(position.lat).quantize(MICRO), Decimal(position.lon).quantize(MICRO))
    return Reading(point, position.accuracy, position.is_mock)


def _grade(item: Received) -> str:
    return item.trust.grade.value if item.trust else ""


def _reasons(item: Received) -> tuple[str, ...]:
    return tuple(reason.code for reason in item.trust.reasons) if item.trust else ()
