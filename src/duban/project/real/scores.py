"""Health inspections of San Francisco: businesses as estates, violations as failed checks, the city's score beside ours.

The city takes 7, 4 and 2 points off 100 for a violation of high, moderate and low risk.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

CONTRACT_START, CONTRACT_END = date(2014, 1, 1), date(2017, 12, 31)
SEVERITIES = {"High Risk": "critical", "Moderate Risk": "major", "Low Risk": "minor"}
ITEMS = {"critical": "restroom.high", "major": "restroom.moderate", "minor": "restroom.low"}
PASSED_ITEM = "restroom.visit"
CONTRACT = "SF-HEALTH"

SCHEME = {
    "code": "SF-742",
    "name": {"zh": "旧金山卫生检查(7/4/2)", "en": "San Francisco health inspection (7/4/2)"},
    "service_line": "cleaning",
    "cycle": "month",
    "source": "City and County of San Francisco, restaurant scores",
    "confidence": "A",
    "maximum": "100",
    "payment": "",
    "blocks": [
        {
            "key": "hygiene",
            "name": {"zh": "卫生", "en": "Hygiene"},
            "weight": "100",
            "indicators": [
                {
                    "key": "violations",
                    "name": {"zh": "违规", "en": "Violations"},
                    "weight": "100",
                    "dimension": "quality",
                    "minimum_sample": "1",
                    "rule": {
                        "type": "per_occurrence",
                        "metric": "inspections.pass_rate:restroom",
                        "kinds": ["failed_item"],
                        "keys": ["restroom"],
                        "points": "2",
                        "by_severity": {"critical": "7", "major": "4", "minor": "2"},
                        "cap": "100",
                    },
                }
            ],
        }
    ],
}


@dataclass(frozen=True)
class Inspection:
    """One scored inspection: the business, the day, the city's score, and the severities of what was found."""

    business: str
    on: date
    score: int
    found: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One contract line: a business over a span. A second scored inspection in one month begins a new line."""

    business: str
    number: int
    starts_on: date
    ends_on: date


def read_inspections(folder: Path) -> list[Inspection]:
    """Every scored inspection with the violations of its day, by business and day."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in _rows(folder / "violations.csv"):
        if row["risk_category"] in SEVERITIES:
            found.setdefault(_visit(row), []).append(SEVERITIES[row["risk_category"]])
    scored = [row for row in _rows(folder / "inspections.csv") if row["Score"]]
    inspections = [
        Inspection(
            row["business_id"], _day(row["date"]), int(row["Score"]), tuple(found.get((row["business_id"], row["date"]), ()))
        )
        for row in scored
    ]
    return sorted(inspections, key=lambda item: (item.business, item.on))


def lines_of(inspections: list[Inspection]) -> list[Line]:
    """Contract lines such that no line has two scored inspections in one month."""
    lines: list[Line] = []
    by_business: dict[str, list[date]] = {}
    for inspection in inspections:
        by_business.setdefault(inspection.business, []).append(inspection.on)
    for business, days in sorted(by_business.items()):
        starts = [CONTRACT_START]
        starts += [day for before, day in pairwise(days) if (before.year, before.month) == (day.year, day.month)]
        ends = [*(start - timedelta(days=1) for start in starts[1:]), CONTRACT_END]
        for start, end in zip(starts, ends, strict=True):
            lines.append(Line(business, len(lines) + 1, start, end))
    return lines


def check_rows(inspections: list[Inspection], lines: list[Line]) -> Iterator[dict[str, object]]:
    """A ledger row for every visit as such (passed) and for every violation (failed)."""
    for inspection in inspections:
        line = line_on(lines, inspection.business, inspection.on)
        findings = [(PASSED_ITEM, "pass", "")] + [(ITEMS[severity], "fail", severity) for severity in inspection.found]
        for number, (item, verdict, severity) in enumerate(findings):
            yield {
                "contract": CONTRACT,
                "line": line.number,
                "item": item,
                "day": inspection.on.isoformat(),
                "time": f"{9 + number // 60:02d}:{number % 60:02d}",
                "verdict": verdict,
                "severity": severity,
            }


def line_on(lines: list[Line], business: str, day: date) -> Line:
    """The line of a business that is in force on a day."""
    return next(line for line in lines if line.business == business and line.starts_on <= day <= line.ends_on)


def _rows(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def _visit(row: Mapping[str, str]) -> tuple[str, str]:
    return row["business_id"], row["date"]


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
