"""Items of a draft: adding, changing, taking out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.standards.forms import ItemForm
from duban.standards.permissions import can_edit
from duban.standards.selectors import item_get, standard_get
from duban.standards.services import item_remove, item_save
from duban.standards.views.frame import form_page, standard_crumbs


@require_http_methods(["GET", "POST"])
def item_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    if not can_edit(actor, standard):
        raise NotAllowed
    form = ItemForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            item_save(actor=actor, standard=standard, details=form.details())
            messages.success(request, _("The item is added."))
            return redirect("standards:detail", code)
    back_url = reverse("standards:detail", args=[code])
    return form_page(request, form, _("Add an item"), standard_crumbs(standard, _("Item")), back_url)


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    if not can_edit(actor, standard):
        raise NotAllowed
    item = item_get(standard, key)
    form = ItemForm(request.POST or None, initial=ItemForm.initial_of(item))
    if form.is_valid():
        with apply_errors(form):
            item_save(actor=actor, standard=standard, details=form.details(), item=item)
            messages.success(request, _("Saved."))
            return redirect("standards:detail", code)
    back_url = reverse("standards:detail", args=[code])
    return form_page(request, form, item.title, standard_crumbs(standard, item.number), back_url)


@require_POST
def item_take_out(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    item_remove(actor=actor, item=item_get(standard_get(actor, code), key))
    messages.success(request, _("The item is taken out."))
    return redirect("standards:detail", code)
