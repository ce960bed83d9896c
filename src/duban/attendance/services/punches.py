"""Check-ins and check-outs as they arrive: judged, stored once, and the slots they concern decided again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.fences import Judgement, Verdict, code_says, judge_check_in
from duban.attendance.domain.presence import shift_at
from duban.attendance.domain.rows import PunchRow
from duban.attendance.domain.slots import Shift
from duban.attendance.models import Punch
from duban.attendance.permissions import can_punch, can_roster
from duban.attendance.selectors.licensing import lacks_at
from duban.attendance.selectors.punching import circle_of, line_on, posts_by_code, workers_known
from duban.attendance.services.settling import slots_settle
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.imports.statements import insert_rows
from duban.vendors.models import Worker

UNKNOWN_POST = mark("No post of your contracts has this code.")
UNKNOWN_WORKER = mark("Nobody of your company has this code; if none was given, your account is not tied to a worker.")
NOT_ONESELF = mark("Each checks in for himself; only who makes the rosters may check others in.")
OUT_OF_TERM = mark("No contract line pays for this post on that day.")
REFUSALS: Mapping[str, str] = {
    "wrong_code": mark("The scanned code is not that of this post's place. Scan the code at the post."),
    "no_position": mark("This post takes check-ins only with a position. Allow the phone to tell it."),
    "outside": mark("You are outside the circle of the post. Check in at the post."),
    "mock": mark("The phone reports a simulated position. Switch the simulation off."),
}


@transaction.atomic
def punches_record(*, actor: Actor, rows: Sequence[PunchRow]) -> dict[UUID | None, str]:
    """Store punches and decide the slots they concern; returns client id → code. The same client id again changes nothing.

    Whoever lacks what post or law ask for on that day, or no longer works there, is taken in as an exception that says so.
    Raises `NotAllowed` for anybody but people of the line's vendor, `Invalid` naming each row that is refused (unknown post or
    worker, no contract line, wrong code, outside a blocking circle); then nothing is stored.
    """
    known = _known(rows)
    new = list({row.client_id or number: row for number, row in enumerate(rows) if row.client_id not in known}.values())
    if new:
        values = _judged(actor, new)
        insert_rows(Punch, values)
        days = [value["day"] for value in values]
        slots_settle(actor=actor, start=min(days), end=max(days), lines=sorted({value["line_id"] for value in values}))
    return _known(rows)


def _known(rows: Sequence[PunchRow]) -> dict[UUID | None, str]:
    ids = [row.client_id for row in rows if row.client_id is not None]
    return {punch.client_id: punch.code for punch in Punch.objects.filter(client_id__in=ids).only("id", "client_id")}


def _judged(actor: Actor, rows: Sequence[PunchRow]) -> list[dict[str, Any]]:
    posts = posts_by_code(actor, {row.post for row in rows})
    workers = workers_known(actor, {row.worker for row in rows if row.worker})
    values, errors = [], []
    for number, row in enumerate(rows):
        value = _value(actor, row, posts.get(row.post), workers.get(row.worker))
        if isinstance(value, FieldError):
            errors.append(FieldError(f"rows.{number}.{value.field}", value.message))
        else:
            values.append(value)
    if errors:
        raise Invalid(errors=tuple(errors[:50]))
    return _gated(values, [post for post, _lines in posts.values()])


def _gated(values: list[dict[str, Any]], posts: Iterable[Post]) -> list[dict[str, Any]]:
    """Mark those whose people may not stand there: nobody at a post is sent away, but the slot is looked into."""
    lacks = lacks_at(posts, [((value["post_id"], value["day"], value["shift"]), value["worker_id"]) for value in values])
    for value, reasons in zip(values, lacks, strict=True):
        if reasons:
            value["reasons"] += reasons
            value["verdict"] = Verdict.EXCEPTION.value
    return values


def _value(
    actor: Actor, row: PunchRow, found: tuple[Post, list[ContractLine]] | None, worker: Worker | None
) -> dict[str, Any] | FieldError:
    if found is None:
        return FieldError("post", UNKNOWN_POST)
    post, lines = found
    day, shift, extra = _slot_of(row, post)
    line = line_on(lines, day)
    if line is None:
        return FieldError("day", OUT_OF_TERM)
    if not can_punch(actor, line):
        raise NotAllowed
    if worker is None or worker.company_id != line.contract.vendor_id:
        return FieldError("worker", UNKNOWN_WORKER)
    if worker.person_id != actor.person_id and not can_roster(actor, line):
        return FieldError("worker", NOT_ONESELF)
    judgement = _judgement(row, post)
    if judgement.verdict is Verdict.REFUSED:
        return FieldError("position", REFUSALS[judgement.reasons[0]])
    reasons = [*judgement.reasons, *extra, *([] if row.is_trusted else ["low_trust"])]
    is_taken = judgement.verdict is Verdict.TAKEN and row.is_trusted and not extra
    return {
        **_plain(row),
        "line_id": line.pk,
        "post_id": post.pk,
        "worker_id": worker.pk,
        "person_id": actor.person_id,
        "day": day,
        "shift": shift.value,
        "verdict": Verdict.TAKEN.value if is_taken else Verdict.EXCEPTION.value,
        "reasons": reasons,
        "distance": judgement.distance,
    }


def _slot_of(row: PunchRow, post: Post) -> tuple[Any, Shift, list[str]]:
    """The server decides which shift a punch belongs to; what the phone says only counts where no shift fits."""
    local = timezone.localtime(row.at)
    found = shift_at(local, post.shifts, is_in=row.direction == "in")
    if found is not None:
        return found[0], Shift(found[1].shift), []
    return row.day or local.date(), row.shift or Shift(post.shifts[0].shift), ["no_shift"]


def _judgement(row: PunchRow, post: Post) -> Judgement:
    circle = circle_of(post)
    return judge_check_in(
        post.fence,
        row.method,
        is_code_right=post.place is not None and code_says(row.token, post.place.tag),
        centre=circle.centre,
        radius=circle.radius,
        reading=row.reading,
    )


def _plain(row: PunchRow) -> dict[str, Any]:
    reading = row.reading
    return {
        "client_id": row.client_id,
        "direction": row.direction,
        "method": row.method.value,
        "at": row.at,
        "received_at": row.received_at or timezone.now(),
        "latitude": reading.point.latitude if reading else None,
        "longitude": reading.point.longitude if reading else None,
        "accuracy": reading.accuracy if reading else None,
        "device": row.device,
        "trust": row.trust,
        "trust_reasons": list(row.trust_reasons),
    }
