from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.scorecards.forms import AppealForm, DecisionForm
from duban.scorecards.permissions import Right, can_appeal
from duban.scorecards.selectors.appeal_page import appeal_list, appeal_page, choices_of, points_chosen
from duban.scorecards.selectors.cards import appeal_get, card_get
from duban.scorecards.services import appeal_decide, appeal_withdraw, card_appeal
from duban.scorecards.tables import APPEALS


@require_GET
def appeal_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return APPEALS.answer(request, appeal_list(actor), "scorecards/appeal_list.html")


@require_http_methods(["GET", "POST"])
def appeal_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    card = card_get(actor, code)
    if not can_appeal(actor, card):
        raise NotAllowed
    chosen = request.POST.getlist("points")
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            points = points_chosen(chosen, form.cleaned_data["ground"])
            card_appeal(actor=actor, card=card, points=points, files=form.cleaned_data["papers"])
        if form.is_valid():
            messages.success(request, _("The appeal is in. You will be told when it is decided."))
            return redirect("scorecards:detail", code)
    context = {"card": card, "form": form, "choices": choices_of(card, set(chosen))}
    return render(request, "scorecards/appeal_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def appeal_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    appeal = appeal_get(actor, code)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            uphold = form.cleaned_data["decision"] == "uphold"
            appeal_decide(actor=actor, appeal=appeal, uphold=uphold, note=form.cleaned_data["note"])
            messages.success(request, _("Decided."))
            return redirect("scorecards:appeal_detail", code)
    context = {"page": appeal_page(actor, appeal), "form": form}
    return render(request, "scorecards/appeal_detail.html", context, status=422 if form.is_bound else 200)


@require_POST
def appeal_take_back(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    appeal = appeal_get(actor, code)
    appeal_withdraw(actor=actor, appeal=appeal)
    messages.success(request, _("The appeal is withdrawn."))
    return redirect("scorecards:detail", appeal.card.code)
