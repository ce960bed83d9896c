"""Inspection plans: list, detail, editor, moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.inspections.forms import InspectionPlanForm
from duban.inspections.permissions import Code
from duban.inspections.selectors.plans import plan_get, plan_list, plan_page, plan_to_edit
from duban.inspections.services import plan_change, plan_create, plan_move
from duban.inspections.tables import PLANS
from duban.inspections.views.frame import plan_links
from duban.inspections.views.lot_words import rating_rows
from duban.inspections.views.plan_words import coverage_tiles, curve_chart, curve_sentences, plan_facts, plan_header, task_rows
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action

UNPROCESSABLE = 422


@require_GET
def plan_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    new = Action(_("Make a plan"), reverse("inspections:plans_new"), method="get", tone="primary", symbol="plus")
    actions = [new] if actor.office_paths(Code.PLAN) else []
    context = {"title": _("Inspection plans"), "links": plan_links(actor, "plans"), "actions": actions}
    return PLANS.answer(request, plan_list(actor), "inspections/list.html", context)


@require_GET
def plan_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = plan_page(actor, plan_get(actor, code))
    context = {
        "page": page,
        "header": plan_header(actor, page),
        "facts": plan_facts(page),
        "tiles": coverage_tiles(page),
        "chart": curve_chart(page),
        "ratings": rating_rows(page.ratings),
        "sentences": curve_sentences(page),
        "coming": task_rows(page.coming),
        "past": task_rows(page.past),
    }
    return render(request, "inspections/plan_detail.html", context)


@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.PLAN)
    posted = request.POST if request.method == "POST" else None
    form = InspectionPlanForm(actor, posted, initial={"starts_on": timezone.localdate()})
    if posted and form.is_valid():
        with apply_errors(form):
            plan = plan_create(actor=actor, office=form.cleaned_data["office"], entry=form.entry())
            messages.success(request, _("The plan stands, with its tasks of the next two weeks."))
            return redirect("inspections:plans_one", plan.code)
    context = {"form": form, "title": _("Make a plan"), "back": reverse("inspections:plans")}
    return render(request, "inspections/plan_edit.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    plan = plan_to_edit(actor, code)
    posted = request.POST if request.method == "POST" else None
    form = InspectionPlanForm(actor, posted, plan=plan)
    if posted and form.is_valid():
        with apply_errors(form):
            plan_change(actor=actor, plan=plan, entry=form.entry())
            messages.success(request, _("The plan is changed; tasks to come are made anew."))
            return redirect("inspections:plans_one", code)
    context = {"form": form, "title": plan.name, "back": reverse("inspections:plans_one", args=[code])}
    return render(request, "inspections/plan_edit.html", context, status=UNPROCESSABLE if posted else 200)


@require_POST
def plan_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    plan_move(actor=actor, plan=plan_get(actor, code), move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The plan is updated."))
    return redirect("inspections:plans_one", code)
