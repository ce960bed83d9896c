"""From what is known of a record made in the field to its trust grade. Pure: every doubt weighs, none blocks.

Faces are never compared: who a person is, is not told from a picture.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from duban.kernel.text import mark
from duban.kernel.trust import Trust, TrustGrade, TrustReason


class Liveness(StrEnum):
    """What the echoed challenge says: `fresh`, `stale`, `missing` (offline), `foreign` (not given to this person)."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    FOREIGN = "foreign"


class CodeSeen(StrEnum):
    """What the code at the place says."""

    ROTATING = "rotating"
    STATIC = "static"
    TYPED = "typed"
    NONE = "none"
    EXPIRED = "expired"
    WRONG = "wrong"


@dataclass(frozen=True)
class Signals:
    """What is known of one record; `None` where it was not asked or cannot be known.

    `beyond_m` are metres outside the circle of the place after the reported accuracy is granted; `speed_kmh` the speed
    at which the person must have come from the record before, or gone to the next; `skew_s` how far the phone's clock
    is off; `people` how many persons used the phone within half a day; `burst` how many records like it fall into one
    span of seconds; `twin_bits` by how many of 64 bits the most alike earlier photo differs; `exif_min` and `exif_m` how
    far time and place inside the photo are from what the phone said; `cameras` how many cameras the photos that came from
    this phone within half a day name.
    """

    liveness: Liveness | None = None
    code: CodeSeen | None = None
    is_position_missing: bool = False
    beyond_m: int | None = None
    is_mock: bool = False
    speed_kmh: int | None = None
    skew_s: int = 0
    people: int = 1
    burst: int = 1
    twin_bits: int | None = None
    exif_min: int | None = None
    exif_m: int | None = None
    cameras: int = 1
    is_edited: bool = False
    is_gallery: bool = False

    def as_figures(self) -> dict[str, object]:
        """Everything that is not as nobody would doubt it, in plain values that can be stored."""
        plain = Signals()
        found = {name.name: getattr(self, name.name) for name in fields(self)}
        return {name: value for name, value in found.items() if value != getattr(plain, name)}


def signals_from(figures: Mapping[str, object]) -> Signals:
    """Signals as `as_figures` wrote them down."""
    words: dict[str, Any] = dict(figures)
    if words.get("liveness") is not None:
        words["liveness"] = Liveness(words["liveness"])
    if words.get("code") is not None:
        words["code"] = CodeSeen(words["code"])
    return Signals(**words)


@dataclass(frozen=True)
class TrustLimits:
    """From where on each figure is a doubt, and from which weight on each grade begins.

    Two photos of different places are twins up to `twin_bits`; those of the same place on different days, which look alike
    by nature, only up to `twin_here_bits`; `twin_days` is how far back photos are compared.
    """

    beyond_m: int = 50
    speed_kmh: int = 120
    skew_s: int = 300
    people: int = 2
    burst: int = 20
    burst_s: int = 15
    twin_bits: int = 6
    twin_here_bits: int = 2
    twin_days: int = 60
    exif_min: int = 30
    exif_m: int = 300
    cameras: int = 2
    grade_b: int = 15
    grade_c: int = 40
    grade_d: int = 70


WEIGHTS: Mapping[str, int] = {
    "challenge_missing": 5,
    "challenge_stale": 10,
    "challenge_foreign": 40,
    "code_typed": 10,
    "code_none": 15,
    "code_expired": 30,
    "code_wrong": 60,
    "position_missing": 10,
    "far": 40,
    "mock": 70,
    "travel": 50,
    "clock": 15,
    "device": 25,
    "tempo": 40,
    "twin": 50,
    "exif_time": 25,
    "exif_place": 25,
    "cameras": 20,
    "edited": 40,
    "gallery": 10,
}

REASON_TEXTS: Mapping[str, str] = {
    "challenge_missing": mark("The phone was offline: it cannot show that it was there at that moment."),
    "challenge_stale": mark("The number from the server was older than ten minutes at check-in."),
    "challenge_foreign": mark("The number from the server was not given to this person."),
    "code_typed": mark("The code of the place was typed, not scanned."),
    "code_none": mark("No code of the place was scanned."),
    "code_expired": mark("The changing code of the place was not the one shown at that time."),
    "code_wrong": mark("The scanned code belongs to another place."),
    "position_missing": mark("The phone told no position."),
    "far": mark("{metres} m outside the circle of the place; {limit} m are accepted."),
    "mock": mark("The phone reports a simulated position."),
    "travel": mark("The way to the nearest other record takes {speed} km/h; up to {limit} km/h is plausible."),
    "clock": mark("The clock of the phone is {seconds} s off; up to {limit} s is accepted."),
    "device": mark("{people} persons used this phone within half a day."),
    "tempo": mark("{items} records within {seconds} seconds."),
    "twin": mark("A photo looks like one handed in before: {bits} of 64 bits differ."),
    "exif_time": mark("The time inside the photo is {minutes} min away from the time of the record."),
    "exif_place": mark("The place inside the photo is {metres} m away from where the record was made."),
    "cameras": mark("The photos that came from this phone within half a day name {cameras} cameras."),
    "edited": mark("The photo was saved by picture editing software."),
    "gallery": mark("The photo was chosen from the gallery, not taken in the app."),
}


