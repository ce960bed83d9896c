"""Companies: list, page, entering, changing, contact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Crumb
from duban.vendors.forms import CompanyForm
from duban.vendors.permissions import Code, can_edit, can_reveal_contact
from duban.vendors.selectors import companies_listed, company_get, contact_masked, tenant_of
from duban.vendors.services import company_create, company_reveal_contact, company_set_active, company_update
from duban.vendors.tables import COMPANIES
from duban.vendors.views.frame import (
    certificate_rows,
    company_actions,
    company_badge,
    company_crumbs,
    company_facts,
    form_page,
    list_actions,
    list_links,
)


@require_GET
def company_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Vendors"), "links": list_links("list"), "actions": list_actions(actor)}
    return COMPANIES.answer(request, companies_listed(actor, timezone.localdate()), "vendors/list.html", context)


@require_GET
def company_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    context = {
        "company": company,
        "state": company_badge(company),
        "facts": company_facts(company),
        "actions": company_actions(actor, company),
        "phone": contact_masked(company),
        "can_reveal": can_reveal_contact(actor, company),
        "can_edit": can_edit(actor, company),
        "certificates": certificate_rows(company),
        "crumbs": company_crumbs(company),
    }
    return render(request, "vendors/company_detail.html", context)


@require_POST
def company_contact(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    phone = company_reveal_contact(actor=actor, company=company)
    return render(request, "vendors/contact.html", {"company": company, "phone": phone, "can_reveal": False})


@require_http_methods(["GET", "POST"])
def company_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.EDIT)
    form = CompanyForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            company = company_create(actor=actor, tenant=tenant_of(actor), details=form.details())
            messages.success(request, _("The vendor is entered."))
            return redirect("vendors:detail", company.code)
    crumbs = [Crumb(_("Vendors"), reverse("vendors:list")), Crumb(_("New"))]
    return form_page(request, form, _("Enter a vendor"), crumbs, reverse("vendors:list"))


@require_http_methods(["GET", "POST"])
def company_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    if not can_edit(actor, company):
        raise NotAllowed
    form = CompanyForm(request.POST or None, initial=CompanyForm.initial_of(company))
    back_url = reverse("vendors:detail", args=[code])
    if form.is_valid():
        with apply_errors(form):
            company_update(actor=actor, company=company, details=form.details())
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, str(company), company_crumbs(company, _("Edit")), back_url)


@require_POST
def company_deactivate(request: HttpRequest, code: str) -> HttpResponse:
    return _turn(request, code, is_active=False)


@require_POST
def company_reactivate(request: HttpRequest, code: str) -> HttpResponse:
    return _turn(request, code, is_active=True)


def _turn(request: HttpRequest, code: str, *, is_active: bool) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    company_set_active(actor=actor, company=company, is_active=is_active, note=request.POST.get("note", ""))
    messages.success(request, _("Saved."))
    return redirect("vendors:detail", code)
