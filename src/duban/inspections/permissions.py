"""Rights and rules of inspections."""

from enum import StrEnum

from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import CheckResult, Finding
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


def can_correct(actor: Actor, result: CheckResult) -> bool:
    """Whether the actor may change what was recorded; a vendor never may."""
    return any(actor.can(Code.EDIT, path) for path in result.permission_paths())


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
