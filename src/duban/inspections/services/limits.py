"""Limits changed by an office or for a contract."""

from datetime import time

from django.db import transaction

from duban.contracts.models import Contract
from duban.inspections.domain.limits import MOST_DAYS, MOST_HOURS, Subject, Unit
from duban.inspections.models import TimeLimit
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.text import mark
from duban.orgs.models import Unit as Office
from duban.platform.audit.services import audited, write_entry


@transaction.atomic
def limit_set(
    *, actor: Actor, of: Office | Contract, subject: Subject, amount: int, unit: Unit, source: str, ends_at: time = time(18)
) -> TimeLimit:
    """Set a limit for an office and all below it, or for one contract; findings opened from now on go by it.

    Raises `NotAllowed` without `inspections.limits` there, `Invalid` without a source, or for an amount or unit that
    makes no sense.
    """
    actor.require(Code.LIMITS, _path(of))
    problems = tuple(_problems(subject, amount, unit, source))
    if problems:
        raise Invalid(errors=problems)
    limit = _found(of, subject) or _new(of, subject)
    with audited(actor=actor, record=limit, action="edit" if limit.pk else "create"):
        limit.amount, limit.unit, limit.ends_at, limit.source = amount, str(unit), ends_at, source.strip()
        limit.save()
    return limit


@transaction.atomic
def limit_drop(*, actor: Actor, of: Office | Contract, subject: Subject) -> None:
    """Let the limit of the office above, or the default, hold again. Raises `NotAllowed`, `NotFound` if none was set."""
    actor.require(Code.LIMITS, _path(of))
    limit = _found(of, subject)
    if limit is None:
        raise NotFound
    write_entry(
        actor=actor, record=limit, action="delete", changes={"amount": [limit.amount, None], "unit": [limit.unit, None]}
    )
    limit.delete()


def _path(of: Office | Contract) -> str:
    return of.office.path if isinstance(of, Contract) else of.path


def _found(of: Office | Contract, subject: Subject) -> TimeLimit | None:
    rows = TimeLimit.objects.select_for_update(of=("self",)).filter(subject=str(subject))
    return rows.filter(contract=of).first() if isinstance(of, Contract) else rows.filter(office=of).first()


def _new(of: Office | Contract, subject: Subject) -> TimeLimit:
    owner = {"contract": of} if isinstance(of, Contract) else {"office": of}
    return TimeLimit(subject=str(subject), **owner)


def _problems(subject: Subject, amount: int, unit: Unit, source: str) -> list[FieldError]:
    found = []
    if not source.strip():
        found.append(FieldError("source", mark("Please name the clause or rule this comes from.")))
    if unit is Unit.WORKING_DAYS and not subject.takes_working_days:
        found.append(FieldError("unit", mark("The ladder is counted in hours.")))
    most = MOST_DAYS if unit is Unit.WORKING_DAYS else MOST_HOURS
    least = 1 if subject.takes_working_days else 0
    if not least <= amount <= most:
        found.append(FieldError("amount", mark("Between {least} and {most}."), {"least": least, "most": most}))
    return found
