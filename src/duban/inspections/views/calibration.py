"""Comparing inspectors: the newest comparison, and one inspector."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.inspections.selectors.calibration import calibration_page, inspector_figures
from duban.inspections.views.calibration_figures import (
    calibration_tiles,
    comparison_links,
    drift_chart,
    favour_chart,
    forest_chart,
    inspector_crumbs,
    inspector_rows,
    step_rows,
)
from duban.inspections.views.calibration_words import inspector_readings, readings
from duban.kernel.errors import NotFound
from duban.platform.requests import actor_of


@require_GET
def calibration_page_view(request: HttpRequest) -> HttpResponse:
    page = calibration_page(actor_of(request))
    context: dict[str, object] = {"page": page, "title": _("Inspector calibration"), "links": comparison_links()}
    if page is not None:
        context |= {
            "tiles": calibration_tiles(page),
            "readings": readings(page),
            "forest": forest_chart(page),
            "favours": favour_chart(page),
            "drift": drift_chart(page),
            "rows": inspector_rows(page),
            "steps": step_rows(page),
        }
    return render(request, "inspections/calibration.html", context)


@require_GET
def inspector_page(request: HttpRequest, person: str) -> HttpResponse:
    page = calibration_page(actor_of(request))
    if page is None:
        raise NotFound
    figures = inspector_figures(page, person)
    context = {
        "title": page.people[person],
        "crumbs": inspector_crumbs(page, person),
        "page": page,
        "readings": inspector_readings(page, figures),
        "drift": drift_chart(page, person),
        "favours": favour_chart(page, person),
    }
    return render(request, "inspections/calibration_inspector.html", context)
