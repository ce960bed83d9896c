"""Whether a post was manned: the decision rules of T17. The slot is judged, never the person.

Checked in this order, the first that fits decides:

1. the roster says nothing, rest or leave           → off (空格/休息/请假不计)
2. the sheet says the post was vacant               → vacant (标注缺岗)
3. the rostered person checked in                   → present
4. somebody else of this post's own staff           → present (顶班)
5. own staff, but only with an exception            → review (围栏外、证照缺失、可信度低)
6. only somebody of another post                    → review (疑似顶岗)
7. own staff, but only after the limit of lateness  → vacant (超过缺勤分钟)
8. nobody of the whole estate checked in that day   → vacant (当天全项目无人)
9. nobody at this post                              → vacant
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from duban.kernel.text import mark
from duban.kernel.trace import Step


class Shift(StrEnum):
    """The shifts a post may have."""

    DAY = "day"
    MIDDLE = "middle"
    NIGHT = "night"

    @property
    def label(self) -> str:
        """English source text."""
        return SHIFT_LABELS[self]


SHIFT_LABELS: Mapping[Shift, str] = {
    Shift.DAY: mark("Day shift"),
    Shift.MIDDLE: mark("Middle shift"),
    Shift.NIGHT: mark("Night shift"),
}


class Planned(StrEnum):
    """What the roster or the sheet says about a slot."""

    BLANK = "blank"
    REST = "rest"
    LEAVE = "leave"
    WORK = "work"
    MARKED_VACANT = "vacant"


class Belongs(StrEnum):
    """What a check-in is, seen from the slot."""

    ROSTERED = "rostered"
    OWN_STAFF = "own_staff"
    DOUBTFUL = "doubtful"
    OTHER_POST = "other_post"
    TOO_LATE = "too_late"


class SlotState(StrEnum):
    """The four states."""

    PRESENT = "present"
    VACANT = "vacant"
    REVIEW = "review"
    OFF = "off"


class Ground(StrEnum):
    """Which rule decided."""

    NOT_ROSTERED = "not_rostered"
    MARKED_VACANT = "marked_vacant"
    ROSTERED = "rostered"
    SUBSTITUTE = "substitute"
    DOUBTFUL = "doubtful"
    OTHER_POST = "other_post"
    TOO_LATE = "too_late"
    NOBODY_AT_ALL = "nobody_at_all"
    NOBODY_AT_POST = "nobody_at_post"
    GIVEN = "given"
    DECIDED = "decided"

    @property
    def label(self) -> str:
        """English source text."""
        return GROUND_LABELS[self]


GROUND_LABELS: Mapping[Ground, str] = {
    Ground.NOT_ROSTERED: mark("Blank, rest or leave: not counted"),
    Ground.MARKED_VACANT: mark("Marked as vacant on the sheet"),
    Ground.ROSTERED: mark("The rostered person checked in"),
    Ground.SUBSTITUTE: mark("Somebody else of this post's staff checked in (cover)"),
    Ground.DOUBTFUL: mark("Own staff, but only with an exception (position, credential, trust)"),
    Ground.TOO_LATE: mark("Own staff, but only after the limit of lateness"),
    Ground.OTHER_POST: mark("Only somebody of another post checked in (suspected stand-in)"),
    Ground.NOBODY_AT_ALL: mark("Nobody of the whole estate checked in that day"),
    Ground.NOBODY_AT_POST: mark("Nobody checked in at this post"),
    Ground.GIVEN: mark("State taken over from the record that was handed in"),
    Ground.DECIDED: mark("Decided by a person after review"),
}


@dataclass(frozen=True)
class CheckIn:
    """One check-in on the day of the slot, at the slot's own place or elsewhere in the estate."""

    name: str
    belongs: Belongs
    at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """The state of a slot, the rule that decided, and the steps that were tried on the way."""

    state: SlotState
    ground: Ground
    name: str
    steps: tuple[Step, ...]


def decide(planned: Planned, check_ins: Sequence[CheckIn], *, anybody_on_site: bool) -> Decision:
    """State of one slot by the rules above; `anybody_on_site` says if anybody of the estate checked in that day."""
    steps: list[Step] = []
    answers = (
        (planned in {Planned.BLANK, Planned.REST, Planned.LEAVE}, SlotState.OFF, Ground.NOT_ROSTERED),
        (planned is Planned.MARKED_VACANT, SlotState.VACANT, Ground.MARKED_VACANT),
        (_first(check_ins, Belongs.ROSTERED) is not None, SlotState.PRESENT, Ground.ROSTERED),
        (_first(check_ins, Belongs.OWN_STAFF) is not None, SlotState.PRESENT, Ground.SUBSTITUTE),
        (_first(check_ins, Belongs.DOUBTFUL) is not None, SlotState.REVIEW, Ground.DOUBTFUL),
        (_first(check_ins, Belongs.OTHER_POST) is not None, SlotState.REVIEW, Ground.OTHER_POST),
        (_first(check_ins, Belongs.TOO_LATE) is not None, SlotState.VACANT, Ground.TOO_LATE),
        (not anybody_on_site, SlotState.VACANT, Ground.NOBODY_AT_ALL),
    )
    for applies, state, ground in answers:
        steps.append(_step(ground, applies=applies))
        if applies:
            return Decision(state, ground, _name(check_ins, ground), tuple(steps))
    steps.append(_step(Ground.NOBODY_AT_POST, applies=True))
    return Decision(SlotState.VACANT, Ground.NOBODY_AT_POST, "", tuple(steps))


def trace_of(ground: Ground) -> tuple[Step, ...]:
    """The steps that lead to a stored ground, rebuilt from the order of the rules."""
    if ground in {Ground.GIVEN, Ground.DECIDED}:
        return (_step(ground, applies=True),)
    tried = list(Ground)[: list(Ground).index(ground) + 1]
    return tuple(_step(rule, applies=rule is ground) for rule in tried)


def slot_day(moment: datetime, shift: Shift, *, turn: time = time(12)) -> date:
    """The day a check-in counts for: before `turn` (noon) a night shift still belongs to the day before (T17)."""
    if shift is Shift.NIGHT and moment.time() < turn:
        return moment.date() - timedelta(days=1)
    return moment.date()


def masked(name: str) -> str:
    """A person's name as the audit of the slot needs it: the first character, the rest starred (王**)."""
    return name[:1] + "*" * (len(name) - 1)


def _first(check_ins: Sequence[CheckIn], belongs: Belongs) -> CheckIn | None:
    return next((entry for entry in check_ins if entry.belongs is belongs), None)


_SOURCE = {
    Ground.ROSTERED: Belongs.ROSTERED,
    Ground.SUBSTITUTE: Belongs.OWN_STAFF,
    Ground.DOUBTFUL: Belongs.DOUBTFUL,
    Ground.OTHER_POST: Belongs.OTHER_POST,
    Ground.TOO_LATE: Belongs.TOO_LATE,
}


def _name(check_ins: Sequence[CheckIn], ground: Ground) -> str:
    source = _SOURCE.get(ground)
    found = _first(check_ins, source) if source else None
    return found.name if found else ""


def _step(ground: Ground, *, applies: bool) -> Step:
    return Step(label=ground.label, rule=f"T17.{ground.value}", result="yes" if applies else "no")
