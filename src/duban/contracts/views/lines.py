"""Lines of a draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.contracts.forms import LineForm
from duban.contracts.permissions import Code
from duban.contracts.selectors import contract_get, line_by_number
from duban.contracts.services import line_remove, line_save
from duban.contracts.views.frame import contract_crumbs, form_page
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of


@require_http_methods(["GET", "POST"])
def line_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    actor.require(Code.EDIT, contract.office.path)
    initial = {"starts_on": contract.starts_on, "ends_on": contract.ends_on}
    form = LineForm(request.POST or None, actor=actor, initial=initial)
    if form.is_valid():
        chosen = form.cleaned_data
        with apply_errors(form):
            line_save(
                actor=actor, contract=contract, estate=chosen["estate"], standard=chosen["standard"], details=form.details()
            )
            messages.success(request, _("The line is added."))
            return redirect("contracts:detail", code)
    back_url = reverse("contracts:detail", args=[code])
    return form_page(request, form, _("Add a line"), contract_crumbs(contract, _("Line")), back_url)


@require_http_methods(["GET", "POST"])
def line_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    line = line_by_number(actor, code, number)
    contract = line.contract
    actor.require(Code.EDIT, contract.office.path)
    form = LineForm(request.POST or None, actor=actor, initial=LineForm.initial_of(line))
    if form.is_valid():
        chosen, details = form.cleaned_data, form.details()
        with apply_errors(form):
            line_save(
                actor=actor, contract=contract, line=line, estate=chosen["estate"], standard=chosen["standard"], details=details
            )
            messages.success(request, _("Saved."))
            return redirect("contracts:detail", code)
    back_url = reverse("contracts:detail", args=[code])
    return form_page(request, form, str(line.number), contract_crumbs(contract, _("Line")), back_url)


@require_POST
def line_delete(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    line_remove(actor=actor, line=line_by_number(actor, code, number))
    messages.success(request, _("The line is removed."))
    return redirect("contracts:detail", code)
