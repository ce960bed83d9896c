"""Visits: list, detail, entry."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import chain_url, line_label
from duban.inspections.forms import VisitForm, VisitGrid
from duban.inspections.selectors import line_to_inspect, visit_get, visit_list, visit_page
from duban.inspections.services import record_visit
from duban.inspections.tables import VISITS
from duban.inspections.views.frame import calibration_links, record_actions, section_links
from duban.inspections.views.words import visit_rows
from duban.kernel.actor import Actor
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_GET
def visit_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {
        "title": _("Visits"),
        "links": [*section_links("list"), *calibration_links(actor)],
        "actions": record_actions(actor),
    }
    return VISITS.answer(request, visit_list(actor), "inspections/list.html", context)


@require_GET
def visit_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = visit_page(actor, visit_get(actor, code))
    line = page.visit.line
    context = {
        "page": page,
        "rows": visit_rows(page),
        "title": line_label(line),
        "chain_url": chain_url(line, page.visit.day, "task"),
    }
    return render(request, "inspections/visit_detail.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    line = _line(actor, (posted or request.GET).get("line", ""))
    form = VisitForm(actor, line, posted, initial=_initial(request))
    grid = VisitGrid(line, form.chosen_checklist(), posted, request.FILES if posted else None) if line is not None else None
    if posted and line is not None and grid is not None and form.is_valid() and grid.is_valid():
        with apply_errors(form):
            visit = record_visit(actor=actor, line=line, entry=grid.entry(form.cleaned_data))
            messages.success(request, _("The visit is recorded."))
            return redirect("inspections:visit", visit.code)
    context = {"form": form, "grid": grid, "line": line}
    return render(request, "inspections/visit_new.html", context, status=UNPROCESSABLE if posted else 200)


def _initial(request: HttpRequest) -> dict[str, object]:
    return {"day": timezone.localdate(), "is_announced": True, **request.GET.dict()}


def _line(actor: Actor, key: str) -> ContractLine | None:
    return line_to_inspect(actor, int(key)) if key.isdecimal() else None
