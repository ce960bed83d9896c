"""What the figures of one inspector were made from: lines and quarters beside the others, checks, visits, checks made twice."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from duban.contracts.models import ContractLine
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, Reinspection, Visit
from duban.inspections.selectors.calibration import CalibrationPage
from duban.inspections.selectors.reinspections import TWICE_WITH
from duban.inspections.selectors.results import results_of
from duban.inspections.selectors.visits import visit_list
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.period import Period

COUNTED = (Verdict.FAIL, Verdict.PASS)


@dataclass(frozen=True)
class Stratum:
    """One contract line in one quarter: what the inspector passed of what was checked, and what the others did there."""

    line: ContractLine
    quarter: str
    passed: int
    total: int
    others_passed: int
    others_total: int

    @property
    def rate(self) -> float:
        """Share the inspector passed."""
        return self.passed / self.total

    @property
    def others_rate(self) -> float | None:
        """Share the others passed, or nothing where nobody else was."""
        return self.others_passed / self.others_total if self.others_total else None


def inspector_strata(actor: Actor, page: CalibrationPage, person: str) -> list[Stratum]:
    """Every line and quarter in which the inspector checked, by line and quarter: two statements."""
    seen = ContractLine.objects.for_actor(actor).filter(pk__in=page.calibration.lines.get(person, ()))
    lines = {line.pk: line for line in seen.select_related("estate", "contract__vendor")}
    own, passed = Q(inspector_id=int(person)), Q(verdict=Verdict.PASS)
    span = (page.calibration.starts_on, page.calibration.ends_on)
    counted = CheckResult.objects.filter(line__in=list(lines), day__range=span, verdict__in=COUNTED, inspector__isnull=False)
    rows = (
        counted.order_by()
        .values("line_id", "day")
        .annotate(
            mine=Count("pk", filter=own),
            fine=Count("pk", filter=own & passed),
            all=Count("pk"),
            good=Count("pk", filter=passed),
        )
    )
    sums: defaultdict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for line, day, *counts in rows.values_list("line_id", "day", "fine", "mine", "good", "all"):
        key = (line, Period.quarter_of(day).code)
        sums[key] = [before + more for before, more in zip(sums[key], counts, strict=True)]
    return [
        Stratum(lines[line], quarter, fine, mine, good - fine, whole - mine)
        for (line, quarter), (fine, mine, good, whole) in sorted(sums.items())
        if mine
    ]


def inspector_checks(actor: Actor, page: CalibrationPage, person: str) -> "QuerySet[CheckResult]":
    """The very checks that count for an inspector; `NotFound` for somebody the actor does not compare."""
    own = _own(page, person)
    return results_of(actor, int(person)).filter(**own, verdict__in=COUNTED)


def inspector_visits(actor: Actor, page: CalibrationPage, person: str) -> "QuerySet[Visit]":
    """The inspector's visits in the days compared; `NotFound` for somebody the actor does not compare."""
    return visit_list(actor).filter(**_own(page, person))


def twice_of(actor: Actor, person: str) -> list[Reinspection]:
    """Visits of the inspector that were checked again, newest first, each with `checks` and `agreed`: one statement."""
    same = Q(opinions__verdict=F("opinions__first__verdict")) & (
        Q(opinions__severity=F("opinions__first__severity")) | ~Q(opinions__verdict=Verdict.FAIL)
    )
    agreed = Case(When(same, then=Value(1)), output_field=IntegerField())
    rows = Reinspection.objects.for_actor(actor).filter(visit__inspector_id=int(person), state="done")
    return list(rows.select_related(*TWICE_WITH).annotate(checks=Count("opinions"), agreed=Count(agreed)).order_by("-pk"))


def _own(page: CalibrationPage, person: str) -> dict[str, object]:
    if person not in page.people:
        raise NotFound
    return {"inspector_id": int(person), "day__range": (page.calibration.starts_on, page.calibration.ends_on)}
