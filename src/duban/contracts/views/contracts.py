"""Contracts: register, page, drawing up, moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.contracts.domain.states import CONTRACT_STATES
from duban.contracts.forms import ActivationForm, ContractForm, NewContractForm, TerminationForm
from duban.contracts.permissions import Code, can_edit
from duban.contracts.selectors import contract_get, contract_lines, contracts_listed, outsourcing_with
from duban.contracts.services import (
    contract_activate,
    contract_create,
    contract_resume,
    contract_suspend,
    contract_terminate,
    contract_update,
)
from duban.contracts.tables import CONTRACTS, left_words
from duban.contracts.views.frame import (
    contract_actions,
    contract_crumbs,
    contract_facts,
    form_page,
    list_actions,
    list_links,
    outsourcing_rows,
    service_heads,
)
from duban.contracts.views.pieces import contract_milestones, gate_groups, lines_context
from duban.kernel.errors import NotFound
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Crumb, badge_of

MOVES = {"suspend": contract_suspend, "resume": contract_resume}


@require_GET
def contract_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Contracts"), "links": list_links("list"), "actions": list_actions(actor)}
    return CONTRACTS.answer(request, contracts_listed(actor), "contracts/list.html", context)


@require_GET
def contract_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    tab = request.GET.get("tab", "lines")
    context = {
        "contract": contract,
        "state": badge_of(CONTRACT_STATES, contract.state),
        "subtitle": f"{contract.code} · {left_words(contract)}".rstrip(" ·"),
        "facts": contract_facts(contract, shows_vendor=actor.can("vendors.view")),
        "milestones": contract_milestones(contract),
        "actions": contract_actions(actor, contract),
        "can_edit": can_edit(actor, contract),
        "crumbs": contract_crumbs(contract),
        **lines_context(contract, tab),
    }
    return render(request, "contracts/contract_detail.html", context)


@require_http_methods(["GET", "POST"])
def contract_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.EDIT)
    form = NewContractForm(request.POST or None, actor=actor)
    if form.is_valid():
        cleaned = form.cleaned_data
        with apply_errors(form):
            contract = contract_create(actor=actor, office=cleaned["office"], vendor=cleaned["vendor"], details=form.details())
            messages.success(request, _("The draft is made; add its lines."))
            return redirect("contracts:detail", contract.code)
    crumbs = [Crumb(_("Contracts"), reverse("contracts:list")), Crumb(_("New"))]
    return form_page(request, form, _("Draw up a contract"), crumbs, reverse("contracts:list"))


@require_http_methods(["GET", "POST"])
def contract_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    actor.require(Code.EDIT, contract.office.path)
    form = ContractForm(request.POST or None, initial=ContractForm.initial_of(contract))
    back_url = reverse("contracts:detail", args=[code])
    if form.is_valid():
        with apply_errors(form):
            contract_update(actor=actor, contract=contract, details=form.details())
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, contract.title, contract_crumbs(contract, _("Edit")), back_url)


@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    actor.require(Code.ACTIVATE, contract.office.path)
    form = ActivationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with apply_errors(form):
            contract_activate(actor=actor, contract=contract, note=form.cleaned_data["note"])
            messages.success(request, _("The contract is in performance."))
            return redirect("contracts:detail", code)
    extra = {
        "gates": gate_groups(contract_lines(contract)),
        "outsourcing": outsourcing_rows(outsourcing_with(contract), links=True),
        "service_heads": service_heads(),
    }
    back_url = reverse("contracts:detail", args=[code])
    return form_page(
        request, form, _("Put into performance"), contract_crumbs(contract, _("Put into performance")), back_url, **extra
    )


@require_http_methods(["GET", "POST"])
def terminate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    actor.require(Code.TERMINATE, contract.office.path)
    form = TerminationForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            contract_terminate(actor=actor, contract=contract, **form.cleaned_data)
            messages.success(request, _("The contract is terminated."))
            return redirect("contracts:detail", code)
    back_url = reverse("contracts:detail", args=[code])
    return form_page(request, form, _("Terminate"), contract_crumbs(contract, _("Terminate")), back_url)


@require_POST
def move(request: HttpRequest, code: str, name: str) -> HttpResponse:
    actor = actor_of(request)
    contract = contract_get(actor, code)
    if name not in MOVES:
        raise NotFound
    MOVES[name](actor=actor, contract=contract, note=request.POST.get("note", ""))
    messages.success(request, _("Saved."))
    return redirect("contracts:detail", code)
