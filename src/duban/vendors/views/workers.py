"""People of vendors: list, page, entering, changing, leaving, reading the identity."""

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
from duban.vendors.forms import LeaveForm, WorkerForm
from duban.vendors.permissions import can_keep_workers
from duban.vendors.selectors import company_get, worker_get, workers_listed
from duban.vendors.services import worker_enter, worker_leave, worker_reveal, worker_update
from duban.vendors.tables import WORKERS, worker_badge
from duban.vendors.views.frame import company_crumbs, form_page, list_links
from duban.vendors.views.worker_words import (
    credential_rows,
    identity_context,
    proof_rows,
    worker_actions,
    worker_crumbs,
    worker_facts,
)


@require_GET
def worker_list_page(request: HttpRequest) -> HttpResponseBase:
    rows = workers_listed(actor_of(request), timezone.localdate())
    return WORKERS.answer(request, rows, "vendors/list.html", {"title": _("People"), "links": list_links("worker_list")})


@require_GET
def worker_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = worker_get(actor, code)
    proofs = proof_rows(actor, worker)
    context = {
        **identity_context(actor, worker),
        "state": worker_badge(worker),
        "facts": worker_facts(worker, proofs),
        "actions": worker_actions(actor, worker),
        "credentials": credential_rows(actor, worker),
        "proofs": proofs,
        "crumbs": worker_crumbs(worker),
    }
    return render(request, "vendors/worker_detail.html", context)


@require_POST
def worker_identity(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = worker_get(actor, code)
    name, number = worker_reveal(actor=actor, worker=worker)
    context = {"worker": worker, "name": name, "number": number, "can_reveal": False}
    return render(request, "vendors/identity.html", context)


@require_http_methods(["GET", "POST"])
def worker_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    company = company_get(actor, code)
    if not can_keep_workers(actor, company):
        raise NotAllowed
    form = WorkerForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            worker = worker_enter(actor=actor, company=company, details=form.details())
            messages.success(request, _("The person is entered."))
            return redirect("vendors:worker", worker.code)
    back_url = reverse("vendors:detail", args=[code])
    return form_page(request, form, _("Enter a person"), company_crumbs(company, _("Person")), back_url)


@require_http_methods(["GET", "POST"])
def worker_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = worker_get(actor, code)
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    form = WorkerForm(request.POST or None, initial=WorkerForm.initial_of(worker))
    if form.is_valid():
        with apply_errors(form):
            worker_update(actor=actor, worker=worker, details=form.details())
            messages.success(request, _("Saved."))
            return redirect("vendors:worker", code)
    back_url = reverse("vendors:worker", args=[code])
    return form_page(request, form, worker.code, worker_crumbs(worker, _("Edit")), back_url)


@require_http_methods(["GET", "POST"])
def worker_left(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = worker_get(actor, code)
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    form = LeaveForm(request.POST or None, initial={"left_on": worker.left_on})
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            worker_leave(actor=actor, worker=worker, left_on=form.cleaned_data["left_on"])
            messages.success(request, _("Saved."))
            return redirect("vendors:worker", code)
    back_url = reverse("vendors:worker", args=[code])
    return form_page(request, form, _("Last day of work"), worker_crumbs(worker, _("Last day of work")), back_url)
