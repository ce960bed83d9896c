"""Rights and rules of inspections."""

from enum import StrEnum

from duban.inspections.domain.states import UNSETTLED
from duban.inspections.models import CheckResult, Finding
from duban.kernel.actor import Actor


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "inspections.view"
    EDIT = "inspections.edit"
    RECTIFY = "inspections.rectify"


def can_correct(actor: Actor, result: CheckResult) -> bool:
    """Whether the actor may change what was recorded; a vendor never may."""
    return any(actor.can(Code.EDIT, path) for path in result.permission_paths())


def can_add_photos(actor: Actor, finding: Finding) -> bool:
    """Whether the actor may add photos to a finding: whoever owes the work, or whoever checks it."""
    may_rectify = finding.state in UNSETTLED and any(actor.can(Code.RECTIFY, path) for path in finding.permission_paths())
    return may_rectify or any(actor.can(Code.EDIT, path) for path in finding.permission_paths())


def sees_names(actor: Actor) -> bool:
    """Whether the actor may read the names of inspectors; vendors read a mask, so that nobody is worked on."""
    return not actor.is_vendor
