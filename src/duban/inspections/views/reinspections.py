"""Checks made twice: the list, the draw, one task."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.inspections.forms import DrawForm, TwiceGrid
from duban.inspections.permissions import Code
from duban.inspections.selectors.reinspections import reinspection_get, reinspection_list, reinspection_page
from duban.inspections.services.reinspections import reinspection_answer, reinspection_cancel, reinspections_draw
from duban.inspections.tables import REINSPECTIONS
from duban.inspections.views.frame import task_links
from duban.inspections.views.reinspection_words import (
    draw_actions,
    reinspection_actions,
    twice_facts,
    twice_rows,
)
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import badge_of

UNPROCESSABLE = 422


@require_GET
def reinspection_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Checks made twice"), "links": task_links(actor), "actions": draw_actions(actor)}
    return REINSPECTIONS.answer(request, reinspection_list(actor), "inspections/list.html", context)


@require_http_methods(["GET", "POST"])
def reinspection_draw(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.CALIBRATE)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            drawn = reinspections_draw(actor=actor, **form.cleaned_data)
            told = ngettext("%(count)d visit was drawn.", "%(count)d visits were drawn.", len(drawn))
            messages.success(request, told % {"count": len(drawn)})
            return redirect("inspections:reinspections")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/reinspection_draw.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def reinspection_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    task = reinspection_get(actor, code)
    page = reinspection_page(actor, task)
    grid = TwiceGrid(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and grid.is_valid():
        reinspection_answer(actor=actor, reinspection=task, opinions=grid.opinions())
        messages.success(request, _("Handed in. Now you may compare both."))
        return redirect("inspections:reinspection", code)
    context = {"page": page, "grid": grid, "facts": twice_facts(page), "rows": twice_rows(page)}
    context |= {"state": badge_of(task.STATES, task.state), "actions": reinspection_actions(page)}
    return render(request, "inspections/reinspection.html", context, status=UNPROCESSABLE if grid.is_bound else 200)


@require_POST
def reinspection_call_off(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    task = reinspection_get(actor, code)
    reinspection_cancel(actor=actor, reinspection=task, note=request.POST.get("note", ""))
    messages.success(request, _("The task is called off."))
    return redirect("inspections:reinspections")
