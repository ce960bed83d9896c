"""Whether a person may stand on a post, or do a task, on a day: employed, and licensed as the law or the post asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from duban.kernel.text import mark
from duban.standards.domain.licences import (
    Held,
    Holder,
    LicenceGate,
    Requirement,
    Verdict,
    applicable,
    check_licences,
)

BY_THE_POST = mark("asked for by the post")


@dataclass(frozen=True)
class WorkerDuty:
    """What a person is to do: which service line on which day, the special works in it, and what the post itself asks for."""

    worker: int
    on: date
    service_line: str
    works: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Employment:
    """The first and the last day on which a vendor employs a person; an unknown first day is long ago."""

    entered_on: date | None = None
    left_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the person is employed on that day."""
        return (self.entered_on is None or self.entered_on <= on) and (self.left_on is None or on <= self.left_on)


@dataclass(frozen=True)
class WorkerGate:
    """The verdict on one person and one duty."""

    duty: WorkerDuty
    licences: LicenceGate
    is_employed: bool = True

    @property
    def is_open(self) -> bool:
        """Whether the person may do it."""
        return self.is_employed and self.licences.is_open


REFUSALS = {
    Verdict.MISSING: mark("{worker}, {day}: “{credential}” is missing ({law})."),
    Verdict.EXPIRED: mark("{worker}, {day}: “{credential}” is not valid on that day ({law})."),
    Verdict.UNVERIFIED: mark("{worker}, {day}: “{credential}” was not verified in time ({law})."),
}
"""What is said to who wants to put the person there, for each verdict that closes the gate."""
NOT_EMPLOYED = mark("{worker} does not work for the vendor on {day}.")


def worker_requirements(rules: Iterable[Requirement], duty: WorkerDuty) -> tuple[Requirement, ...]:
    """The rules a person must meet for a duty: those of law and tenant for its service line and works, then what the post
    asks for beyond them. For those the source is the rule of the same credential, if there is one, else the post itself.
    """
    known = [rule for rule in rules if rule.holder == Holder.WORKER]
    needed = applicable(known, duty.service_line, duty.works)
    covered = {rule.certificate_kind for rule in needed if rule.is_mandatory}
    sources = {rule.certificate_kind: rule.source for rule in reversed(known)}
    own = (
        Requirement(duty.service_line, kind, Holder.WORKER, sources.get(kind, BY_THE_POST))
        for kind in dict.fromkeys(duty.credentials)
        if kind not in covered
    )
    return (*needed, *own)


def judge_worker(duty: WorkerDuty, rules: Iterable[Requirement], held: Sequence[Held], employment: Employment) -> WorkerGate:
    """The gate for one person and one duty."""
    licences = check_licences(worker_requirements(rules, duty), held, duty.on)
    return WorkerGate(duty, licences, employment.covers(duty.on))
