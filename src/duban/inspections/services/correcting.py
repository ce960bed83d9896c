"""Changing a recorded result afterwards."""

from django.db import transaction

from duban.inspections.domain.events import ResultCorrected
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Finding, InspectionTask
from duban.inspections.permissions import can_correct
from duban.inspections.selectors.limits import limits_of, line_facts
from duban.inspections.services.findings import move_finding
from duban.inspections.services.judging import lots_judge
from duban.inspections.services.opening import announce_due, due_of, open_findings, rule_of
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce

WITHDRAWN = "withdrawn"


@transaction.atomic
def correct_result(
    *, actor: Actor, result: CheckResult, verdict: Verdict, severity: Grade, reason: str, note: str | None = None
) -> CheckResult:
    """Change verdict, severity or note of a recorded result; the reason goes into the audit trail.

    A result that no longer fails withdraws its finding, one that now fails opens (or takes up again) its finding. It is
    allowed after the month was closed: the announcement makes the day dirty and the card shows that its evidence changed.
    Raises `NotAllowed`, `Invalid` without a reason. Announces `EvidenceChanged` and `ResultCorrected`.
    """
    if not can_correct(actor, result):
        raise NotAllowed
    if not reason.strip():
        raise Invalid(errors=(FieldError("reason", mark("Please say why: the reason is kept in the audit trail.")),))
    locked = CheckResult.objects.select_for_update(of=("self",)).get(pk=result.pk)
    with audited(actor=actor, record=locked, action="edit", reason=reason):
        locked.verdict = verdict
        locked.severity = severity if verdict == Verdict.FAIL else Grade.MINOR
        locked.note = locked.note if note is None else note
        locked.save(update_fields=["verdict", "severity", "note"])
    _follow(actor, locked, reason)
    lots_judge(InspectionTask.objects.filter(visits__results=locked).values_list("pk", flat=True))
    announce(EvidenceChanged("inspections", ((locked.line_id, locked.day),)))
    announce(ResultCorrected(locked.code, locked.line_id, locked.day.isoformat(), reason))
    return locked


def _follow(actor: Actor, result: CheckResult, reason: str) -> None:
    fails = result.verdict == Verdict.FAIL
    findings = Finding.objects.select_related("line__estate__office", "line__contract__office", "line__contract__vendor__unit")
    finding = findings.filter(check_result=result).first()
    if finding is None:
        if fails:
            open_findings(results=[result], texts={})
        return
    if fails and finding.severity != result.severity:
        with audited(actor=actor, record=finding, action="edit", reason=reason):
            finding.severity = result.severity
            _due_anew(finding, result)
            finding.save(update_fields=["severity", "due_on", "due_at", "due_rule", "changed_at"])
    if fails == (finding.state == WITHDRAWN):
        move_finding(actor=actor, finding=finding, move="restore" if fails else "withdraw", note=reason)


def _due_anew(finding: Finding, result: CheckResult) -> None:
    """The time allowed follows the severity, unless somebody has given more of it since."""
    if "extended" in finding.due_rule:
        return
    announce_due([finding])
    limits = limits_of(line_facts({result.line_id}))[result.line_id]
    due = due_of(result, limits)
    finding.due_on, finding.due_at, finding.due_rule = due.on, due.at, rule_of(result.severity, limits)
    announce_due([finding])
