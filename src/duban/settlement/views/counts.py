"""Counted work: entered by one side, confirmed or disputed by the other."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.kernel.period import Period
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action
from duban.platform.ui.listing import back_to_list, selected_codes
from duban.settlement.forms import CountForm, QuantityForm
from duban.settlement.models import WorkCount
from duban.settlement.permissions import Code, is_entering_side
from duban.settlement.selectors.count_page import count_page
from duban.settlement.selectors.counts import count_get, count_list, work_chosen
from duban.settlement.services.counting import (
    count_confirm,
    count_correct,
    count_dispute,
    count_enter,
    count_withdraw,
    counts_confirm,
)
from duban.settlement.tables import COUNTS

UNPROCESSABLE = 422


@require_GET
def count_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    add = Action(gettext("Enter counted work"), reverse("settlement:count_new"), method="get", tone="primary", symbol="plus")
    context = {"actions": [add] if actor.can(Code.COUNT) else []}
    return COUNTS.answer(request, count_list(actor), "settlement/count_list.html", context)


@require_http_methods(["GET", "POST"])
def count_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.COUNT)
    month = Period.month_of(timezone.localdate()).previous()
    form = CountForm(request.POST or None, request.FILES or None, actor=actor, initial={"period": month.code})
    if form.is_valid():
        with apply_errors(form):
            count = _enter(actor, form)
            messages.success(request, gettext("Entered. The other side has to confirm it."))
            return redirect("settlement:count", count.code)
    return _form_page(request, form, gettext("Enter counted work"), reverse("settlement:counts"))


@require_POST
def bulk_confirm(request: HttpRequest) -> HttpResponse:
    count = counts_confirm(actor=actor_of(request), codes=selected_codes(request))
    message = ngettext("{count} quantity confirmed.", "{count} quantities confirmed.", count).format(count=count)
    return back_to_list(request, "settlement:counts", message=message)


@require_GET
def count_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    count = count_get(actor, code)
    return render(request, "settlement/count_detail.html", {"count": count, "page": count_page(actor, count)})


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    count_confirm(actor=actor, count=count_get(actor, code))
    return redirect("settlement:count", code)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    count_withdraw(actor=actor, count=count_get(actor, code))
    return redirect("settlement:count", code)


@require_POST
def dispute(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    count_dispute(actor=actor, count=count_get(actor, code), reason=request.POST.get("note", ""))
    return redirect("settlement:count", code)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    count = count_get(actor, code)
    if not is_entering_side(actor, count):
        raise NotAllowed
    form = QuantityForm(request.POST or None, initial={"quantity": count.quantity.normalize(), "note": count.note})
    if form.is_valid():
        count_correct(actor=actor, count=count, **form.cleaned_data)
        return redirect("settlement:count", code)
    return _form_page(request, form, gettext("Correct"), reverse("settlement:count", args=[code]), count)


def _enter(actor: Actor, form: CountForm) -> WorkCount:
    entered = dict(form.cleaned_data)
    line, name = work_chosen(actor, entered.pop("work"))
    uploads = entered.pop("proofs")
    return count_enter(actor=actor, line=line, name=name, uploads=uploads, **entered)


def _form_page(
    request: HttpRequest, form: forms.Form, title: str, back_url: str, count: WorkCount | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "back_url": back_url, "subtitle": count.code if count else ""}
    return render(request, "settlement/count_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)
