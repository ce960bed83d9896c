"""The post-coverage ledger: what was contracted, rostered, checked in, insured and paid, and what does not fit together.

Nothing here decides: every exception names its figures, and a person of the property company upholds or dismisses it.
The audit is of the slot and of the vendor's bill; the vendor stays the employer.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duban.attendance.domain.rosters import Cell, Conflict, Entry, conflicts_of
from duban.kernel.text import mark


class Flaw(StrEnum):
    """What may be wrong in a ledger; also the kind of the occurrence once it is upheld."""

    GHOST_STAFF = "ghost_staff"
    TWO_POSTS = "two_posts"
    DOUBLE_SHIFT = "double_shift"
    OVER_HOURS = "over_hours"
    UNINSURED = "uninsured_staff"
    UNPAID = "unpaid_staff"
    SHORT_SUPPLY = "short_supply"

    @property
    def label(self) -> str:
        """English source text."""
        return FLAW_LABELS[self]


FLAW_LABELS: Mapping[Flaw, str] = {
    Flaw.GHOST_STAFF: mark("Ghost staff"),
    Flaw.TWO_POSTS: mark("One person on two posts"),
    Flaw.DOUBLE_SHIFT: mark("Double shift"),
    Flaw.OVER_HOURS: mark("Over the lawful hours"),
    Flaw.UNINSURED: mark("On post without insurance"),
    Flaw.UNPAID: mark("On post but not on the payroll"),
    Flaw.SHORT_SUPPLY: mark("Short supply billed in full"),
}
REASONS: Mapping[Flaw, str] = {
    Flaw.GHOST_STAFF: mark("Rostered for {rostered} shifts and paid for {paid} hours, but never checked in during the month."),
    Flaw.TWO_POSTS: mark("Checked in here while also on duty at {other}."),
    Flaw.DOUBLE_SHIFT: mark("{hours} on duty within 24 hours; 12 hours are the limit."),
    Flaw.OVER_HOURS: mark("{hours} on duty in the month up to this shift; the law allows 201.36 h (165.36 + 36 of overtime)."),
    Flaw.UNINSURED: mark("On post on {days} days that no proof of insurance covers."),
    Flaw.UNPAID: mark("Checked in for {shifts} shifts but does not stand on the payroll of the month."),
    Flaw.SHORT_SUPPLY: mark("{billed} shifts are billed, {present} of {contracted} were manned."),
}
_CONFLICTS = {
    Conflict.TWO_POSTS: (Flaw.TWO_POSTS, "other"),
    Conflict.DOUBLE_SHIFT: (Flaw.DOUBLE_SHIFT, "hours"),
    Conflict.OVER_HOURS: (Flaw.OVER_HOURS, "hours"),
}
Spans = Mapping[int, Sequence[tuple[date, date]]]


@dataclass(frozen=True)
class Payroll:
    """What a vendor proved for a month: hours paid to each person, and how many shifts it bills (nothing if not said)."""

    hours: Mapping[int, Decimal]
    billed_shifts: int | None = None


@dataclass(frozen=True)
class Books:
    """Everything known about one contract line in one month, up to `until`.

    `stays` are shifts that people checked in for, those of the same people at other posts included; `present` are cells
    whose slot counts as manned, whether it is known by whom or not; `hours` the lengths of the contracted shifts.
    """

    contracted: Collection[Cell]
    until: date
    rostered: Mapping[Cell, int] = field(default_factory=dict)
    present: Collection[Cell] = ()
    stays: Sequence[Entry] = ()
    insured: Spans = field(default_factory=dict)
    payroll: Payroll | None = None
    hours: Mapping[Cell, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """One post on one day in shifts. `insured` and `paid` count only manned shifts of people who are known to be so."""

    contracted: int = 0
    rostered: int = 0
    present: int = 0
    insured: int = 0
    paid: int = 0
    unnamed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.contracted + other.contracted,
            self.rostered + other.rostered,
            self.present + other.present,
            self.insured + other.insured,
            self.paid + other.paid,
            self.unnamed + other.unnamed,
        )

    @property
    def is_whole(self) -> bool:
        """Whether every contracted shift was rostered and manned by somebody insured."""
        return min(self.rostered, self.present, self.insured) >= self.contracted


@dataclass(frozen=True)
class Misfit:
    """Something that does not fit: where, who, how many shifts, people or hours, and the figures of the reason."""

    flaw: Flaw
    day: date
    post: int | None = None
    worker: int | None = None
    shift: str = ""
    quantity: Decimal = Decimal(1)
    measure: Decimal | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What makes it the same exception when the ledger is examined again; those of the whole month have no place."""
        place = f"{self.post}:{self.day.isoformat()}:{self.shift}" if self.post else "month"
        return f"{self.flaw}:{place}:{self.worker or ''}"


