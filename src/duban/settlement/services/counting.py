"""Counted quantities: one side enters what was done, the other confirms it, and only then it is paid."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.period import Period, PeriodKind
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.platform.files.services import attach_uploads
from duban.platform.states import advance
from duban.settlement.domain.counting import Countable
from duban.settlement.domain.events import WorkCountDisputed, WorkCountEntered
from duban.settlement.models import Statement, WorkCount
from duban.settlement.permissions import is_answering_side, is_entering_side, speaks_for
from duban.settlement.selectors.counts import count_get, countables_of
from duban.settlement.services.building import FROZEN, statements_rebuild

SIDES = ("contract__office", "contract__vendor__unit", "estate__office")


@transaction.atomic
def count_enter(
    *,
    actor: Actor,
    line: ContractLine,
    name: str,
    period: Period,
    quantity: Decimal,
    note: str = "",
    uploads: Iterable[UploadedFile[Any]] = (),
) -> WorkCount:
    """Enter how much of one kind of work a line got in a month; its price is the contract's on this day.

    Office, estate and vendor may enter; the other side then confirms. Raises `NotAllowed` for a third party and
    `Invalid` for a line not paid by count, unknown work, a month outside the term, still to come or already final, and
    for work that is counted in this month already. Announces `WorkCountEntered`.
    """
    locked = ContractLine.objects.select_for_update(of=("self",)).select_related(*SIDES).get(pk=line.pk)
    is_by_vendor = _side(actor, locked)
    work = _work(locked, name)
    _check_month(locked, period)
    _check_quantity(quantity)
    _check_once(locked, name, period)
    count = WorkCount(
        line=locked, period_code=period.code, name=name, unit=work.unit, price=work.price, quantity=quantity,
        is_by_vendor=is_by_vendor, entered_by_id=actor.person_id, note=note.strip(),
    )  # fmt: skip
    with audited(actor=actor, record=count, action="create"):
        count.save()
    attach_uploads(actor=actor, target=count, uploads=uploads)
    _rebuild(count)
    announce(WorkCountEntered(count.code))
    return count


@transaction.atomic
def count_confirm(*, actor: Actor, count: WorkCount) -> WorkCount:
    """The other side agrees; the statement of the month is computed anew if there is one. Raises `NotAllowed`, `Invalid`."""
    locked = _answered(actor, count, "confirm")
    _rebuild(locked)
    return locked


@transaction.atomic
def counts_confirm(*, actor: Actor, codes: Iterable[str]) -> int:
    """Confirm several, all or none. Raises `NotFound` for a code outside the scope, else as `count_confirm`."""
    counts = [count_get(actor, code) for code in dict.fromkeys(codes)]
    for count in counts:
        count_confirm(actor=actor, count=count)
    return len(counts)


@transaction.atomic
def count_dispute(*, actor: Actor, count: WorkCount, reason: str) -> WorkCount:
    """The other side does not agree and says why; nothing is paid for it until it is settled.

    Raises `NotAllowed`, `Invalid` without a reason. Announces `WorkCountDisputed`.
    """
    locked = _answered(actor, count, "dispute", note=reason)
    locked.answer = reason.strip()
    locked.save(update_fields=["answer"])
    _rebuild(locked)
    announce(WorkCountDisputed(locked.code))
    return locked


@transaction.atomic
def count_correct(*, actor: Actor, count: WorkCount, quantity: Decimal, note: str = "") -> WorkCount:
    """The side that entered the quantity puts another in its place; the other side answers anew.

    Raises `NotAllowed`, `Invalid`. Announces `WorkCountEntered`.
    """
    _check_quantity(quantity)
    locked = _moved_by_entering_side(actor, count, "correct")
    with audited(actor=actor, record=locked, action="edit", reason=note):
        locked.quantity, locked.note, locked.answer = quantity, note.strip(), ""
        locked.save()
    _rebuild(locked)
    announce(WorkCountEntered(locked.code))
    return locked


@transaction.atomic
def count_withdraw(*, actor: Actor, count: WorkCount) -> WorkCount:
    """The side that entered the quantity takes it back. Raises `NotAllowed`, `Invalid`."""
    locked = _moved_by_entering_side(actor, count, "withdraw")
    _rebuild(locked)
    return locked


def _side(actor: Actor, line: ContractLine) -> bool:
    """Whether the actor speaks for the vendor of the line; raises `NotAllowed` for anybody else but the office."""
    is_vendor = not speaks_for(actor, line, is_vendor=False)
    if is_vendor and not speaks_for(actor, line, is_vendor=True):
        raise NotAllowed
    return is_vendor


def _work(line: ContractLine, name: str) -> Countable:
    known = {work.name: work for work in countables_of(line)}
    if not known:
        raise _refusal("line", mark("This line is paid by the month; nothing is counted on it."))
    if name not in known:
        raise _refusal("name", mark("The price list of the line has no “{name}”."), name=name)
    return known[name]


def _check_month(line: ContractLine, period: Period) -> None:
    term = line.performed_term
    if period.kind != PeriodKind.MONTH:
        raise _refusal("period", mark("Quantities are counted by the month."))
    if term is None or not period.overlap_days(term.starts_on, term.ends_on):
        raise _refusal("period", mark("The line does not run in {month}."), month=period.code)
    if period.start > timezone.localdate():
        raise _refusal("period", mark("{month} is still to come."), month=period.code)
    _require_open(line.contract_id, period.code)


def _require_open(contract_id: int, period_code: str) -> None:
    statements = Statement.objects.current().filter(contract=contract_id, period_code=period_code)
    if statements.filter(state__in=FROZEN).exists():
        raise _refusal("period", mark("The statement of {month} is final; enter an adjustment instead."), month=period_code)


def _check_quantity(quantity: Decimal) -> None:
    if quantity < 0:
        raise _refusal("quantity", mark("A quantity cannot be negative."))


def _check_once(line: ContractLine, name: str, period: Period) -> None:
    known = WorkCount.objects.filter(line=line, name=name, period_code=period.code).exclude(state="withdrawn").first()
    if known is not None:
        raise _refusal("name", mark("This work is counted as {code} in that month; correct it there."), code=known.code)


def _answered(actor: Actor, count: WorkCount, move: str, note: str = "") -> WorkCount:
    if not is_answering_side(actor, count):
        raise NotAllowed
    _require_open(count.line.contract_id, count.period_code)
    return advance(count, move, actor=actor, note=note)


def _moved_by_entering_side(actor: Actor, count: WorkCount, move: str) -> WorkCount:
    if not is_entering_side(actor, count):
        raise NotAllowed
    _require_open(count.line.contract_id, count.period_code)
    return advance(count, move, actor=actor)


def _rebuild(count: WorkCount) -> None:
    """Compute the statement of the month again, by the system, where there is one."""
    contract = count.line.contract
    statements_rebuild(system_actor(contract.office.tenant_path), Period.parse(count.period_code), [contract.pk])


def _refusal(field: str, message: str, **params: str) -> Invalid:
    return Invalid(errors=(FieldError(field, message, params),))
