"""Checklists drawn from a standard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.standards.forms import ChecklistForm
from duban.standards.permissions import can_edit
from duban.standards.selectors import checklist_get, checklist_items, checklists_of, standard_get
from duban.standards.services import checklist_create, checklist_remove, checklist_update
from duban.standards.tables import CHECKLISTS
from duban.standards.views.frame import form_page, section_links, standard_crumbs


@require_GET
def checklist_list(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Checklists"), "links": section_links("checklists")}
    return CHECKLISTS.answer(request, checklists_of(actor_of(request)), "standards/list.html", context)


@require_GET
def checklist_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    context = {
        "checklist": checklist,
        "items": checklist_items(checklist),
        "can_edit": can_edit(actor, checklist.standard),
        "crumbs": standard_crumbs(checklist.standard, checklist.name),
    }
    return render(request, "standards/checklist_detail.html", context)


@require_http_methods(["GET", "POST"])
def checklist_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    if not can_edit(actor, standard):
        raise NotAllowed
    form = ChecklistForm(request.POST or None, standard=standard)
    if form.is_valid():
        cleaned = form.cleaned_data
        checklist = checklist_create(actor=actor, standard=standard, name=cleaned["name"], item_keys=cleaned["items"])
        messages.success(request, _("The checklist is drawn."))
        return redirect("standards:checklist", checklist.code)
    back_url = reverse("standards:detail", args=[code])
    return form_page(request, form, _("Draw a checklist"), standard_crumbs(standard, _("Checklist")), back_url)


@require_http_methods(["GET", "POST"])
def checklist_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    if not can_edit(actor, checklist.standard):
        raise NotAllowed
    initial = {"name": checklist.name, "items": [item.key for item in checklist_items(checklist)]}
    form = ChecklistForm(request.POST or None, standard=checklist.standard, initial=initial)
    back_url = reverse("standards:checklist", args=[code])
    with apply_errors(form):
        if form.is_valid():
            cleaned = form.cleaned_data
            checklist_update(actor=actor, checklist=checklist, name=cleaned["name"], item_keys=cleaned["items"])
            return redirect(back_url)
    return form_page(request, form, checklist.name, standard_crumbs(checklist.standard, checklist.name), back_url)


@require_POST
def checklist_delete(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    checklist_remove(actor=actor, checklist=checklist, note=request.POST.get("note", ""))
    messages.success(request, _("The checklist is removed."))
    return redirect("standards:checklists")
