"""Certificates: list, entering, changing, withdrawing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.platform.files.models import StoredFile
from duban.platform.files.services import store_file
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.vendors.forms import CertificateForm
from duban.vendors.permissions import can_edit
from duban.vendors.selectors import certificate_get, certificates_of, company_get
from duban.vendors.services import certificate_create, certificate_remove, certificate_update
from duban.vendors.tables import CERTIFICATES
from duban.vendors.views.frame import company_crumbs, form_page, list_links


@require_GET
def certificate_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Certificates"), "links": list_links("certificate_list")}
    return CERTIFICATES.answer(request, certificates_of(actor_of(request)), "vendors/list.html", context)


@require_http_methods(["GET", "POST"])
def certificate_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    if not can_edit(actor, company):
        raise NotAllowed
    form = CertificateForm(request.POST or None, request.FILES or None)
    back_url = reverse("vendors:detail", args=[code])
    if form.is_valid():
        with apply_errors(form):
            certificate_create(actor=actor, company=company, details=form.details(), file=_stored(actor, form))
            messages.success(request, _("The certificate is entered."))
            return redirect(back_url)
    return form_page(request, form, _("Add a certificate"), company_crumbs(company, _("Certificate")), back_url)


@require_http_methods(["GET", "POST"])
def certificate_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    certificate = certificate_get(actor, code)
    if not can_edit(actor, certificate):
        raise NotAllowed
    form = CertificateForm(request.POST or None, request.FILES or None, initial=CertificateForm.initial_of(certificate))
    back_url = reverse("vendors:detail", args=[certificate.company.code])
    if form.is_valid():
        with apply_errors(form):
            certificate_update(actor=actor, certificate=certificate, details=form.details(), file=_stored(actor, form))
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, str(certificate), company_crumbs(certificate.company, certificate.number), back_url)


@require_POST
def certificate_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    certificate = certificate_get(actor, code)
    certificate_remove(actor=actor, certificate=certificate, note=request.POST.get("note", ""))
    messages.success(request, _("The certificate is withdrawn."))
    return redirect("vendors:detail", certificate.company.code)


def _stored(actor: Actor, form: CertificateForm) -> StoredFile | None:
    upload = form.upload()
    return store_file(actor=actor, source=upload) if upload else None
