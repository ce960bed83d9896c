"""Certificates of companies and of their workers: kinds, expiry, reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duban.kernel.states import Tone
from duban.kernel.text import mark

REMINDER_DAYS = (90, 60, 30, 7)
"""How many days before the end a reminder goes out, once each."""


class CertificateKind(StrEnum):
    """What a certificate says its holder may do."""

    BUSINESS_LICENCE = "business_licence"
    SECURITY_COMPANY = "security_company_permit"
    GUARD = "guard"
    LIFT_COMPANY = "special_equipment_maintenance"
    LIFT_WORKER = "lift_worker"
    FIRE_COMPANY = "fire_company"
    FIRE_OPERATOR = "fire_operator"
    ELECTRICIAN = "electrician"
    HEIGHT_WORK = "height_work"
    HEALTH = "health"
    WASTE_TRANSPORT = "waste_transport"
    PEST_CONTROL = "pest_control"
    ISO_9001 = "iso_9001"
    ISO_14001 = "iso_14001"
    ISO_45001 = "iso_45001"
    CLEANING_GRADE = "cleaning_grade"
    FACADE_CLEANING = "high_window_cleaning"
    GREENING = "greening_upkeep"
    PROPERTY_TRAINING = "property_service_training"
    INSURANCE = "insurance"
    OTHER = "other"


CERTIFICATE_LABELS: Mapping[str, str] = {
    CertificateKind.BUSINESS_LICENCE: mark("Business licence"),
    CertificateKind.SECURITY_COMPANY: mark("Security service licence"),
    CertificateKind.GUARD: mark("Security guard card"),
    CertificateKind.LIFT_COMPANY: mark("Special equipment licence (lifts)"),
    CertificateKind.LIFT_WORKER: mark("Special equipment operator card (lifts)"),
    CertificateKind.FIRE_COMPANY: mark("Fire protection service qualification"),
    CertificateKind.FIRE_OPERATOR: mark("Fire facility operator certificate"),
    CertificateKind.ELECTRICIAN: mark("Electrician's permit"),
    CertificateKind.HEIGHT_WORK: mark("Permit for work at height"),
    CertificateKind.HEALTH: mark("Health certificate"),
    CertificateKind.WASTE_TRANSPORT: mark("Municipal waste transport permit"),
    CertificateKind.PEST_CONTROL: mark("Pest control qualification"),
    CertificateKind.ISO_9001: mark("ISO 9001 quality management"),
    CertificateKind.ISO_14001: mark("ISO 14001 environmental management"),
    CertificateKind.ISO_45001: mark("ISO 45001 occupational safety"),
    CertificateKind.CLEANING_GRADE: mark("Cleaning industry qualification"),
    CertificateKind.FACADE_CLEANING: mark("High façade cleaning qualification"),
    CertificateKind.GREENING: mark("Greening upkeep qualification"),
    CertificateKind.PROPERTY_TRAINING: mark("Property service training certificate"),
    CertificateKind.INSURANCE: mark("Liability insurance"),
    CertificateKind.OTHER: mark("Other certificate"),
}

WORKER_KINDS = frozenset(
    {
        CertificateKind.GUARD,
        CertificateKind.LIFT_WORKER,
        CertificateKind.FIRE_OPERATOR,
        CertificateKind.ELECTRICIAN,
        CertificateKind.HEIGHT_WORK,
        CertificateKind.HEALTH,
    }
)
"""Kinds held by a person, not by the company."""


class Expiry(StrEnum):
    """Where a certificate stands in its life on a day."""

    NOT_YET = "not_yet"
    VALID = "valid"
    ENDING = "ending"
    EXPIRED = "expired"


EXPIRY_LABELS: Mapping[str, str] = {
    Expiry.NOT_YET: mark("Not yet valid"),
    Expiry.VALID: mark("Still valid"),
    Expiry.ENDING: mark("Ends soon"),
    Expiry.EXPIRED: mark("Expired"),
}
EXPIRY_TONES: Mapping[str, Tone] = {
    Expiry.NOT_YET: Tone.NEUTRAL,
    Expiry.VALID: Tone.GOOD,
    Expiry.ENDING: Tone.WARNING,
    Expiry.EXPIRED: Tone.BAD,
}


@dataclass(frozen=True)
class CertificateDetails:
    """All fields of a certificate that a person enters. Both dates are inside the validity; no end means unlimited."""

    kind: str
    number: str
    valid_from: date
    valid_until: date | None = None
    issuer: str = ""
    holder_name: str = ""


def expiry_on(valid_from: date, valid_until: date | None, on: date) -> Expiry:
    """The state of a certificate on a day: `ENDING` within the longest reminder distance of its last day."""
    if on < valid_from:
        return Expiry.NOT_YET
    if valid_until is None:
        return Expiry.VALID
    if on > valid_until:
        return Expiry.EXPIRED
    return Expiry.ENDING if (valid_until - on).days <= REMINDER_DAYS[0] else Expiry.VALID


def reminder_due(
    valid_until: date | None, on: date, last_reminder: int | None, distances: tuple[int, ...] = REMINDER_DAYS
) -> int | None:
    """Which of the reminders (`distances` in days, the longest first) is due and has not gone out; `None` if there is none.

    `last_reminder` is the distance of the reminder that went out last. Reminders missed while nobody was looking
    are not made up for: only the nearest one goes out. An expired certificate is no longer reminded of.
    """
    if valid_until is None or on > valid_until:
        return None
    left = (valid_until - on).days
    reached = [days for days in distances if left <= days]
    if not reached or (last_reminder is not None and last_reminder <= reached[-1]):
        return None
    return reached[-1]
