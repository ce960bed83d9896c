"""Rights and rules of complaints."""

from enum import StrEnum

from duban.complaints.models import Complaint
from duban.kernel.actor import Actor


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "complaints.view"
    EDIT = "complaints.edit"
    REPLY = "complaints.reply"
    VALIDATE = "complaints.validate"


def can_edit(actor: Actor, complaint: Complaint) -> bool:
    """Whether the actor keeps this complaint: route it, pause it, promise another time."""
    return actor.can(Code.EDIT, complaint.estate.office.path)


def can_validate(actor: Actor, complaint: Complaint) -> bool:
    """Whether the actor may say if the complaint is founded."""
    return actor.can(Code.VALIDATE, complaint.estate.office.path)


def sees_reporter(actor: Actor, complaint: Complaint) -> bool:
    """Whether the actor may read name and contact of the owner; vendors and mere readers may not (个人信息保护法 §6)."""
    return can_edit(actor, complaint)
