"""From roster and punches to the states of slots (T17): which shift a punch belongs to, and what each slot then is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duban.attendance.domain.rules import DEFAULT_RULES, Rules
from duban.attendance.domain.slots import Belongs, CheckIn, Ground, Planned, Shift, SlotState, decide
from duban.estates.domain.posts import ShiftTime

EARLY, LATE = timedelta(hours=2), timedelta(hours=4)
MINUTE = timedelta(minutes=1)
MOST_MINUTES = 1440
Key = tuple[int, date, str]


@dataclass(frozen=True)
class Duty:
    """One slot to be decided: its estate, key of post, day and shift, when it begins, and what the roster says."""

    site: int
    post: int
    day: date
    shift: Shift
    starts_at: datetime
    planned: Planned = Planned.BLANK
    worker: int | None = None

    @property
    def key(self) -> Key:
        """What identifies the slot."""
        return (self.post, self.day, self.shift.value)


@dataclass(frozen=True)
class Punch:
    """One check-in or check-out that was taken, with the slot it belongs to; `is_doubtful` if it is an exception."""

    worker: int
    name: str
    post: int
    day: date
    shift: Shift
    is_in: bool
    at: datetime
    is_doubtful: bool = False

    @property
    def key(self) -> Key:
        """The slot it belongs to."""
        return (self.post, self.day, self.shift.value)


@dataclass(frozen=True)
class Outcome:
    """What a slot is after roster and punches. `name` is who stood there; it is shown masked."""

    state: SlotState
    ground: Ground
    name: str = ""
    checkin_at: datetime | None = None
    checkout_at: datetime | None = None
    late_minutes: int = 0


def shift_at(moment: datetime, shifts: Sequence[ShiftTime], *, is_in: bool) -> tuple[date, ShiftTime] | None:
    """The day and shift a punch at a local moment belongs to, or nothing if it lies at no shift.

    A shift takes punches from two hours before it begins to four after it ends; where two overlap, that one wins whose
    beginning (for a check-in) or end (for a check-out) is nearest. A night shift thereby belongs to the day it begins.
    """
    naive = moment.replace(tzinfo=None)
    found: list[tuple[timedelta, date, ShiftTime]] = []
    for day in (naive.date() - timedelta(days=1), naive.date(), naive.date() + timedelta(days=1)):
        for shift in shifts:
            starts, ends = shift.starts_at(day), shift.ends_at(day)
            if starts - EARLY <= naive <= ends + LATE:
                found.append((abs(naive - (starts if is_in else ends)), day, shift))
    if not found:
        return None
    _gap, day, nearest = min(found, key=lambda entry: (entry[0], entry[1], entry[2].starts))
    return day, nearest


def settle(
    duties: Iterable[Duty],
    punches: Iterable[Punch],
    *,
    crews: Mapping[int, Collection[int]],
    manned: Collection[tuple[int, date]],
    rules: Mapping[int, Rules],
) -> dict[Key, Outcome]:
    """Decide slots. `crews` names each post's own staff; `manned` the estates and days anybody checked in."""
    by_slot: dict[Key, list[Punch]] = {}
    for punch in sorted(punches, key=lambda one: (one.at, one.worker)):
        by_slot.setdefault(punch.key, []).append(punch)
    return {
        duty.key: _outcome(
            duty,
            by_slot.get(duty.key, []),
            crews.get(duty.post, ()),
            rules.get(duty.post, DEFAULT_RULES),
            anybody=(duty.site, duty.day) in manned,
        )
        for duty in duties
    }


def _outcome(duty: Duty, punches: Sequence[Punch], crew: Collection[int], rules: Rules, *, anybody: bool) -> Outcome:
    by_worker: dict[int, list[Punch]] = {}
    for punch in punches:
        by_worker.setdefault(punch.worker, []).append(punch)
    limit = rules.absent_after_minutes.number
    check_ins = [CheckIn(str(worker), _belongs(duty, own, crew, limit), own[0].at) for worker, own in by_worker.items()]
    decision = decide(duty.planned, check_ins, anybody_on_site=anybody)
    ours = by_worker.get(int(decision.name or 0), [])
    if not ours:
        return Outcome(decision.state, decision.ground)
    came, left = _came(ours), next((punch.at for punch in reversed(ours) if not punch.is_in), None)
    late = _late(duty, ours)
    counted = late if late > rules.grace_minutes.number else 0
    return Outcome(decision.state, decision.ground, ours[0].name, came, left, min(counted, MOST_MINUTES))


def _belongs(duty: Duty, own: Sequence[Punch], crew: Collection[int], limit: int) -> Belongs:
    """What one person's punches at the slot are; one clean punch proves presence, whatever the others look like."""
    worker = own[0].worker
    if worker != duty.worker and worker not in crew:
        return Belongs.OTHER_POST
    if _late(duty, own) > limit:
        return Belongs.TOO_LATE
    if all(punch.is_doubtful for punch in own):
        return Belongs.DOUBTFUL
    return Belongs.ROSTERED if worker == duty.worker else Belongs.OWN_STAFF


def _came(own: Sequence[Punch]) -> datetime | None:
    return next((punch.at for punch in own if punch.is_in), None)


def _late(duty: Duty, own: Sequence[Punch]) -> int:
    came = _came(own)
    return max(0, (came - duty.starts_at) // MINUTE) if came else 0
