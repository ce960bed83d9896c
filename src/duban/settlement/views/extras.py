"""What is agreed or decided beside the terms: change orders, bonuses and deductions, released retention."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duban.platform.requests import actor_of
from duban.settlement.forms import AdjustmentForm, ChangeOrderForm, ReleaseForm
from duban.settlement.permissions import Code
from duban.settlement.selectors.statements import retention_held, statement_get
from duban.settlement.services.building import statements_build
from duban.settlement.services.extras import adjustment_add, change_order_add
from duban.settlement.services.paying import retention_release


@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    statement = statement_get(actor, code)
    actor.require(Code.EDIT, statement.contract.office.path)
    form = AdjustmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        adjustment_add(actor=actor, contract=statement.contract, period=statement.period, **form.cleaned_data)
        statements_build(actor=actor, period=statement.period, contracts=[statement.contract_id])
        return redirect("settlement:list")
    context = {"form": form, "statement": statement, "title": gettext("Add a bonus or a deduction")}
    return render(request, "settlement/statement_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def change_order(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    statement = statement_get(actor, code)
    actor.require(Code.EDIT, statement.contract.office.path)
    form = ChangeOrderForm(request.POST or None, initial={"from_on": statement.starts_on})
    if request.method == "POST" and form.is_valid():
        change_order_add(actor=actor, contract=statement.contract, **form.cleaned_data)
        statements_build(actor=actor, period=statement.period, contracts=[statement.contract_id])
        return redirect("settlement:list")
    context = {"form": form, "statement": statement, "title": gettext("Add a change order")}
    return render(request, "settlement/statement_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    statement = statement_get(actor, code)
    actor.require(Code.PAY, statement.contract.office.path)
    held = retention_held(statement.contract)
    form = ReleaseForm(request.POST or None, initial={"amount": held, "on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        retention_release(actor=actor, contract=statement.contract, **form.cleaned_data)
        messages.success(request, gettext("The retention was released."))
        return redirect("settlement:detail", code)
    context = {"form": form, "statement": statement, "title": gettext("Release retention")}
    return render(request, "settlement/statement_form.html", context, status=422 if form.is_bound else 200)