REASON_NAMES: Mapping[str, str] = {
    "challenge_missing": mark("Offline at check-in"),
    "challenge_stale": mark("Check-in number too old"),
    "challenge_foreign": mark("Check-in number of somebody else"),
    "code_typed": mark("Code typed"),
    "code_none": mark("No code scanned"),
    "code_expired": mark("Changing code out of date"),
    "code_wrong": mark("Code of another place"),
    "position_missing": mark("No position"),
    "far": mark("Too far away"),
    "mock": mark("Simulated position"),
    "travel": mark("Impossible travel"),
    "clock": mark("Clock of the phone"),
    "device": mark("One phone, several people"),
    "tempo": mark("Too fast"),
    "twin": mark("Same photo again"),
    "exif_time": mark("Time inside the photo"),
    "exif_place": mark("Place inside the photo"),
    "cameras": mark("Another camera"),
    "edited": mark("Edited photo"),
    "gallery": mark("Photo from the gallery"),
}


def judge(signals: Signals, limits: TrustLimits) -> Trust:
    """The grade of one record: the weights of all doubts added up, the heaviest named first. More doubt never lifts it."""
    found = sorted(_doubts(signals, limits), key=lambda reason: (-reason.weight, reason.code))
    score = sum(reason.weight for reason in found)
    return Trust(_grade(score, limits), tuple(found))


def limits_from(values: Mapping[str, int]) -> TrustLimits:
    """Limits by their names; the shipped ones where none is given."""
    return TrustLimits(**{field.name: values[field.name] for field in fields(TrustLimits) if field.name in values})


def _grade(score: int, limits: TrustLimits) -> TrustGrade:
    if score >= limits.grade_d:
        return TrustGrade.D
    if score >= limits.grade_c:
        return TrustGrade.C
    return TrustGrade.B if score >= limits.grade_b else TrustGrade.A


def _reason(code: str, **figures: int) -> TrustReason:
    return TrustReason(code, WEIGHTS[code], {name: str(figure) for name, figure in figures.items()})


def _doubts(signals: Signals, limits: TrustLimits) -> Iterator[TrustReason]:
    yield from _of_presence(signals)
    yield from _of_way(signals, limits)
    yield from _of_phone(signals, limits)
    yield from _of_photo(signals, limits)
    yield from _of_inside(signals, limits)


def _of_presence(signals: Signals) -> Iterator[TrustReason]:
    if signals.liveness not in (None, Liveness.FRESH):
        yield _reason(f"challenge_{signals.liveness}")
    if signals.code not in (None, CodeSeen.ROTATING, CodeSeen.STATIC):
        yield _reason(f"code_{signals.code}")
    if signals.is_position_missing:
        yield _reason("position_missing")


def _of_way(signals: Signals, limits: TrustLimits) -> Iterator[TrustReason]:
    if signals.is_mock:
        yield _reason("mock")
    if signals.beyond_m is not None and signals.beyond_m > limits.beyond_m:
        yield _reason("far", metres=signals.beyond_m, limit=limits.beyond_m)
    if signals.speed_kmh is not None and signals.speed_kmh > limits.speed_kmh:
        yield _reason("travel", speed=signals.speed_kmh, limit=limits.speed_kmh)


def _of_phone(signals: Signals, limits: TrustLimits) -> Iterator[TrustReason]:
    if signals.skew_s > limits.skew_s:
        yield _reason("clock", seconds=signals.skew_s, limit=limits.skew_s)
    if signals.people >= limits.people:
        yield _reason("device", people=signals.people)
    if signals.burst >= limits.burst:
        yield _reason("tempo", items=signals.burst, seconds=limits.burst_s)


def _of_photo(signals: Signals, limits: TrustLimits) -> Iterator[TrustReason]:
    if signals.twin_bits is not None and signals.twin_bits <= limits.twin_bits:
        yield _reason("twin", bits=signals.twin_bits)
    if signals.is_edited:
        yield _reason("edited")
    if signals.is_gallery:
        yield _reason("gallery")


def _of_inside(signals: Signals, limits: TrustLimits) -> Iterator[TrustReason]:
    if signals.exif_min is not None and signals.exif_min > limits.exif_min:
        yield _reason("exif_time", minutes=signals.exif_min)
    if signals.exif_m is not None and signals.exif_m > limits.exif_m:
        yield _reason("exif_place", metres=signals.exif_m)
    if signals.cameras >= limits.cameras:
        yield _reason("cameras", cameras=signals.cameras)
