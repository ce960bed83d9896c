"""From evidence and other records to the signals that are graded. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from duban.kernel.doubts import CodeSeen, Signals, TrustLimits
from duban.kernel.geo import metres_between
from duban.kernel.placecodes import said_by, was_shown
from duban.platform.trust.codes import place_secret
from duban.platform.trust.shapes import Evidence, Point, Trace

SAME_PHONE = timedelta(hours=12)
TRAVEL_FROM_M = 1000
"""Below this way no speed is reckoned: the error of positions between buildings would make it."""
ACCURACY_LIMIT_M = 100
"""No more than this of the reported accuracy is granted."""


class Trail:
    """What one person recorded around some moments, and who else used the phone: put in order once, asked often."""

    def __init__(self, person: int, traces: Iterable[Trace]) -> None:
        self._times: defaultdict[str, list[datetime]] = defaultdict(list)
        self._stops: list[tuple[datetime, Point]] = []
        self._others: defaultdict[str, list[tuple[int, datetime]]] = defaultdict(list)
        for trace in traces:
            if trace.person != person:
                self._others[trace.device].append((trace.person, trace.captured_at))
                continue
            self._times[trace.kind].append(trace.captured_at)
            if trace.point is not None:
                self._stops.append((trace.captured_at, trace.point))
        for times in self._times.values():
            times.sort()
        self._stops.sort(key=lambda stop: stop[0])
        self._moments = [moment for moment, _ in self._stops]

    def burst(self, kind: str, moment: datetime, span: timedelta) -> int:
        """The most records of a kind in one span of time that holds this moment."""
        times = self._times.get(kind, [])
        first, last = bisect_right(times, moment - span), bisect_right(times, moment)
        return max((bisect_left(times, times[start] + span) - start for start in range(first, last)), default=1)

    def people(self, device: str, moment: datetime) -> int:
        """How many persons used this phone within half a day, the own one included."""
        return 1 + len({person for person, at in self._others.get(device, ()) if abs(at - moment) <= SAME_PHONE})

    def speed(self, moment: datetime, point: Point, accuracy: int) -> int | None:
        """The higher of the speeds from the stop before and to the stop after, in km/h; nothing where both are near."""
        before, after = bisect_left(self._moments, moment) - 1, bisect_right(self._moments, moment)
        near = [self._stops[index] for index in (before, after) if 0 <= index < len(self._stops)]
        found = []
        for at, stop in near:
            metres = metres_between(stop, point) - accuracy
            if metres >= TRAVEL_FROM_M:
                found.append(round(metres / max(1.0, abs((moment - at).total_seconds())) * 3.6))
        return max(found, default=None)


def signals_of(item: Evidence, trail: Trail, limits: TrustLimits) -> Signals:
    """What is known of one record before its photos are read."""
    reading = item.reading
    return Signals(
        liveness=item.liveness,
        code=code_seen(item),
        is_position_missing=item.is_position_missing,
        beyond_m=_beyond(item),
        is_mock=bool(reading and reading.is_mock),
        speed_kmh=trail.speed(item.captured_at, reading.point, reading.accuracy) if reading else None,
        skew_s=_skew(item),
        people=trail.people(item.device, item.captured_at),
        burst=trail.burst(item.kind, item.captured_at, timedelta(seconds=limits.burst_s)),
        is_gallery=any(photo.is_gallery for photo in item.photos),
    )


def code_seen(item: Evidence) -> CodeSeen | None:
    """What the code says; nothing where no code is asked for. The phone's clock is set right by the server's."""
    if item.scan is None or item.stand is None:
        return None
    if item.scan.method == "position" or not item.scan.token:
        return CodeSeen.NONE
    tag, number = said_by(item.scan.token)
    if tag != item.stand.tag.upper():
        return CodeSeen.WRONG
    if item.stand.is_rotating:
        moment = item.captured_at + (item.received_at - item.sent_at)
        return CodeSeen.ROTATING if was_shown(place_secret(tag), number, moment) else CodeSeen.EXPIRED
    return CodeSeen.TYPED if item.scan.method == "typed" else CodeSeen.STATIC


def _beyond(item: Evidence) -> int | None:
    if item.reading is None or item.stand is None or item.stand.point is None:
        return None
    granted = item.stand.radius_m + min(item.reading.accuracy, ACCURACY_LIMIT_M)
    return max(0, metres_between(item.reading.point, item.stand.point) - granted)


def _skew(item: Evidence) -> int:
    """Seconds the phone's clock is off; what was captured after it was sent shows a clock that was set in between."""
    off = abs((item.received_at - item.sent_at).total_seconds())
    return round(max(off, (item.captured_at - item.sent_at).total_seconds()))
