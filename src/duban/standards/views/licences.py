"""Licence rules, and how a vendor stands with them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action, Crumb
from duban.standards.forms import LicenceRuleForm
from duban.standards.permissions import Code, can_edit_rules
from duban.standards.selectors import company_gate_rows, licence_rule_get, licence_rules_of
from duban.standards.services import licence_rule_create, licence_rule_remove, licence_rule_update
from duban.standards.views.frame import form_page, section_links
from duban.vendors.selectors import company_get, tenant_of


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Licence rules"), reverse("standards:licences")), Crumb(_("Rule"))]


@require_GET
def licence_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    can_edit = can_edit_rules(actor)
    add = Action(_("Add a rule"), reverse("standards:licence_new"), method="get", symbol="plus")
    context = {
        "rules": list(licence_rules_of(actor)),
        "links": section_links("licences"),
        "can_edit": can_edit,
        "actions": [add] if can_edit else [],
    }
    return render(request, "standards/licences.html", context)


@require_http_methods(["GET", "POST"])
def licence_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not can_edit_rules(actor):
        raise NotAllowed
    form = LicenceRuleForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            licence_rule_create(actor=actor, tenant=tenant_of(actor), requirement=form.requirement())
            messages.success(request, _("The rule is added."))
            return redirect("standards:licences")
    return form_page(request, form, _("Add a rule"), _crumbs(), reverse("standards:licences"))


@require_http_methods(["GET", "POST"])
def licence_edit(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    rule = licence_rule_get(actor, key)
    if not can_edit_rules(actor):
        raise NotAllowed
    form = LicenceRuleForm(request.POST or None, initial=LicenceRuleForm.initial_of(rule))
    if form.is_valid():
        with apply_errors(form):
            licence_rule_update(actor=actor, rule=rule, requirement=form.requirement())
            messages.success(request, _("Saved."))
            return redirect("standards:licences")
    removal = Action(_("Remove the rule"), reverse("standards:licence_remove", args=[key]), tone="danger", needs_note=True)
    return form_page(request, form, str(rule), _crumbs(), reverse("standards:licences"), actions=[removal])


@require_POST
def licence_remove(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    licence_rule_remove(actor=actor, rule=licence_rule_get(actor, key), note=request.POST.get("note", ""))
    messages.success(request, _("The rule is removed."))
    return redirect("standards:licences")


@require_GET
def vendor_panel(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    rows = company_gate_rows(company_get(actor, code), timezone.localdate())
    return render(request, "standards/vendor_panel.html", {"rows": rows})
