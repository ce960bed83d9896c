"""What is known of lines when a plan by risk decides how often: from here, and through the wiring from further up."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import cast

from django.db.models import Count, Q
from django.utils.module_loading import import_string

from duban.inspections.domain.frequency import Factors
from duban.inspections.domain.frequency_calc import DEFAULTS, factors_of
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, InspectionPlan, RiskRating
from duban.platform.parameters.selectors import values_on
from duban.platform.tables_by_name import wired

PREFIX, DAYS = "risk.", "risk.days"
Ground = Callable[[Collection[int], date, date], Mapping[int, object]]


def factors_in_force(tenant_path: str, on: date) -> tuple[Factors, timedelta]:
    """The factors of a company on a day with their sources, and how far is looked back: one query."""
    values = values_on(PREFIX, on=on, tenant_path=tenant_path)
    numbers = {name: values[f"{PREFIX}{name}"].value for name in DEFAULTS}
    sources = {name: values[f"{PREFIX}{name}"].source for name in DEFAULTS}
    return factors_of(numbers, sources), timedelta(days=int(values[DAYS].value))


def checks_of_lines(lines: Collection[int], start: date, end: date) -> dict[int, tuple[int, int]]:
    """Line → checks and failed checks of the days, both ends included: one statement."""
    rows = CheckResult.objects.filter(line__in=lines, day__range=(start, end), verdict__in=(Verdict.FAIL, Verdict.PASS))
    counted = rows.order_by().values("line").annotate(all=Count("pk"), failed=Count("pk", filter=Q(verdict=Verdict.FAIL)))
    return {line: (whole, failed) for line, whole, failed in counted.values_list("line", "all", "failed")}


def grounds_from_above(name: str, lines: Collection[int], start: date, end: date) -> Mapping[int, object]:
    """Line → what the function named in the wiring knows of it; nothing where none is named."""
    path = cast("Mapping[str, str]", wired("DUBAN_RISK_GROUNDS")).get(name)
    return cast("Ground", import_string(path))(lines, start, end) if path else {}


def ratings_known(plans: Collection[InspectionPlan], first: date) -> dict[tuple[int, int, date], int]:
    """(plan, line, first day of the period) → rounds, of periods that were rated already: one statement."""
    rows = RiskRating.objects.filter(plan__in=[plan.pk for plan in plans], opens_on__gte=first)
    return {(plan, line, opens): times for plan, line, opens, times in rows.values_list("plan", "line", "opens_on", "times")}
