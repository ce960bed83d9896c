"""Terms of contracts and lines: spans of days, the periods inside, notice dates, overlaps."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duban.kernel.errors import Invalid
from duban.kernel.period import Period, PeriodKind
from duban.kernel.text import mark

DAY = timedelta(days=1)
SAFE_DAY = 28
"""The last day of the month that every month has."""


@dataclass(frozen=True)
class Term:
    """A span of days, both ends inside. `Invalid` if it ends before it begins."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise Invalid(
                mark("The term ends on {ends_on}, before it begins on {starts_on}."),
                starts_on=self.starts_on.isoformat(),
                ends_on=self.ends_on.isoformat(),
            )

    @property
    def day_count(self) -> int:
        """Number of days, both ends counted."""
        return (self.ends_on - self.starts_on).days + 1

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def holds(self, other: "Term") -> bool:
        """Whether `other` lies wholly inside."""
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on

    def meets(self, other: "Term") -> bool:
        """Whether the two share at least one day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def shared_with(self, other: "Term") -> "Term | None":
        """The days that both have, `None` if there are none."""
        first, last = max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on)
        return Term(first, last) if first <= last else None


@dataclass(frozen=True)
class TermPeriod:
    """A calendar month or quarter of a term, cut to the term where it begins or ends inside."""

    period: Period
    term: Term

    @property
    def is_whole(self) -> bool:
        """Whether the whole calendar period lies in the term."""
        return self.term.day_count == self.period.day_count


def periods_of(term: Term, kind: PeriodKind = PeriodKind.MONTH) -> tuple[TermPeriod, ...]:
    """The calendar periods of a term, in order, the first and last cut to it; together they are exactly the term."""
    period = Period.month_of(term.starts_on) if kind is PeriodKind.MONTH else Period.quarter_of(term.starts_on)
    found: list[TermPeriod] = []
    while period.start <= term.ends_on:
        found.append(TermPeriod(period, Term(max(period.start, term.starts_on), min(period.end, term.ends_on))))
        period = period.next()
    return tuple(found)


def days_within(term: Term, period: Period) -> int:
    """How many days of the calendar period lie in the term."""
    return period.overlap_days(term.starts_on, term.ends_on)


def notice_on(ends_on: date, notice_days: int) -> date:
    """The last day on which notice still counts: `notice_days` calendar days before the last day of the term."""
    return ends_on - timedelta(days=notice_days)


def effective_term(term: Term, terminated_on: date | None) -> Term | None:
    """The term as it was really performed: cut at the day of termination; `None` if it never began."""
    if terminated_on is None or terminated_on >= term.ends_on:
        return term
    return Term(term.starts_on, terminated_on) if terminated_on >= term.starts_on else None


def next_term(term: Term) -> Term:
    """The term of a renewal: as many calendar months on, or as many days where the term is not whole months.

    It begins on the day after the last, so that terms meet without gap or overlap.
    """
    starts_on = term.ends_on + DAY
    months = (starts_on.year - term.starts_on.year) * 12 + starts_on.month - term.starts_on.month
    if starts_on.day == term.starts_on.day and months and starts_on.day <= SAFE_DAY:
        year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
        return Term(starts_on, date(year, month + 1, starts_on.day) - DAY)
    return Term(starts_on, starts_on + timedelta(days=term.day_count - 1))


@dataclass(frozen=True)
class Claim:
    """A line's claim on a subject (an estate and a service line) for a term; `name` says whose claim it is."""

    name: str
    subject: Hashable
    term: Term


@dataclass(frozen=True)
class Overlap:
    """Two claims on the same subject, and the days both want."""

    first: Claim
    second: Claim
    shared: Term


def overlaps_of(claims: Iterable[Claim]) -> tuple[Overlap, ...]:
    """Every pair of claims on one subject that share days, ordered by subject order of appearance and start.

    Sorted sweep: cost grows with claims and overlaps found, not with all pairs.
    """
    by_subject: dict[Hashable, list[Claim]] = {}
    for claim in claims:
        by_subject.setdefault(claim.subject, []).append(claim)
    return tuple(overlap for group in by_subject.values() for overlap in _sweep(group))


def _sweep(claims: Sequence[Claim]) -> list[Overlap]:
    found: list[Overlap] = []
    running: list[Claim] = []
    for claim in sorted(claims, key=lambda claim: (claim.term.starts_on, claim.term.ends_on)):
        running = [earlier for earlier in running if earlier.term.ends_on >= claim.term.starts_on]
        for earlier in running:
            shared = earlier.term.shared_with(claim.term)
            if shared is not None:
                found.append(Overlap(earlier, claim, shared))
        running.append(claim)
    return found


@dataclass(frozen=True)
class Milestone:
    """A dated event of a contract: `kind` is starts, mobilised, notice, ends or terminated."""

    kind: str
    on: date


def milestones(
    term: Term, *, notice_days: int, mobilisation_until: date | None = None, terminated_on: date | None = None
) -> tuple[Milestone, ...]:
    """The dates of a contract in order. A terminated contract has neither notice date nor end after its termination."""
    dates = [Milestone("starts", term.starts_on)]
    if mobilisation_until is not None:
        dates.append(Milestone("mobilised", mobilisation_until))
    if terminated_on is not None and terminated_on < term.ends_on:
        dates.append(Milestone("terminated", terminated_on))
    else:
        dates += [Milestone("notice", notice_on(term.ends_on, notice_days)), Milestone("ends", term.ends_on)]
    return tuple(sorted(dates, key=lambda milestone: milestone.on))
