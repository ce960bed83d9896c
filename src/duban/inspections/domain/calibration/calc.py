"""`duban calc leniency`, `duban calc kappa` and `duban calc draw`: the cores from JSON to JSON, and their schemas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from duban.inspections.domain.calibration.drawing import Candidate, draw
from duban.inspections.domain.calibration.kappa import ANSWERS, MINIMUM_PAIRS, agreement, reading
from duban.inspections.domain.calibration.model import Tally
from duban.inspections.domain.calibration.patterns import VisitTally
from duban.inspections.domain.calibration.report import Json, Material, Pair, calibrate, plain
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

Row = TypeVar("Row")
FAULT = mark("The case is not sound.")


class _Reader:
    """Reads values of a case and notes every fault with its place."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def fault(self, place: str, message: str) -> None:
        self.errors.append(FieldError(place, message))

    def rows(self, case: Mapping[str, object], key: str) -> Sequence[object]:
        found = case.get(key, [])
        if isinstance(found, list):
            return found
        self.fault(key, mark("A list is needed here."))
        return []

    def text(self, row: Mapping[str, object], key: str, place: str, *, needed: bool = True) -> str:
        found = row.get(key, "")
        if not isinstance(found, str) or (needed and not found):
            self.fault(f"{place}.{key}", mark("A text is needed here."))
            return ""
        return found

    def count(self, row: Mapping[str, object], key: str, place: str) -> int:
        found = row.get(key)
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            self.fault(f"{place}.{key}", mark("A whole number from 0 on is needed here."))
            return 0
        return found

    def answer(self, found: object, place: str) -> str:
        if found not in ANSWERS:
            self.fault(place, mark("One of pass, minor, major, critical is needed here."))
            return ANSWERS[0]
        return str(found)

    def finish(self) -> None:
        if self.errors:
            raise Invalid(FAULT, errors=tuple(self.errors))


def calculate_calibration(case: Mapping[str, object]) -> Json:
    """Compute a calibration from `{"tallies": […], "visits": […], "pairs": […]}`."""
    reader = _Reader()
    _only(reader, case, ("tallies", "visits", "pairs"))
    material = Material(
        tallies=_read(reader, case, "tallies", lambda row, place: _tally(reader, row, place)),
        visits=_read(reader, case, "visits", lambda row, place: _visit(reader, row, place)),
        pairs=_read(reader, case, "pairs", lambda row, place: _pair(reader, row, place)),
    )
    reader.finish()
    return calibrate(material)


def calculate_kappa(case: Mapping[str, object]) -> Json:
    """Agreement of `{"pairs": [["pass", "minor"], …], "minimum": 30}`."""
    reader = _Reader()
    _only(reader, case, ("pairs", "minimum"))
    pairs: list[tuple[str, str]] = []
    for index, found in enumerate(reader.rows(case, "pairs")):
        if not isinstance(found, list) or len(found) != 2:  # noqa: PLR2004 - a pair has two answers
            reader.fault(f"pairs.{index}", mark("A pair of two answers is needed here."))
            continue
        pairs.append((reader.answer(found[0], f"pairs.{index}.0"), reader.answer(found[1], f"pairs.{index}.1")))
    minimum = reader.count({"minimum": MINIMUM_PAIRS, **case}, "minimum", "case")
    reader.finish()
    found = agreement(pairs, minimum=minimum)
    return {**plain(found), "observed": found.observed, "reading": "" if found.kappa is None else reading(found.kappa.value)}


def calculate_draw(case: Mapping[str, object]) -> Json:
    """Repeat a draw: `{"visits": [{"visit": 1, "first": 2, "office": 3}], "seconds": {"3": [4]}, "count": 1, "seed": "…"}`."""
    reader = _Reader()
    _only(reader, case, ("visits", "seconds", "count", "seed"))
    candidates = _read(reader, case, "visits", lambda row, place: _candidate(reader, row, place))
    seconds = dict(_seconds(reader, case))
    count, seed = reader.count(case, "count", "case"), reader.text(case, "seed", "case")
    reader.finish()
    return {"drawn": [plain(one) for one in draw(candidates, seconds, count, seed)]}


def _candidate(reader: _Reader, row: Mapping[str, object], place: str) -> Candidate:
    return Candidate(*(reader.count(row, key, place) for key in ("visit", "first", "office")))


def _seconds(reader: _Reader, case: Mapping[str, object]) -> Iterator[tuple[int, list[int]]]:
    """Office and the keys of those who may check there; faults are noted."""
    found = case.get("seconds", {})
    for office, people in found.items() if isinstance(found, dict) else [("", found)]:
        if str(office).isdecimal() and isinstance(people, list) and all(type(one) is int for one in people):
            yield int(office), cast("list[int]", people)
        else:
            reader.fault(f"seconds.{office}".rstrip("."), mark("For each office a list of keys of people is needed here."))


