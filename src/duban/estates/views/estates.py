"""Estates: list, page, entering, changing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.estates.forms import EstateForm, NewEstateForm
from duban.estates.permissions import Code, can_edit
from duban.estates.selectors import estate_figures, estate_get, estate_posts, estates_of, place_children
from duban.estates.selectors.staffing import with_staffing
from duban.estates.services import estate_create, estate_update
from duban.estates.tables import ESTATES
from duban.estates.views.frame import estate_actions, estate_crumbs, estate_facts, form_page, list_actions, list_links
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Crumb


@require_GET
def estate_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Estates"), "links": list_links("list"), "actions": list_actions(actor)}
    return ESTATES.answer(request, estates_of(actor), "estates/list.html", context)


@require_GET
def estate_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    estate = estate_get(actor, code)
    context = {
        "estate": estate,
        "facts": estate_facts(estate),
        "figures": estate_figures(estate),
        "places": place_children(estate, None),
        "posts": with_staffing(estate_posts(estate)),
        "actions": estate_actions(actor, estate),
        "can_edit": can_edit(actor, estate),
        "crumbs": estate_crumbs(estate),
    }
    return render(request, "estates/estate_detail.html", context)


@require_http_methods(["GET", "POST"])
def estate_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.EDIT)
    form = NewEstateForm(request.POST or None, actor=actor)
    if form.is_valid():
        with apply_errors(form):
            estate = estate_create(actor=actor, office=form.cleaned_data["office"], details=form.details())
            messages.success(request, _("The estate is entered."))
            return redirect("estates:detail", estate.code)
    crumbs = [Crumb(_("Estates"), reverse("estates:list")), Crumb(_("New"))]
    return form_page(request, form, _("Enter an estate"), crumbs, reverse("estates:list"))


@require_http_methods(["GET", "POST"])
def estate_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    estate = estate_get(actor, code)
    actor.require_any(Code.EDIT, estate.permission_paths())
    form = EstateForm(request.POST or None, initial=EstateForm.initial_of(estate))
    back_url = reverse("estates:detail", args=[code])
    if form.is_valid():
        with apply_errors(form):
            estate_update(actor=actor, estate=estate, details=form.details())
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, estate.name, estate_crumbs(estate, _("Edit")), back_url)
