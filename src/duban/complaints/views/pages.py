"""Complaints: list, intake, detail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.complaints.forms import IntakeForm
from duban.complaints.permissions import Code
from duban.complaints.selectors import complaint_get, complaint_list, complaint_page
from duban.complaints.services import complaint_receive
from duban.complaints.tables import COMPLAINTS
from duban.complaints.views.words import detail_context
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action

UNPROCESSABLE = 422


@require_GET
def complaint_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    may_enter = bool(actor.office_paths(Code.EDIT))
    actions = (
        [Action(_("Enter a complaint"), reverse("complaints:new"), method="get", tone="primary", symbol="plus")]
        if may_enter
        else []
    )
    return COMPLAINTS.answer(request, complaint_list(actor), "complaints/complaint_list.html", {"actions": actions})


@require_http_methods(["GET", "POST"])
def complaint_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.office_paths(Code.EDIT):
        raise NotAllowed
    form = IntakeForm(actor, request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            complaint = complaint_receive(actor=actor, entry=form.entry())
            messages.success(request, _("The complaint is entered and its clock is running."))
            return redirect("complaints:detail", complaint.code)
    return render(request, "complaints/complaint_new.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@require_GET
def complaint_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = complaint_page(actor, complaint_get(actor, code))
    return render(request, "complaints/complaint_detail.html", detail_context(actor, page))
