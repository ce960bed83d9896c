"""The open findings of an estate on its plan, on the ground, or by building and floor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.estates.domain.places import natural_order
from duban.inspections.selectors.plan import PlanPage, plan_estates, plan_page
from duban.inspections.tables import grade_badge, place_words
from duban.inspections.views.finding_words import finding_rows
from duban.inspections.views.frame import section_links
from duban.platform.requests import actor_of
from duban.platform.ui.charts import Chart, HeatCell, Heatmap, PlanDot, PlanMap


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
        return PlanMap(dots=_dots(page), picture=page.picture)
    return _grid(page) if page.fields else None


def _dots(page: PlanPage) -> list[PlanDot]:
    rows = finding_rows([dot.finding for dot in page.dots])
    return [
        PlanDot(
            x=dot.x,
            y=dot.y,
            label=f"{row.code} {row.item}",
            hint=f"{place_words(dot.finding)} · {row.state.label} · {grade_badge(dot.finding).label}",
            tone="bad" if getattr(dot.finding, "is_late", False) else "warning",
            url=row.url,
        )
        for dot, row in zip(page.dots, rows, strict=True)
    ]


def _grid(page: PlanPage) -> Heatmap:
    named = [(field.building or _("No place"), field.floor or _("Whole building"), field.count) for field in page.fields]
    columns = sorted({building for building, _floor, _count in named}, key=natural_order)
    floors = sorted({floor for _building, floor, _count in named}, key=natural_order, reverse=True)
    cells = [HeatCell(building, floor, count) for building, floor, count in named]
    most = max(count for _building, _floor, count in named)
    return Heatmap(columns=columns, rows=floors, cells=cells, minimum=0, maximum=most, is_more_worse=True)
