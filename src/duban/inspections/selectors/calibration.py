"""Stored comparisons of inspectors, made readable for one actor: names for keys, and only the inspectors of the own offices."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from duban.contracts.models import ContractLine
from duban.inspections.models import Calibration, CheckResult
from duban.inspections.permissions import Code, does_calibration
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Person
from duban.vendors.models import Company

Report = Mapping[str, Any]


@dataclass(frozen=True)
class CalibrationPage:
    """The newest comparison with the names of people and vendors; `report` holds only the inspectors the actor may compare."""

    calibration: Calibration
    report: Report
    people: Mapping[str, str]
    vendors: Mapping[str, str]


def calibration_page(actor: Actor) -> CalibrationPage | None:
    """The newest comparison, or nothing where there is none yet: four statements. `NotAllowed` without the right."""
    actor.require(Code.CALIBRATE)
    newest = Calibration.objects.for_actor(actor).order_by("-made_at", "-pk").first()
    if newest is None:
        return None
    own = own_inspectors(actor, newest)
    report = _narrowed(newest.report, own)
    vendors = {one["vendor"] for one in report["favours"]}
    return CalibrationPage(
        calibration=newest,
        report=report,
        people={str(key): name for key, name in Person.objects.filter(pk__in=own).values_list("pk", "name")},
        vendors={str(key): name for key, name in Company.objects.filter(pk__in=vendors).values_list("pk", "short_name")},
    )


def calibration_known(actor: Actor) -> CalibrationPage:
    """As `calibration_page`, or `NotFound` where inspectors have not been compared yet."""
    page = calibration_page(actor)
    if page is None:
        raise NotFound
    return page


def own_inspectors(actor: Actor, calibration: Calibration) -> frozenset[str]:
    """The inspectors who were on a contract line in the offices where the actor compares inspectors."""
    seen = set(ContractLine.objects.for_actor(actor).values_list("pk", flat=True))
    return frozenset(inspector for inspector, lines in calibration.lines.items() if seen & set(lines))


def inspector_figures(page: CalibrationPage, inspector: str) -> Report:
    """Everything the comparison says of one inspector, or `NotFound`."""
    if inspector not in page.people:
        raise NotFound
    single = {
        key: next((one for one in page.report[key] if one["inspector"] == inspector), None)
        for key in ("inspectors", "sameness", "drifts", "agreements")
    }
    return {**single, "favours": [one for one in page.report["favours"] if one["inspector"] == inspector]}


def lenient_share(actor: Actor, line_id: int, start: date, end: date) -> tuple[int, int, int]:
    """Checks of a contract line from `start` to `end`: by inspectors marked lenient, by those marked severe, and all.

    Three statements. Judged by the newest comparison of the line's company; without one nobody is marked, and to who does
    not compare inspectors everything is nothing.
    """
    if not does_calibration(actor):
        return (0, 0, 0)
    line = ContractLine.objects.select_related("estate__office").get(pk=line_id)
    newest = Calibration.objects.filter(tenant__path=line.estate.office.tenant_path).order_by("-made_at", "-pk").first()
    if newest is None:
        return (0, 0, 0)
    marks = {int(one["inspector"]): one["mark"] for one in newest.report["inspectors"]}
    rows = CheckResult.objects.filter(line_id=line_id, day__range=(start, end)).order_by().values_list("inspector_id")
    counts: Counter[str] = Counter()
    for person, count in rows.annotate(count=Count("pk")):
        counts[marks.get(person or 0, "")] += count
    return (counts["lenient"], counts["severe"], counts.total())


def _narrowed(report: Report, own: frozenset[str]) -> Report:
    lists = ("inspectors", "favours", "sameness", "drifts", "agreements")
    return {
        **report,
        **{key: [one for one in report[key] if one["inspector"] in own] for key in lists},
        "components": [mine for names in report["components"] if (mine := [name for name in names if name in own])],
    }