def is_insured(worker: int, day: date, insured: Spans) -> bool:
    """Whether a proof covers the person on a day."""
    return any(first <= day <= last for first, last in insured.get(worker, ()))


def ledger_days(books: Books) -> dict[tuple[int, date], Counts]:
    """The counts of every post and day that was contracted."""
    people: dict[Cell, set[int]] = {}
    for stay in books.stays:
        people.setdefault(stay.cell, set()).add(stay.worker)
    present = set(books.present)
    paid = books.payroll.hours.keys() if books.payroll else set()
    found: dict[tuple[int, date], Counts] = {}
    for cell in books.contracted:
        post, day, _shift = cell
        names = people.get(cell, set()) if cell in present else set()
        counts = Counts(
            contracted=1,
            rostered=int(cell in books.rostered),
            present=int(cell in present),
            insured=int(any(is_insured(worker, day, books.insured) for worker in names)),
            paid=int(any(worker in paid for worker in names)),
            unnamed=int(cell in present and not names),
        )
        found[post, day] = found.get((post, day), Counts()) + counts
    return found


def total_of(days: Iterable[Counts]) -> Counts:
    """The counts of many posts and days."""
    return sum(days, Counts())


def exceptions_of(books: Books) -> list[Misfit]:
    """Everything that does not fit in one line's month, by day, post and flaw."""
    own = set(books.contracted)
    stays = [stay for stay in books.stays if stay.cell in own]
    found = [*_overlaps(books, own), *_uninsured(books, stays), *_short(books)]
    if stays:
        found += [*_ghosts(books, stays), *_unpaid(books, stays)]
    return sorted(found, key=lambda one: (one.day, one.post or 0, one.flaw, one.worker or 0, one.shift))


def _overlaps(books: Books, own: Collection[Cell]) -> Iterable[Misfit]:
    lengths = {stay.cell: stay.hours for stay in books.stays}
    seen: set[tuple[Flaw, Cell, int]] = set()
    for one in conflicts_of(books.stays):
        flaw, name = _CONFLICTS[one.conflict]
        key = (flaw, one.cell, one.worker)
        if one.cell in own and key not in seen:
            seen.add(key)
            post, day, shift = one.cell
            yield Misfit(flaw, day, post, one.worker, shift, measure=lengths[one.cell], inputs={name: one.detail})


def _ghosts(books: Books, stays: Sequence[Entry]) -> Iterable[Misfit]:
    """Who was rostered on days that are over, or paid, and was never seen on the line's posts."""
    seen = {stay.worker for stay in stays}
    rostered = Counter(worker for cell, worker in books.rostered.items() if cell[1] <= books.until)
    paid = books.payroll.hours if books.payroll else {}
    for worker in sorted((rostered.keys() | paid.keys()) - seen):
        hours = paid.get(worker, Decimal(0))
        inputs = {"rostered": str(rostered[worker]), "paid": f"{hours.normalize():f}"}
        yield Misfit(Flaw.GHOST_STAFF, books.until, worker=worker, measure=hours, inputs=inputs)


def _uninsured(books: Books, stays: Sequence[Entry]) -> Iterable[Misfit]:
    days: dict[int, set[date]] = {}
    for stay in stays:
        if not is_insured(stay.worker, stay.cell[1], books.insured):
            days.setdefault(stay.worker, set()).add(stay.cell[1])
    for worker, bare in sorted(days.items()):
        inputs = {"days": str(len(bare))}
        yield Misfit(Flaw.UNINSURED, min(bare), worker=worker, measure=Decimal(len(bare)), inputs=inputs)


def _unpaid(books: Books, stays: Sequence[Entry]) -> Iterable[Misfit]:
    """Who stood there without being paid; nothing can be said before the payroll is in."""
    if books.payroll is None:
        return
    shifts = Counter(stay.worker for stay in stays)
    for worker in sorted(shifts.keys() - books.payroll.hours.keys()):
        inputs = {"shifts": str(shifts[worker])}
        yield Misfit(Flaw.UNPAID, books.until, worker=worker, measure=Decimal(shifts[worker]), inputs=inputs)


def _short(books: Books) -> Iterable[Misfit]:
    """More shifts billed than manned: the hours of the missing ones, at the mean length of the vacant shifts."""
    billed = books.payroll.billed_shifts if books.payroll else None
    manned = len(set(books.present) & set(books.contracted))
    if billed is None or billed <= manned:
        return
    missing = billed - manned
    vacant = [books.hours.get(cell, Decimal(0)) for cell in books.contracted if cell not in set(books.present)]
    mean = sum(vacant, Decimal(0)) / len(vacant) if vacant else Decimal(0)
    inputs = {"billed": str(billed), "present": str(manned), "contracted": str(len(books.contracted))}
    yield Misfit(
        Flaw.SHORT_SUPPLY,
        books.until,
        quantity=Decimal(missing),
        measure=(mean * missing).quantize(Decimal("0.01")),
        inputs=inputs,
    )
