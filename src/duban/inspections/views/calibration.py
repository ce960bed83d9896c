"""Comparing inspectors: the newest comparison, one inspector, and what the figures were made from."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.inspections.selectors.calibration import calibration_known, calibration_page, inspector_figures
from duban.inspections.selectors.calibration_evidence import (
    inspector_checks,
    inspector_strata,
    inspector_visits,
    twice_of,
)
from duban.inspections.tables import CALIBRATION_CHECKS, VISITS
from duban.inspections.views.calibration_figures import (
    calibration_tiles,
    comparison_links,
    drift_chart,
    drift_map,
    favour_chart,
    forest_chart,
    inspector_rows,
    step_rows,
)
from duban.inspections.views.calibration_person import (
    evidence_frame,
    month_rows,
    person_crumbs,
    person_tiles,
    stratum_rows,
    twice_lines,
    vendor_rows,
)
from duban.inspections.views.calibration_words import inspector_readings, readings
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
            "drift": drift_map(page),
            "rows": inspector_rows(page),
            "steps": step_rows(page),
        }
    return render(request, "inspections/calibration.html", context)


@require_GET
def inspector_page(request: HttpRequest, person: str) -> HttpResponse:
    actor = actor_of(request)
    page = calibration_known(actor)
    figures = inspector_figures(page, person)
    context = {"title": page.people[person], "crumbs": person_crumbs(page, person), "page": page}
    context |= {"tiles": person_tiles(person, figures), "readings": inspector_readings(page, figures)}
    context |= {"drift": drift_chart(page, person), "months": month_rows(person, figures)}
    context |= {"favours": favour_chart(page, person), "vendors": vendor_rows(page, person, figures)}
    context |= {"strata": stratum_rows(person, inspector_strata(actor, page, person))}
    context |= {"twice": twice_lines(twice_of(actor, person))}
    return render(request, "inspections/calibration_inspector.html", context)


@require_GET
def inspector_checks_page(request: HttpRequest, person: str) -> HttpResponseBase:
    actor = actor_of(request)
    page = calibration_known(actor)
    rows = inspector_checks(actor, page, person)
    title = _("Checks by {name}").format(name=page.people[person])
    return CALIBRATION_CHECKS.answer(request, rows, "inspections/list.html", evidence_frame(page, person, title))


@require_GET
def inspector_visits_page(request: HttpRequest, person: str) -> HttpResponseBase:
    actor = actor_of(request)
    page = calibration_known(actor)
    rows = inspector_visits(actor, page, person)
    title = _("Visits by {name}").format(name=page.people[person])
    return VISITS.answer(request, rows, "inspections/list.html", evidence_frame(page, person, title))
