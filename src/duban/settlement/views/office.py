"""Statements and payment terms in the office and for the vendor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action
from duban.platform.ui.listing import back_to_list, selected_codes
from duban.settlement.forms import BuildForm, PaymentForm
from duban.settlement.models import Statement
from duban.settlement.permissions import Code
from duban.settlement.selectors.statement_page import statement_page
from duban.settlement.selectors.statements import statement_get, statement_list, terms_get, terms_list
from duban.settlement.selectors.terms_page import terms_page as build_terms_page
from duban.settlement.services.answering import statement_confirm, statement_send, statements_send
from duban.settlement.services.building import statements_build
from duban.settlement.services.paying import payment_record, statement_finalise
from duban.settlement.tables import STATEMENTS, TERMS

MOVES: dict[str, Callable[..., Statement]] = {
    "send": statement_send,
    "confirm": statement_confirm,
    "finalise": statement_finalise,
}


@require_GET
def statement_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    context = {"actions": _list_actions(actor)}
    return STATEMENTS.answer(request, statement_list(actor), "settlement/statement_list.html", context)


def _list_actions(actor: Actor) -> list[Action]:
    actions = [
        Action(gettext("Payment terms"), reverse("settlement:terms"), method="get"),
        Action(gettext("Counted work"), reverse("settlement:counts"), method="get"),
    ]
    if actor.can(Code.EDIT):
        actions.append(Action(gettext("Compute statements"), reverse("settlement:build"), method="get", tone="primary"))
    return actions


@require_http_methods(["GET", "POST"])
def build(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.EDIT)
    last_month = Period.month_of(timezone.localdate()).previous()
    form = BuildForm(request.POST or None, initial={"period": last_month.code})
    if request.method == "POST" and form.is_valid():
        report = statements_build(actor=actor, period=form.cleaned_data["period"])
        return render(request, "settlement/build_report.html", {"report": report, "period": form.cleaned_data["period"]})
    return render(request, "settlement/build.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def bulk_send(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    count = statements_send(actor=actor, codes=selected_codes(request))
    message = ngettext("{count} statement sent.", "{count} statements sent.", count).format(count=count)
    return back_to_list(request, "settlement:list", message=message)


@require_GET
def statement_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    page = statement_page(actor, statement_get(actor, code))
    return render(request, "settlement/statement_detail.html", {"page": page, "statement": page.statement})


@require_POST
def move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    statement = statement_get(actor, code)
    if move not in MOVES:
        raise NotFound
    MOVES[move](actor=actor, statement=statement)
    messages.success(request, gettext("Done."))
    return redirect("settlement:detail", code)


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    statement = statement_get(actor, code)
    actor.require(Code.PAY, statement.contract.office.path)
    due = statement.payable_amount - statement.paid_amount
    form = PaymentForm(request.POST or None, initial={"amount": due, "paid_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        payment_record(actor=actor, statement=statement, **form.cleaned_data)
        messages.success(request, gettext("The payment was recorded."))
        return redirect("settlement:detail", code)
    context = {"form": form, "statement": statement, "title": gettext("Record a payment")}
    return render(request, "settlement/statement_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def terms_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    return TERMS.answer(request, terms_list(actor), "settlement/terms_list.html")


@require_GET
def terms_page(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    version = terms_get(actor, code)
    return render(request, "settlement/terms_detail.html", {"page": build_terms_page(actor, version), "version": version})
