from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.orgs.forms import MoveUnitForm, NewUnitForm, UnitForm
from duban.orgs.permissions import OrgsCode, can_edit_unit
from duban.orgs.selectors import person_list, tree_page, unit_get
from duban.orgs.services import unit_create, unit_edit, unit_move
from duban.orgs.tables import PEOPLE
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = {"rows": tree_page(actor), "can_edit": actor.can(OrgsCode.EDIT)}
    return render(request, "orgs/unit_tree.html", page)


@require_GET
def unit_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    unit = unit_get(actor, code)
    people = person_list(actor).filter(grants__unit=unit).distinct()
    page = {"unit": unit, "people": PEOPLE.page(request, people), "can_edit": can_edit_unit(actor, unit)}
    return render(request, "orgs/unit_detail.html", page)


def unit_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(OrgsCode.EDIT)
    form = NewUnitForm(request.POST or None, actor=actor, initial={"parent": request.GET.get("parent", "")})
    if form.is_valid():
        with apply_errors(form):
            unit = unit_create(actor=actor, **form.cleaned_data)
            return redirect("orgs:unit", unit.code)
    page = {"form": form, "heading": _("New unit")}
    return render(request, "orgs/form.html", page, status=422 if form.is_bound else 200)


def unit_change(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    unit = unit_get(actor, code)
    actor.require(OrgsCode.EDIT, unit.path)
    start = {"name": unit.name, "short_name": unit.short_name, "city": unit.city}
    form = UnitForm(request.POST or None, initial=start)
    if form.is_valid():
        unit_edit(actor=actor, unit=unit, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("orgs:unit", unit.code)
    return render(request, "orgs/form.html", {"form": form, "heading": unit.name}, status=422 if form.is_bound else 200)


def unit_relocate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    unit = unit_get(actor, code)
    actor.require(OrgsCode.EDIT, unit.path)
    form = MoveUnitForm(request.POST or None, actor=actor, unit=unit)
    if form.is_valid():
        with apply_errors(form):
            unit_move(actor=actor, unit=unit, parent=form.cleaned_data["parent"])
            messages.success(request, _("Moved, with everything below it."))
            return redirect("orgs:unit", unit.code)
    page = {"form": form, "heading": _("Move “{name}”").format(name=unit.name)}
    return render(request, "orgs/form.html", page, status=422 if form.is_bound else 200)
