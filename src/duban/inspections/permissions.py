"""Rights and rules of inspections."""

from collections.abc import Collection
from enum import StrEnum

from duban.inspections.domain.audits import HeldRole, Subject, conflict
from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import Audit, AuditFinding, CheckResult, Finding, InspectionTask
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.kernel.text import mark


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "inspections.view"
    EDIT = "inspections.edit"
    PLAN = "inspections.plan"
    RECTIFY = "inspections.rectify"
    LIMITS = "inspections.limits"
    CALIBRATE = "inspections.calibrate"
    AUDIT = "inspections.audit"


def can_correct(actor: Actor, result: CheckResult) -> bool:
    """Whether the actor may change what was recorded; a vendor never may."""
    return any(actor.can(Code.EDIT, path) for path in result.permission_paths())


def makes_round(actor: Actor, task: InspectionTask) -> bool:
    """Whether the actor may make this round: whoever records checks at its line, in a role that its plan asks for, if any.

    Needs the plan and the paths of the line loaded. A vendor never makes the round that looks at it.
    """
    paths, roles = task.permission_paths()[:2], task.plan.roles if task.plan else []
    if actor.is_system or not roles:
        return any(actor.can(Code.EDIT, path) for path in paths)
    held = [grant.path for grant in actor.grants if grant.role in roles and Code.EDIT in grant.codes and not grant.is_vendor]
    return any(path.startswith(place) for path in paths for place in held)


def require_maker(actor: Actor, task: InspectionTask) -> None:
    """Raise `NotAllowed` where the actor may not make this round, naming the roles where the plan asks for some."""
    if makes_round(actor, task):
        return
    if task.plan is None or not task.plan.roles or not any(actor.can(Code.EDIT, path) for path in task.permission_paths()[:2]):
        raise NotAllowed
    raise NotAllowed(mark("The plan names other roles for this round. Ask a colleague who holds one of them."))


def can_add_photos(actor: Actor, finding: Finding) -> bool:
    """Whether the actor may add photos to a finding: whoever owes the work, or whoever checks it."""
    return can_reply(actor, finding) or any(actor.can(Code.EDIT, path) for path in finding.permission_paths())


def can_reply(actor: Actor, finding: Finding) -> bool:
    """Whether the actor may answer a finding now: whoever owes the work, while it is owed."""
    return finding.state in UNSETTLED and any(actor.can(Code.RECTIFY, path) for path in finding.permission_paths())


def is_another(actor: Actor, finding: Finding) -> bool:
    """Whether somebody other than the finder looks again (复查回避): nobody judges the own finding alone."""
    return actor.is_system or finding.finder_id is None or finding.finder_id != actor.person_id


def require_another(actor: Actor, finding: Finding) -> None:
    """Raise `NotAllowed`, saying why, where the finder wants to re-check."""
    if not is_another(actor, finding):
        raise NotAllowed(mark("You found this yourself. A re-check is made by somebody else: ask a colleague."))


def does_calibration(actor: Actor) -> bool:
    """Whether the actor compares inspectors in some office."""
    return bool(actor.office_paths(Code.CALIBRATE))


def sees_names(actor: Actor) -> bool:
    """Whether the actor may read the names of inspectors; vendors read a mask, so that nobody is worked on."""
    return not actor.is_vendor


def audit_conflict(actor: Actor, subject: Subject) -> str:
    """Why the actor is no outsider to what is audited, or nothing."""
    return conflict((HeldRole(grant.role, grant.path) for grant in actor.grants), subject)


def can_run_audit(actor: Actor, audit: Audit) -> bool:
    """Whether the actor may steer the audit: plan it, issue its report, judge what follows."""
    return any(actor.can(Code.AUDIT, path) for path in audit.permission_paths())


def can_work_on(actor: Actor, audit: Audit, team: Collection[int]) -> bool:
    """Whether the actor may write down what the audit hears and finds: whoever steers it, and its team."""
    return can_run_audit(actor, audit) or actor.person_id in team


def require_outsider(actor: Actor, subject: Subject) -> None:
    """Raise `NotAllowed`, saying why, where somebody would judge the own office or the own vendor."""
    if not actor.is_system and audit_conflict(actor, subject):
        raise NotAllowed(mark("Nobody audits the own office or the own vendor: ask somebody from outside."))


def can_answer_audit(actor: Actor, finding: AuditFinding) -> bool:
    """Whether the actor may answer a finding of an audit now, or report its action as done."""
    is_owed = finding.state in {"open", "accepted"}
    return is_owed and any(actor.can(Code.RECTIFY, path) for path in finding.permission_paths())


def has_acted(actor: Actor, finding: AuditFinding) -> bool:
    """Whether the actor wrote the answer or reported it done; then somebody else verifies the effect."""
    return actor.person_id is not None and actor.person_id in {finding.answered_by_id, finding.done_by_id}
