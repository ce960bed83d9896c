"""Sending a statement and what the vendor answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.files.services import attach_uploads
from duban.platform.states import advance
from duban.platform.working_days import china_calendar
from duban.settlement.domain.appeal_window import answer_until
from duban.settlement.domain.events import LineAppealed, StatementConfirmed, StatementSent
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.states import VendorState
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.models import Statement, StatementAppeal, StatementLine
from duban.settlement.permissions import ANSWERABLE, Code, can_answer, can_appeal, holds
from duban.settlement.selectors.clock import clock_of
from duban.settlement.selectors.statements import statement_get
from duban.settlement.services.storing import recompute

Upload = UploadedFile[Any]
SILENT_KINDS = (LineKind.ABSORBED,)
"""Lines of 0.00 that tell something and need no answer."""


@transaction.atomic
def statement_send(*, actor: Actor, statement: Statement) -> Statement:
    """Send a draft to the vendor; from now on its window for appeals runs, counted in working days.

    Raises `WrongState`, `NotAllowed`. Announces `StatementSent`.
    """
    locked = advance(statement, "send", actor=actor)
    today = timezone.localdate()
    locked.sent_on = today
    locked.answer_until = answer_until(today, PaymentTerms.from_json(locked.terms).appeal, china_calendar())
    locked.save(update_fields=["sent_on", "answer_until"])
    announce(StatementSent(locked.code, locked.contract.code, locked.period_code))
    return locked


@transaction.atomic
def statements_send(*, actor: Actor, codes: Iterable[str]) -> int:
    """Send several drafts, all or none. Raises `NotFound` for a code outside the scope, else as `statement_send`."""
    statements = [statement_get(actor, code) for code in dict.fromkeys(codes)]
    for statement in statements:
        statement_send(actor=actor, statement=statement)
    return len(statements)


@transaction.atomic
def statement_confirm(*, actor: Actor, statement: Statement) -> Statement:
    """The vendor confirms every line still open; without appeals the whole statement is confirmed.

    Raises `NotAllowed`, and `WrongState` if nothing is left to confirm. Announces `StatementConfirmed`.
    """
    locked = _lock(statement)
    _require_answerable(actor, locked, Code.CONFIRM)
    _confirm_open_lines(locked)
    write_entry(actor=actor, record=locked, action="confirm_lines")
    return _conclude(actor, locked)


@transaction.atomic
def line_confirm(*, actor: Actor, line: StatementLine) -> StatementLine:
    """The vendor confirms one line; the last open one confirms the statement. Raises `NotAllowed`."""
    locked = _lock_line(line)
    if not can_answer(actor, locked):
        raise NotAllowed
    _set_state(locked, VendorState.CONFIRMED)
    write_entry(actor=actor, record=locked.statement, action="confirm_line", changes={"line": ["", locked.key]})
    _conclude(actor, locked.statement)
    return locked


@transaction.atomic
def line_appeal(
    *, actor: Actor, line: StatementLine, reason: str, uploads: Iterable[UploadedFile[Any]] = ()
) -> StatementAppeal:
    """The vendor appeals one line with a reason and files; the rest of the statement can be paid meanwhile.

    Raises `NotAllowed`, `Invalid` without a reason or after the window. Announces `LineAppealed`.
    """
    locked = _lock_line(line)
    if not can_appeal(actor, locked):
        raise NotAllowed
    _check_appeal(locked, reason)
    appeal = StatementAppeal.objects.create(line=locked, reason=reason.strip(), raised_by_id=actor.person_id)
    attach_uploads(actor=actor, target=appeal, uploads=uploads)
    _set_state(locked, VendorState.APPEALED)
    statement = locked.statement
    if statement.state == "sent":
        advance(statement, "dispute", actor=actor, note=reason)
        start_clock(statement)
    else:
        write_entry(actor=actor, record=statement, action="appeal_line", changes={"line": ["", locked.key]}, reason=reason)
    restate_disputes(statement)
    announce(LineAppealed(statement.code, locked.key))
    return appeal


def statements_lapse(*, today: date | None = None) -> int:
    """Clock: where the window is over and the contract says so, silence confirms the open lines. Repeatable.

    Returns how many statements it concerned.
    """
    day = today or timezone.localdate()
    waiting = StatementLine.objects.filter(vendor_state=VendorState.OPEN).exclude(kind__in=SILENT_KINDS).values("statement")
    rows = Statement.objects.current().filter(state__in=ANSWERABLE, answer_until__lt=day, pk__in=waiting)
    count = 0
    for statement in rows.with_names().order_by("pk"):
        count += _lapse(statement)
    return count


def start_clock(statement: Statement) -> None:
    """Both sides agree on the amount (or on its undisputed part): the statutory payment clock starts, once."""
    if statement.confirmed_on is None:
        statement.confirmed_on = timezone.localdate()
        statement.due_on = clock_of(statement).due_on
        statement.save(update_fields=["confirmed_on", "due_on"])


def restate_disputes(statement: Statement) -> None:
    """Compute again how much is under appeal; the payable, being the undisputed part, does not move."""
    disputed = statement.lines.filter(vendor_state=VendorState.APPEALED).values_list("key", flat=True)
    result = recompute(statement, disputed)
    statement.disputed_amount = result.disputed_amount
    statement.disputed_net_amount = result.disputed_net_amount
    statement.save(update_fields=["disputed_amount", "disputed_net_amount"])


@transaction.atomic
def _lapse(statement: Statement) -> int:
    locked = _lock(statement)
    if locked.state not in ANSWERABLE or not PaymentTerms.from_json(locked.terms).appeal.silence_confirms:
        return 0
    system = system_actor(locked.contract.office.tenant_path)
    _confirm_open_lines(locked)
    if locked.state == "disputed":
        write_entry(actor=system, record=locked, action="lapse_lines")
        return 1
    advance(locked, "lapse", actor=system)
    locked.is_confirmed_by_silence = True
    locked.save(update_fields=["is_confirmed_by_silence"])
    start_clock(locked)
    announce(StatementConfirmed(locked.code, locked.contract.code, locked.period_code, by_silence=True))
    return 1


def _conclude(actor: Actor, statement: Statement) -> Statement:
    """Confirm the statement as a whole once no line is open and none is under appeal."""
    pending = statement.lines.filter(vendor_state__in=[VendorState.OPEN, VendorState.APPEALED]).exclude(kind__in=SILENT_KINDS)
    if statement.state != "sent" or pending.exists():
        return statement
    locked = advance(statement, "confirm", actor=actor)
    start_clock(locked)
    announce(StatementConfirmed(locked.code, locked.contract.code, locked.period_code, by_silence=False))
    return locked


def _check_appeal(line: StatementLine, reason: str) -> None:
    until = line.statement.answer_until
    if not reason.strip():
        raise Invalid(errors=(FieldError("reason", mark("Please say what is wrong with this line.")),))
    if until is not None and timezone.localdate() > until:
        raise Invalid(mark("The window for appeals ended on {until}."), until=until.isoformat())


def _require_answerable(actor: Actor, statement: Statement, code: Code) -> None:
    if not holds(actor, code, statement):
        raise NotAllowed
    if statement.state not in ANSWERABLE:
        raise WrongState


def _confirm_open_lines(statement: Statement) -> None:
    open_lines = statement.lines.filter(vendor_state=VendorState.OPEN).exclude(kind__in=SILENT_KINDS)
    open_lines.update(vendor_state=VendorState.CONFIRMED)


def _set_state(line: StatementLine, state: VendorState) -> None:
    line.vendor_state = state
    line.save(update_fields=["vendor_state"])


def _lock(statement: Statement) -> Statement:
    return Statement.objects.with_names().select_for_update(of=("self",)).get(pk=statement.pk)


def _lock_line(line: StatementLine) -> StatementLine:
    locked = StatementLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    locked.statement = _lock(line.statement)
    return locked
