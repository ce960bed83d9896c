"""The open findings of an estate on its plan, on the ground, or by building and floor."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.estates.domain.places import natural_order
from duban.inspections.models import Finding
from duban.inspections.selectors.plan import Dot, PlanPage, plan_estates, plan_page
from duban.inspections.tables import grade_badge, place_words
from duban.inspections.views.finding_words import finding_rows
from duban.inspections.views.frame import section_links
from duban.platform.requests import actor_of
from duban.platform.ui.charts import Chart, HeatCell, Heatmap, PlanDot, PlanMap, PlanMark


@require_GET
def plan_home(request: HttpRequest) -> HttpResponse:
    first = plan_estates(actor_of(request)).first()
    if first is None:
        context = {"title": _("Plan of findings"), "links": section_links("plan")}
        return render(request, "inspections/plan_empty.html", context)
    return redirect("inspections:plan_of", first.code)


@require_GET
def plan_of(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = plan_page(actor, code)
    context = {
        "page": page,
        "estates": plan_estates(actor),
        "chart": _chart(page),
        "rows": finding_rows(page.findings),
        "links": section_links("plan"),
    }
    return render(request, "inspections/plan.html", context)


def _chart(page: PlanPage) -> Chart | None:
    if page.dots:
        marks = [PlanMark(spot.x, spot.y, spot.name) for spot in page.spots]
        return PlanMap(dots=_dots(page), picture=page.picture, ratio=_ratio(page), marks=marks)
    return _grid(page) if page.fields else None


def _ratio(page: PlanPage) -> float:
    plan = page.estate.plan if page.picture else None
    return plan.width / plan.height if plan and plan.width and plan.height else 1


def _dots(page: PlanPage) -> list[PlanDot]:
    """One dot for each spot: findings at the same spot would hide each other."""
    crowds: dict[tuple[Decimal, Decimal], list[Dot]] = {}
    for dot in page.dots:
        crowds.setdefault((dot.x, dot.y), []).append(dot)
    return [_dot([dot.finding for dot in crowd], x, y) for (x, y), crowd in crowds.items()]


def _dot(findings: list[Finding], x: Decimal, y: Decimal) -> PlanDot:
    rows = finding_rows(findings)
    alone = f"{place_words(findings[0])} · {rows[0].state.label} · {grade_badge(findings[0]).label}"
    several = "\n".join(f"{row.code} {row.item} · {row.state.label}" for row in rows)
    return PlanDot(
        x=x,
        y=y,
        label=place_words(findings[0]) if len(rows) > 1 else f"{rows[0].code} {rows[0].item}",
        hint=several if len(rows) > 1 else alone,
        tone="bad" if any(getattr(finding, "is_late", False) for finding in findings) else "warning",
        url=rows[0].url,
        count=len(rows),
    )


def _grid(page: PlanPage) -> Heatmap:
    named = [(field.building or _("No place"), field.floor or _("Whole building"), field.count) for field in page.fields]
    columns = sorted({building for building, _floor, _count in named}, key=natural_order)
    floors = sorted({floor for _building, floor, _count in named}, key=natural_order, reverse=True)
    cells = [HeatCell(building, floor, count) for building, floor, count in named]
    most = max(count for _building, _floor, count in named)
    return Heatmap(columns=columns, rows=floors, cells=cells, minimum=0, maximum=most, is_more_worse=True)
