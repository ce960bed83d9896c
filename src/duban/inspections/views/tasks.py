"""Tasks: list, detail, results entered in the office, moves, who makes them."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.contracts.selectors.options import chain_url
from duban.inspections.domain.visits import VisitInput
from duban.inspections.forms import AssignTasksForm, TaskEntryForm, VisitGrid
from duban.inspections.models import InspectionTask
from duban.inspections.permissions import Code
from duban.inspections.selectors.form_answers import forms_of_task
from duban.inspections.selectors.tasks import inspectors_for, places_of_task, task_get, task_list, task_page, task_to_enter
from duban.inspections.selectors.trust import marks_of_task
from duban.inspections.services import task_move, task_record, tasks_assign
from duban.inspections.tables import TASKS
from duban.inspections.views.frame import plan_links, record_actions
from duban.inspections.views.lot_words import lot_words
from duban.inspections.views.plan_words import task_facts, task_header
from duban.inspections.views.second_words import second_words
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.trust.words import trust_cards

UNPROCESSABLE = 422


@require_GET
def task_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Tasks"), "links": plan_links(actor, "tasks"), "actions": record_actions(actor)}
    return TASKS.answer(request, task_list(actor), "inspections/list.html", context)


@require_GET
def task_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = task_page(actor, task_get(actor, code))
    context = {
        "page": page,
        "header": task_header(actor, page),
        "facts": task_facts(page),
        "forms": forms_of_task(actor, page.task),
        "lot": lot_words(page.lot),
        "chain_url": chain_url(page.task.line, page.task.planned_on, "task"),
        "trust": trust_cards(actor, marks_of_task(page.task)),
        "seconds": second_words(actor, page.task),
    }
    return render(request, "inspections/task_detail.html", context)


@require_http_methods(["GET", "POST"])
def task_entry(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    task = task_to_enter(actor, code)
    posted = request.POST if request.method == "POST" else None
    initial = {"day": timezone.localdate(), "place": request.GET.get("place", "")}
    form = TaskEntryForm(task.line, places_of_task(task), posted, initial=initial)
    grid = VisitGrid(task.line, task.checklist, posted, request.FILES if posted else None)
    if posted and form.is_valid() and grid.is_valid():
        with apply_errors(form):
            ends = form.cleaned_data["is_finished"]
            task_record(actor=actor, task=task, entry=_entry(task, form, grid), is_finished=ends)
            messages.success(request, _("The results are recorded."))
            return redirect("inspections:task", code)
    context = {"form": form, "grid": grid, "task": task, "back": reverse("inspections:task", args=[code])}
    return render(request, "inspections/task_entry.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def task_assign(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    task = task_get(actor, code)
    actor.require_any(Code.PLAN, task.permission_paths()[:2])
    people = inspectors_for(task)
    posted = request.POST if request.method == "POST" else None
    form = AssignTasksForm(people, posted, initial={"inspectors": list(task.inspectors.values_list("pk", flat=True))})
    if posted is not None and form.is_valid():
        with apply_errors(form):
            tasks_assign(actor=actor, tasks=[task], people=[people[key] for key in form.cleaned_data["inspectors"]])
            messages.success(request, _("The inspectors are named."))
            return redirect("inspections:task", code)
    context = {"form": form, "task": task, "back": reverse("inspections:task", args=[code])}
    return render(request, "inspections/task_assign.html", context, status=UNPROCESSABLE if posted else 200)


@require_POST
def task_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    task = task_get(actor, code)
    task_move(actor=actor, task=task, move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The task is updated."))
    return redirect("inspections:task", code)


def _entry(task: InspectionTask, form: TaskEntryForm, grid: VisitGrid) -> VisitInput:
    """The visit for the service: every item is about the one place chosen above."""
    entry = grid.entry({**form.cleaned_data, "checklist": task.checklist, "is_announced": task.is_announced})
    place = form.cleaned_data["place"]
    return replace(entry, task_id=task.pk, lines=tuple(replace(line, place_id=place) for line in entry.lines))
