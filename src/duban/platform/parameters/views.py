from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duban.platform.audit.selectors import timeline_of
from duban.platform.forms import apply_errors
from duban.platform.parameters.forms import CorrectionForm, ParameterForm
from duban.platform.parameters.selectors import parameter_get, parameter_name, parameter_register
from duban.platform.parameters.services import PARAMETERS_EDIT, parameter_correct, parameter_enter
from duban.platform.requests import actor_of


def parameter_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = {"groups": parameter_register(actor), "can_edit": actor.can(PARAMETERS_EDIT)}
    return render(request, "platform/parameter_list.html", page)


def parameter_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(PARAMETERS_EDIT)
    form = ParameterForm(request.POST or None, initial={"key": request.GET.get("key", "")})
    if form.is_valid():
        with apply_errors(form):
            parameter_enter(actor=actor, new=form.new_value())
            messages.success(request, _("Saved."))
            return redirect("parameters:list")
    page = {"form": form, "heading": _("New value")}
    return render(request, "platform/parameter_form.html", page, status=422 if form.is_bound else 200)


def parameter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    parameter = parameter_get(actor, pk)
    actor.require(PARAMETERS_EDIT)
    form = CorrectionForm(request.POST or None, instance=parameter)
    if form.is_valid():
        parameter_correct(actor=actor, parameter=parameter_get(actor, pk), **form.corrected())
        messages.success(request, _("Saved."))
        return redirect("parameters:list")
    page = {"form": form, "heading": parameter_name(parameter.key), "timeline": timeline_of(parameter)}
    return render(request, "platform/parameter_form.html", page, status=422 if form.is_bound else 200)
