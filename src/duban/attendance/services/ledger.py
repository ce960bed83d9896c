"""The post-coverage ledger: payrolls taken in, months examined, exceptions decided."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from duban.attendance.domain.ledger import Misfit, exceptions_of
from duban.attendance.models import LedgerFinding, PayrollEntry, PayrollProof
from duban.attendance.permissions import can_roster, can_set_rules
from duban.attendance.selectors.ledger import ledger_of
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.states import advance
from duban.vendors.models import Worker

FOUND = ("flaw", "day", "shift", "post_id", "worker_id", "quantity", "measure", "inputs")


@transaction.atomic
def payroll_record(
    *, actor: Actor, line: ContractLine, month: Period, hours: Mapping[int, Decimal], billed_shifts: int | None = None
) -> PayrollProof:
    """Take in the payroll of a line's month; it replaces what was handed in for it before.

    Raises `NotAllowed` for anybody but the line's vendor, `Invalid` for a month outside the term or people of somebody else.
    """
    if not can_roster(actor, line):
        raise NotAllowed
    _check(line, month, hours)
    proof, _is_new = PayrollProof.objects.get_or_create(line=line, month=month.start)
    proof = PayrollProof.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    proof.billed_shifts = billed_shifts
    proof.save(update_fields=["billed_shifts", "changed_at"])
    before = proof.entries.count()
    proof.entries.all().delete()
    rows = [PayrollEntry(proof=proof, worker_id=worker, hours=value) for worker, value in sorted(hours.items())]
    PayrollEntry.objects.bulk_create(rows, batch_size=500)
    write_entry(actor=actor, record=proof, action="record_payroll", changes={"people": [before, len(hours)]})
    return proof


@transaction.atomic
def ledger_examine(*, actor: Actor, line: ContractLine, month: Period) -> int:
    """Look through a line's month and keep what does not fit; returns how many exceptions are open. May be repeated.

    What a person decided stays as it is; open exceptions that no longer hold go. Raises `NotAllowed` without `attendance.edit`.
    """
    if not (actor.is_system or can_set_rules(actor, line)):
        raise NotAllowed
    wanted = {one.key: one for one in exceptions_of(ledger_of(line, month).books)}
    stored = {
        row.key: row
        for row in LedgerFinding.objects.select_for_update(of=("self",)).filter(line=line, month=month.start).order_by("pk")
    }
    gone = [row.pk for key, row in stored.items() if row.state == "open" and key not in wanted]
    new = [key for key in wanted if key not in stored]
    LedgerFinding.objects.filter(pk__in=gone).delete()
    for key in new:
        LedgerFinding.objects.create(line=line, month=month.start, key=key, **_values(wanted[key]))
    changed = [row for key, row in stored.items() if row.state == "open" and key in wanted and _refresh(row, wanted[key])]
    LedgerFinding.objects.bulk_update(changed, [name.removesuffix("_id") for name in FOUND], batch_size=500)
    if gone or new or changed:
        changes = {"found": [None, len(new)], "changed": [None, len(changed)], "gone": [None, len(gone)]}
        write_entry(actor=actor, record=line, action="examine_ledger", changes=changes)
    return LedgerFinding.objects.filter(line=line, month=month.start, state="open").count()


@transaction.atomic
def finding_decide(*, actor: Actor, finding: LedgerFinding, move: str, note: str) -> LedgerFinding:
    """Uphold, dismiss or look again at an exception, with a reason. Upheld ones count as occurrences from now on.

    Raises `WrongState`, `NotAllowed`, `Invalid` without a reason. Announces `EvidenceChanged`.
    """
    decided = advance(finding, move, actor=actor, note=note)
    announce(EvidenceChanged("attendance", ((decided.line_id, decided.day),)))
    return decided


def _check(line: ContractLine, month: Period, hours: Mapping[int, Decimal]) -> None:
    errors = []
    if month.end < line.starts_on or month.start > line.ends_on:
        errors.append(FieldError("month", mark("The month lies outside the term of the contract line.")))
    own = set(Worker.objects.filter(pk__in=hours.keys(), company=line.contract.vendor_id).values_list("pk", flat=True))
    if hours.keys() - own:
        errors.append(FieldError("worker", mark("This person does not work for the vendor.")))
    if errors:
        raise Invalid(errors=tuple(errors))


def _values(one: Misfit) -> dict[str, object]:
    return {
        "flaw": one.flaw.value,
        "day": one.day,
        "shift": one.shift,
        "post_id": one.post,
        "worker_id": one.worker,
        "quantity": one.quantity,
        "measure": one.measure,
        "inputs": dict(one.inputs),
    }


def _refresh(row: LedgerFinding, one: Misfit) -> bool:
    values = _values(one)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
