"""Whether a check-in at a post is taken: its code, and its distance from the post under the post's geofence rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from duban.kernel.text import mark

EARTH_RADIUS = 6_371_000
ACCURACY_LIMIT = 100
DEFAULT_RADIUS = 100


class Method(StrEnum):
    """How somebody checks in. A face is never asked for."""

    QR = "qr"
    NFC = "nfc"
    POSITION = "position"
    TYPED = "typed"
    SHEET = "sheet"


METHOD_LABELS: Mapping[Method, str] = {
    Method.QR: mark("QR code"),
    Method.NFC: mark("NFC tag"),
    Method.POSITION: mark("Position"),
    Method.TYPED: mark("Code typed by hand"),
    Method.SHEET: mark("Attendance machine or sheet"),
}


class Verdict(StrEnum):
    """What becomes of a check-in."""

    TAKEN = "taken"
    EXCEPTION = "exception"
    REFUSED = "refused"


@dataclass(frozen=True)
class Point:
    """A position on the earth in degrees."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Reading:
    """Where the phone says it was. `accuracy` in metres; `is_mock` where the platform tells of a faked position."""

    point: Point
    accuracy: int = 0
    is_mock: bool = False


@dataclass(frozen=True)
class Judgement:
    """The verdict, its reasons (keys of `REASON_LABELS`), and the distance in whole metres where it is known."""

    verdict: Verdict
    reasons: tuple[str, ...]
    distance: int | None


REASON_LABELS: Mapping[str, str] = {
    "wrong_code": mark("The code is not that of this post's place"),
    "no_position": mark("No position came with the check-in"),
    "outside": mark("Outside the circle of the post"),
    "mock": mark("The phone reports a simulated position"),
    "no_circle": mark("The post has no position of its own yet"),
    "no_shift": mark("At no hour of a shift of this post"),
    "low_trust": mark("Low trust grade"),
}
SCANNED = {Method.QR, Method.NFC, Method.TYPED}


def distance_between(one: Point, other: Point) -> int:
    """Metres along the great circle (haversine), rounded to the nearest."""
    latitudes = (radians(float(one.latitude)), radians(float(other.latitude)))
    turn = radians(float(other.longitude) - float(one.longitude))
    half = sin((latitudes[1] - latitudes[0]) / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(turn / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, half))))


def code_says(token: str, tag: str) -> bool:
    """Whether a scanned code names a place: its tag, the address on its label, or a rotating code (`tag.number`)."""
    said = token.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
    return bool(tag) and said.partition(".")[0].upper() == tag.upper()


def judge_check_in(
    fence: str, method: Method, *, is_code_right: bool, centre: Point | None, radius: int, reading: Reading | None
) -> Judgement:
    """Judge one check-in under the fence rule `block`, `exception` or `ignore`.

    A wrong code is refused under every rule. The reported accuracy is granted to the person, up to 100 m. Under `ignore`
    nothing else is looked at; under `block` a missing, simulated or distant position refuses, under `exception` it is marked.
    """
    if method in SCANNED and not is_code_right:
        return Judgement(Verdict.REFUSED, ("wrong_code",), None)
    distance = distance_between(centre, reading.point) if centre and reading else None
    if fence == "ignore" or method is Method.SHEET:
        return Judgement(Verdict.TAKEN, (), distance)
    reasons = _doubts(centre, radius, reading, distance)
    if not reasons or reasons == ("no_circle",):
        return Judgement(Verdict.TAKEN, reasons, distance)
    return Judgement(Verdict.REFUSED if fence == "block" else Verdict.EXCEPTION, reasons, distance)


def _doubts(centre: Point | None, radius: int, reading: Reading | None, distance: int | None) -> tuple[str, ...]:
    if reading is None:
        return ("no_position",)
    found = ["mock"] if reading.is_mock else []
    if centre is None or distance is None:
        return (*found, "no_circle")
    if distance - min(reading.accuracy, ACCURACY_LIMIT) > radius:
        found.append("outside")
    return tuple(found)
