"""What is done with a complaint; each answers with the page of the complaint."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.complaints.forms import PromiseForm, ReplyForm, RouteForm, ValidityForm
from duban.complaints.models import Complaint
from duban.complaints.selectors import complaint_get, complaint_page, line_get
from duban.complaints.services import (
    complaint_move,
    complaint_pause,
    complaint_renegotiate,
    complaint_reply,
    complaint_resume,
    complaint_route,
    complaint_validate,
)
from duban.complaints.views.words import detail_context
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_POST
def route(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint = complaint_get(actor, code)
    form = RouteForm(complaint, request.POST)
    return _answer(
        request,
        complaint,
        ("route_form", form),
        lambda: complaint_route(actor=actor, complaint=complaint, line=line_get(actor, form.cleaned_data["line"])),
    )


@require_POST
def reply(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint = complaint_get(actor, code)
    form = ReplyForm(request.POST)
    return _answer(
        request,
        complaint,
        ("reply_form", form),
        lambda: complaint_reply(actor=actor, complaint=complaint, **form.cleaned_data),
    )


@require_POST
def validate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint = complaint_get(actor, code)
    form = ValidityForm(request.POST)
    return _answer(
        request,
        complaint,
        ("validity_form", form),
        lambda: complaint_validate(
            actor=actor,
            complaint=complaint,
            is_valid=form.cleaned_data["is_valid_complaint"],
            reason=form.cleaned_data["reason"],
        ),
    )


@require_POST
def promise(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint = complaint_get(actor, code)
    form = PromiseForm(request.POST)
    return _answer(
        request,
        complaint,
        ("promise_form", form),
        lambda: complaint_renegotiate(actor=actor, complaint=complaint, **form.cleaned_data),
    )


@require_POST
def pause(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint_pause(actor=actor, complaint=complaint_get(actor, code), reason=request.POST.get("note", ""))
    return _done(request, code)


@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    complaint_resume(actor=actor, complaint=complaint_get(actor, code))
    return _done(request, code)


@require_POST
def move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    complaint_move(actor=actor, complaint=complaint_get(actor, code), move=move, note=request.POST.get("note", ""))
    return _done(request, code)


def _answer(
    request: HttpRequest, complaint: Complaint, shown: tuple[str, forms.Form], save: Callable[[], object]
) -> HttpResponse:
    name, form = shown
    if form.is_valid():
        with apply_errors(form):
            save()
            return _done(request, complaint.code)
    actor = actor_of(request)
    context = {**detail_context(actor, complaint_page(actor, complaint)), name: form}
    return render(request, "complaints/complaint_detail.html", context, status=UNPROCESSABLE)


def _done(request: HttpRequest, code: str) -> HttpResponse:
    messages.success(request, _("The complaint is updated."))
    return redirect("complaints:detail", code)