def _only(reader: _Reader, case: Mapping[str, object], keys: Sequence[str]) -> None:
    for key in sorted(set(case) - set(keys)):
        reader.fault(key, mark("This is not known here."))


def _read(reader: _Reader, case: Mapping[str, object], key: str, make: Callable[[Mapping[str, object], str], Row]) -> list[Row]:
    found: list[Row] = []
    for index, row in enumerate(reader.rows(case, key)):
        if isinstance(row, dict):
            found.append(make(cast("Mapping[str, object]", row), f"{key}.{index}"))
        else:
            reader.fault(f"{key}.{index}", mark("An object is needed here."))
    return found


def _tally(reader: _Reader, row: Mapping[str, object], place: str) -> Tally:
    inspector, stratum, vendor, month = (reader.text(row, key, place) for key in ("inspector", "stratum", "vendor", "month"))
    passed, total = _counts(reader, row, place)
    return Tally(inspector, stratum, vendor, month, passed, total)


def _visit(reader: _Reader, row: Mapping[str, object], place: str) -> VisitTally:
    inspector, stratum = (reader.text(row, key, place) for key in ("inspector", "stratum"))
    passed, total = _counts(reader, row, place)
    return VisitTally(inspector, stratum, passed, total, reader.text(row, "answers", place, needed=False))


def _counts(reader: _Reader, row: Mapping[str, object], place: str) -> tuple[int, int]:
    passed, total = reader.count(row, "passed", place), reader.count(row, "total", place)
    if passed > total:
        reader.fault(f"{place}.passed", mark("More passed than were checked."))
    return passed, total


def _pair(reader: _Reader, row: Mapping[str, object], place: str) -> Pair:
    answers = [reader.answer(row.get(key), f"{place}.{key}") for key in ("first_answer", "second_answer")]
    return Pair(reader.text(row, "first", place), reader.text(row, "second", place), answers[0], answers[1])


_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_ANSWER: Json = {"enum": list(ANSWERS)}
_NUMBER: Json = {"type": ["number", "null"]}
_ESTIMATE: Json = {
    "type": ["object", "null"],
    "properties": {"value": {"type": "number"}, "low": {"type": "number"}, "high": {"type": "number"}},
}
_AGREEMENT: Json = {
    "pairs": _COUNT, "agreed": _COUNT, "observed": _NUMBER, "kappa": _ESTIMATE, "weighted": _ESTIMATE, "reason": _TEXT,
}  # fmt: skip


def _rows(**properties: Json) -> Json:
    inner: Json = {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}
    return {"type": "array", "items": inner}


def _schema(title: str, properties: Json) -> Json:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


CALIBRATION_IN = _schema(
    "Checks to calibrate inspectors by",
    {
        "tallies": _rows(inspector=_TEXT, stratum=_TEXT, vendor=_TEXT, month=_TEXT, passed=_COUNT, total=_COUNT),
        "visits": _rows(inspector=_TEXT, stratum=_TEXT, passed=_COUNT, total=_COUNT, answers=_TEXT),
        "pairs": _rows(first=_TEXT, second=_TEXT, first_answer=_ANSWER, second_answer=_ANSWER),
    },
)
_ROW: Json = {"type": "array", "items": {"type": "object"}}
CALIBRATION_OUT = _schema(
    "A calibration with its trace",
    {
        "checks": _COUNT,
        "strata": _COUNT,
        "freedom": _COUNT,
        "scale": {"type": "number"},
        "components": {"type": "array", "items": {"type": "array", "items": _TEXT}},
        **dict.fromkeys(("inspectors", "favours", "sameness", "drifts", "agreements", "trace"), _ROW),
        "agreement": {"type": "object", "properties": _AGREEMENT},
    },
)
DRAW_IN = _schema(
    "What a draw of visits chose from",
    {
        "visits": _rows(visit=_COUNT, first=_COUNT, office=_COUNT),
        "seconds": {"type": "object", "additionalProperties": {"type": "array", "items": _COUNT}},
        "count": _COUNT,
        "seed": _TEXT,
    },
)
DRAW_OUT = _schema("Who checks which visit again", {"drawn": _rows(visit=_COUNT, second=_COUNT)})
KAPPA_IN = _schema(
    "Checks made twice",
    {"pairs": {"type": "array", "items": {"type": "array", "items": _ANSWER, "minItems": 2, "maxItems": 2}}, "minimum": _COUNT},
)
KAPPA_OUT = _schema("Their agreement", {**_AGREEMENT, "reading": _TEXT})
