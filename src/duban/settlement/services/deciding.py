"""Deciding the vendor's appeals."""

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.states import advance
from duban.settlement.domain.events import AppealDecided, StatementConfirmed
from duban.settlement.domain.states import VendorState
from duban.settlement.models import Statement, StatementAppeal, StatementLine
from duban.settlement.permissions import can_decide
from duban.settlement.services.answering import SILENT_KINDS, restate_disputes
from duban.settlement.services.building import retire
from duban.settlement.services.storing import fill_result, inputs_digest, line_rows, recompute

COPIED = (
    "contract", "period_code", "starts_on", "ends_on", "terms_version", "terms", "inputs", "built_by",
    "sent_on", "answer_until", "confirmed_on", "due_on", "paid_amount",
)  # fmt: skip


@transaction.atomic
def appeal_decide(*, actor: Actor, appeal: StatementAppeal, is_upheld: bool, note: str) -> Statement:
    """Uphold or reject an appeal; the last decision on a statement concludes it.

    Without an upheld appeal the statement is confirmed as it stands. With one, a revision without the withdrawn
    deductions takes its place and is confirmed; the old one stays readable. Raises `NotAllowed` for whoever computed the
    statement or raised the appeal, `Invalid` without a note. Announces `AppealDecided`. Returns the statement that counts.
    """
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: both sides read it.")),))
    locked = StatementAppeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    statement = Statement.objects.with_names().select_for_update(of=("self",)).get(pk=appeal.line.statement_id)
    locked.line.statement = statement
    if not can_decide(actor, locked):
        raise NotAllowed
    _record(actor, locked, is_upheld=is_upheld, note=note)
    announce(AppealDecided(statement.code, locked.line.key, is_upheld))
    restate_disputes(statement)
    if statement.lines.filter(vendor_state=VendorState.APPEALED).exists():
        return statement
    return _conclude(actor, statement, note)


def _record(actor: Actor, appeal: StatementAppeal, *, is_upheld: bool, note: str) -> None:
    appeal.is_upheld = is_upheld
    appeal.decision_note = note.strip()
    appeal.decided_by_id = actor.person_id
    appeal.decided_at = timezone.now()
    appeal.save(update_fields=["is_upheld", "decision_note", "decided_by", "decided_at", "changed_at"])
    line = appeal.line
    line.vendor_state = VendorState.UPHELD if is_upheld else VendorState.REJECTED
    line.save(update_fields=["vendor_state"])
    action = "uphold_appeal" if is_upheld else "reject_appeal"
    write_entry(actor=actor, record=line.statement, action=action, changes={"line": ["", line.key]}, reason=note)


def _conclude(actor: Actor, statement: Statement, note: str) -> Statement:
    upheld = set(statement.lines.filter(vendor_state=VendorState.UPHELD).values_list("key", flat=True))
    if not upheld:
        _answer_open_lines(statement)
        settled = advance(statement, "settle", actor=actor, note=note)
    else:
        settled = _revise(actor, statement, sorted({*statement.withdrawn, *upheld}), note)
    announce(StatementConfirmed(settled.code, settled.contract.code, settled.period_code, by_silence=False))
    return settled


def _revise(actor: Actor, statement: Statement, withdrawn: list[str], note: str) -> Statement:
    answers = dict(statement.lines.values_list("key", "vendor_state"))
    rows = {
        line.contract_line_id: line.contract_line
        for line in statement.lines.select_related("contract_line")
        if line.contract_line
    }
    retire(actor, statement, move="supersede")
    revision = Statement(
        **{name: getattr(statement, name) for name in COPIED},
        revision=statement.revision + 1,
        replaces=statement,
        revision_reason=note.strip(),
        withdrawn=withdrawn,
    )
    revision.inputs = {**statement.inputs, "withdrawn": withdrawn}
    revision.inputs_digest = inputs_digest(revision.terms, revision.inputs, revision.period)
    result = recompute(statement, (), withdrawn)
    fill_result(revision, result)
    assign_codes([revision])
    revision.save(force_insert=True)
    names = _names_of_lines(statement)
    lines = line_rows(revision, result, {name: rows[key] for name, key in names.items()})
    for line in lines:
        line.vendor_state = _carried(answers.get(line.key, VendorState.CONFIRMED), line)
    StatementLine.objects.bulk_create(lines)
    return advance(revision, "adopt", actor=actor, note=note)


def _names_of_lines(statement: Statement) -> dict[str, int]:
    """The core's line names with the keys of their rows, read off the base fee lines."""
    found = statement.lines.filter(contract_line__isnull=False, key__startswith="base:").values_list("key", "contract_line_id")
    return {key.split(":")[1]: line for key, line in found}


def _carried(answer: str, line: StatementLine) -> str:
    if line.kind in SILENT_KINDS:
        return VendorState.OPEN
    return VendorState.CONFIRMED if answer == VendorState.OPEN else answer


def _answer_open_lines(statement: Statement) -> None:
    open_lines = statement.lines.filter(vendor_state=VendorState.OPEN).exclude(kind__in=SILENT_KINDS)
    open_lines.update(vendor_state=VendorState.CONFIRMED)
