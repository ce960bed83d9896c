"""What a calibration is computed from: checks counted in the database, failed items of visits, checks made twice."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from duban.inspections.domain.calibration.model import Tally
from duban.inspections.domain.calibration.patterns import VisitTally
from duban.inspections.domain.calibration.report import Material, Pair
from duban.inspections.domain.verdicts import SEVERITIES, Grade, Verdict
from duban.inspections.models import CheckResult, SecondOpinion
from duban.kernel.period import Period
from duban.orgs.models import Unit

CHUNK = 5000


def calibration_material(tenant: Unit, start: date, end: date) -> tuple[Material, dict[str, list[int]]]:
    """The material of a company from `start` to `end`, and the contract lines each inspector was on: three statements.

    People, vendors and lines are named by their keys. “Not applicable” counts neither way.
    """
    counted = CheckResult.objects.filter(
        day__range=(start, end), inspector__isnull=False, verdict__in=(Verdict.FAIL, Verdict.PASS),
        line__estate__office__path__startswith=tenant.path,
    )  # fmt: skip
    visits, lines = _visits(counted)
    months: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for visit, vendor, day in visits:
        entry = months[visit.inspector, visit.stratum, vendor, f"{day:%Y-%m}"]
        entry[0] += visit.passed
        entry[1] += visit.total
    tallies = [Tally(*key, *entry) for key, entry in months.items()]
    return Material(tallies, [visit for visit, _vendor, _day in visits], _pairs(tenant, start, end)), lines


def _visits(counted: "QuerySet[CheckResult]") -> tuple[list[tuple[VisitTally, str, date]], dict[str, list[int]]]:
    failed = _failed_items(counted)
    lines: defaultdict[str, set[int]] = defaultdict(set)
    found: list[tuple[VisitTally, str, date]] = []
    grouped = counted.order_by().values("inspector_id", "line_id", "day", vendor=F("line__contract__vendor_id"))
    for row in grouped.annotate(passed=Sum("verdict"), total=Count("verdict")).iterator(chunk_size=CHUNK):
        key = (row["inspector_id"], row["line_id"], row["day"])
        answers = ",".join(map(str, failed.get(key, ())))
        stratum = f"{row['line_id']}/{Period.quarter_of(row['day']).code}"
        visit = VisitTally(str(row["inspector_id"]), stratum, row["passed"], row["total"], answers)
        found.append((visit, str(row["vendor"]), row["day"]))
        lines[visit.inspector].add(row["line_id"])
    return found, {inspector: sorted(keys) for inspector, keys in lines.items()}


def _failed_items(counted: "QuerySet[CheckResult]") -> dict[tuple[int, int, date], list[int]]:
    """Which items failed on each visit, in the order of their keys."""
    found: defaultdict[tuple[int, int, date], list[int]] = defaultdict(list)
    rows: QuerySet[CheckResult, Any] = counted.filter(verdict=Verdict.FAIL).order_by("item_id", "id")
    for inspector, line, day, item in rows.values_list("inspector_id", "line_id", "day", "item_id").iterator(chunk_size=CHUNK):
        found[inspector, line, day].append(item)
    return found


def _pairs(tenant: Unit, start: date, end: date) -> list[Pair]:
    rows = SecondOpinion.objects.filter(
        reinspection__state="done",
        first__day__range=(start, end),
        first__inspector__isnull=False,
        first__line__estate__office__path__startswith=tenant.path,
    ).exclude(verdict=Verdict.NOT_APPLICABLE).exclude(first__verdict=Verdict.NOT_APPLICABLE)  # fmt: skip
    fields = ("first__inspector_id", "reinspection__inspector_id", "first__verdict", "first__severity", "verdict", "severity")
    return [
        Pair(str(first), str(second), answer_word(verdict, grade), answer_word(second_verdict, second_grade))
        for first, second, verdict, grade, second_verdict, second_grade in rows.order_by("pk").values_list(*fields)
    ]


def answer_word(verdict: int, grade: int) -> str:
    """An answer as kappa knows it: `pass`, or the severity of the failure."""
    return "pass" if verdict == Verdict.PASS else SEVERITIES[Grade(grade)].value
