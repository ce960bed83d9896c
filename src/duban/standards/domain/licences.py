"""The licence gate: which certificates a service needs, and which of them a company holds on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duban.kernel.states import Tone
from duban.kernel.text import mark


class Holder(StrEnum):
    """Who must hold the certificate."""

    COMPANY = "company"
    WORKER = "worker"


HOLDER_LABELS: Mapping[str, str] = {Holder.COMPANY: mark("The company"), Holder.WORKER: mark("Its workers")}


class Verdict(StrEnum):
    """What the gate says about one rule."""

    OK = "ok"
    ENDING = "ending"
    PROVISIONAL = "provisional"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    MISSING = "missing"


VERDICT_LABELS = {
    Verdict.OK: mark("In order"),
    Verdict.ENDING: mark("Ends within 90 days"),
    Verdict.PROVISIONAL: mark("Counts for now, waits for verification"),
    Verdict.EXPIRED: mark("Expired"),
    Verdict.UNVERIFIED: mark("Not verified in time"),
    Verdict.MISSING: mark("Missing"),
}
VERDICT_TONES = {
    Verdict.OK: Tone.GOOD,
    Verdict.ENDING: Tone.WARNING,
    Verdict.PROVISIONAL: Tone.WAITING,
    Verdict.EXPIRED: Tone.BAD,
    Verdict.UNVERIFIED: Tone.BAD,
    Verdict.MISSING: Tone.BAD,
}

ENDING_DAYS = 90


@dataclass(frozen=True)
class Requirement:
    """One rule: this work needs this certificate, held by the company or by its workers, by virtue of `source`.

    `work` empty means the whole service line; otherwise the rule applies only where that special work is agreed.
    """

    service_line: str
    certificate_kind: str
    holder: str
    source: str
    work: str = ""
    is_mandatory: bool = True


@dataclass(frozen=True)
class Held:
    """A certificate somebody holds: kind, number, first and last day.

    One that nobody has verified yet counts up to `provisional_until`, so that a slow office does not empty a post.
    """

    kind: str
    number: str
    valid_from: date
    valid_until: date | None
    is_verified: bool = True
    provisional_until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it is valid on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def counts(self, on: date) -> bool:
        """Whether it is valid on that day, and verified or still allowed to wait for it."""
        waits = self.provisional_until is not None and on <= self.provisional_until
        return self.covers(on) and (self.is_verified or waits)


@dataclass(frozen=True)
class LicenceFinding:
    """The verdict on one requirement; `number` and `until` are those of the best certificate found."""

    requirement: Requirement
    verdict: Verdict
    number: str = ""
    until: date | None = None


@dataclass(frozen=True)
class LicenceGate:
    """All findings for one company and one service on one day."""

    on: date
    findings: tuple[LicenceFinding, ...] = field(default=())

    @property
    def problems(self) -> tuple[LicenceFinding, ...]:
        """Mandatory certificates that are missing, expired or not verified in time."""
        faults = (Verdict.MISSING, Verdict.EXPIRED, Verdict.UNVERIFIED)
        return tuple(finding for finding in self.findings if finding.verdict in faults and finding.requirement.is_mandatory)

    @property
    def is_open(self) -> bool:
        """Whether nothing mandatory is missing."""
        return not self.problems


def applicable(requirements: Iterable[Requirement], service_line: str, works: Sequence[str] = ()) -> tuple[Requirement, ...]:
    """The rules that concern a service line and the special works agreed in it."""
    return tuple(rule for rule in requirements if rule.service_line == service_line and (not rule.work or rule.work in works))


def check_licences(requirements: Iterable[Requirement], held: Iterable[Held], on: date) -> LicenceGate:
    """Judge every requirement by the certificate of its kind that lasts longest."""
    certificates = list(held)
    return LicenceGate(on, tuple(_finding(requirement, certificates, on) for requirement in requirements))


def _finding(requirement: Requirement, held: Sequence[Held], on: date) -> LicenceFinding:
    of_kind = [certificate for certificate in held if certificate.kind == requirement.certificate_kind]
    if not of_kind:
        return LicenceFinding(requirement, Verdict.MISSING)
    best = max(of_kind, key=lambda one: (one.counts(on), one.covers(on), one.is_verified, one.valid_until or date.max))
    if not best.covers(on):
        return LicenceFinding(requirement, Verdict.EXPIRED, best.number, best.valid_until)
    if not best.is_verified:
        verdict = Verdict.PROVISIONAL if best.counts(on) else Verdict.UNVERIFIED
        return LicenceFinding(requirement, verdict, best.number, best.valid_until)
    is_ending = best.valid_until is not None and (best.valid_until - on).days <= ENDING_DAYS
    return LicenceFinding(requirement, Verdict.ENDING if is_ending else Verdict.OK, best.number, best.valid_until)


def uncovered_days(held: Iterable[Held], kind: str, start: date, end: date) -> list[tuple[date, date]]:
    """The spans inside `[start, end]`, both ends inside, on which no certificate of `kind` is valid."""
    spans = sorted((one.valid_from, one.valid_until or date.max) for one in held if one.kind == kind)
    gaps: list[tuple[date, date]] = []
    cursor = start.toordinal()
    for first, last in spans:
        if first.toordinal() > end.toordinal() or cursor > end.toordinal():
            break
        if first.toordinal() > cursor:
            gaps.append((date.fromordinal(cursor), date.fromordinal(first.toordinal() - 1)))
        cursor = max(cursor, last.toordinal() + 1)
    if cursor <= end.toordinal():
        gaps.append((date.fromordinal(cursor), end))
    return gaps
