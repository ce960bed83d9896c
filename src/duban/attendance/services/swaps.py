"""Swaps between people of the vendor."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from duban.attendance.domain.slots import Planned
from duban.attendance.models import Assignment, Swap
from duban.attendance.permissions import can_roster
from duban.attendance.selectors.licensing import swap_duties, swapped_duties
from duban.attendance.services.settling import slots_settle
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.states import advance
from duban.standards.selectors import require_licensed
from duban.vendors.models import Worker

OVER = mark("The day is over; a swap is agreed before it.")


@transaction.atomic
def swap_propose(
    *,
    actor: Actor,
    assignment: Assignment,
    other: Assignment | None = None,
    worker: Worker | None = None,
    reason: str,
) -> Swap:
    """Propose that two people change places, or that `worker` stands in, on days that are not over.

    Raises `NotAllowed` for anybody but the vendor, `Invalid` for a day before today or if somebody would stand where a
    credential is missing on that day.
    """
    if not can_roster(actor, assignment.roster.line):
        raise NotAllowed
    _check(assignment, other, worker, reason)
    require_licensed(swapped_duties(assignment, other, worker))
    return Swap.objects.create(assignment=assignment, other=other, worker=worker, reason=reason[:200])


@transaction.atomic
def swap_answer(*, actor: Actor, swap: Swap, move: str) -> Swap:
    """Accept or decline a swap. Accepting changes the roster, published or not, and the slots that follow from it.

    Raises `Invalid` if a day of the swap is over (a roster is a plan: what was delivered afterwards is told by check-ins), or
    if somebody would stand where a credential is missing on that day; then nothing is changed.
    """
    if not can_roster(actor, swap.assignment.roster.line):
        raise NotAllowed
    answered = advance(swap, move, actor=actor)
    if move != "accept":
        return answered
    keys = sorted(key for key in (swap.assignment_id, swap.other_id) if key is not None)
    rows = {
        row.pk: row
        for row in Assignment.objects.select_for_update(of=("self",)).select_related("post").filter(pk__in=keys).order_by("pk")
    }
    if _is_over(rows.values()):
        raise Invalid(errors=(FieldError("assignment", OVER),))
    first, second = rows[swap.assignment_id], rows.get(swap.other_id or 0)
    if second is None:
        first.worker_id = swap.worker_id
    else:
        first.worker_id, second.worker_id = second.worker_id, first.worker_id
    require_licensed(swap_duties(rows.values()))
    Assignment.objects.bulk_update(rows.values(), ["worker"])
    days = [row.day for row in rows.values()]
    slots_settle(actor=actor, start=min(days), end=max(days), lines=[swap.assignment.roster.line_id])
    return answered


def _check(assignment: Assignment, other: Assignment | None, worker: Worker | None, reason: str) -> None:
    vendor = assignment.roster.line.contract.vendor_id
    errors = []
    if not reason.strip():
        errors.append(FieldError("reason", mark("Please say why.")))
    if assignment.planned != Planned.WORK or (other is not None and other.planned != Planned.WORK):
        errors.append(FieldError("assignment", mark("Only places where somebody is on duty can be swapped.")))
    if _is_over(place for place in (assignment, other) if place is not None):
        errors.append(FieldError("assignment", OVER))
    if (other is None) == (worker is None):
        errors.append(FieldError("worker", mark("Name either the other place or the person who stands in.")))
    if worker is not None and worker.company_id != vendor:
        errors.append(FieldError("worker", mark("This person does not work for the vendor.")))
    if other is not None and other.roster.line.contract.vendor_id != vendor:
        errors.append(FieldError("other", mark("The other place belongs to another vendor.")))
    if errors:
        raise Invalid(errors=tuple(errors))


def _is_over(places: Iterable[Assignment]) -> bool:
    return any(place.day < timezone.localdate() for place in places)
