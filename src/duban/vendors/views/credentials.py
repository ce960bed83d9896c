"""Personal credentials: the queue of verification, the expiry board, entering, judging; proofs of insurance."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.platform.files.models import StoredFile
from duban.platform.files.services import store_file
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Link
from duban.vendors.forms import CredentialForm, ProofForm
from duban.vendors.forms.workers import ScanForm
from duban.vendors.models import Worker
from duban.vendors.permissions import can_keep_workers
from duban.vendors.selectors import credential_get, credentials_of, proof_get, worker_get
from duban.vendors.services import (
    credential_enter,
    credential_reject,
    credential_update,
    credential_verify,
    proof_enter,
    proof_remove,
)
from duban.vendors.tables import CREDENTIALS
from duban.vendors.views.frame import form_page, list_links
from duban.vendors.views.worker_words import board_lines, worker_crumbs


@require_GET
def credential_list_page(request: HttpRequest) -> HttpResponseBase:
    links = [Link(_("Expiry board"), reverse("vendors:credential_board")), *list_links("credential_list")]
    context = {"title": _("Personal credentials"), "links": links}
    return CREDENTIALS.answer(request, credentials_of(actor_of(request)), "vendors/list.html", context)


@require_GET
def credential_board(request: HttpRequest) -> HttpResponse:
    context = {"lines": board_lines(actor_of(request)), "links": list_links("credential_board")}
    return render(request, "vendors/credential_board.html", context)


@require_http_methods(["GET", "POST"])
def credential_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = _kept(actor, worker_get(actor, code))
    form = CredentialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with apply_errors(form):
            credential_enter(actor=actor, worker=worker, details=form.details(), file=_stored(actor, form))
            messages.success(request, _("The credential is entered and waits for verification."))
            return redirect("vendors:worker", code)
    return _form(request, form, worker, _("Add a credential"))


@require_http_methods(["GET", "POST"])
def credential_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    credential = credential_get(actor, code)
    worker = _kept(actor, credential.worker)
    form = CredentialForm(request.POST or None, request.FILES or None, initial=CredentialForm.initial_of(credential))
    if form.is_valid():
        with apply_errors(form):
            credential_update(actor=actor, credential=credential, details=form.details(), file=_stored(actor, form))
            messages.success(request, _("The credential is entered and waits for verification."))
            return redirect("vendors:worker", worker.code)
    return _form(request, form, worker, _("Edit"))


@require_POST
def credential_verified(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    credential = credential_get(actor, code)
    credential_verify(actor=actor, credential=credential)
    messages.success(request, _("The credential is verified."))
    return redirect("vendors:worker", credential.worker.code)


@require_POST
def credential_rejected(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    credential = credential_get(actor, code)
    credential_reject(actor=actor, credential=credential, note=request.POST.get("note", ""))
    messages.success(request, _("The credential is rejected: it counts for nothing from now on."))
    return redirect("vendors:worker", credential.worker.code)


@require_http_methods(["GET", "POST"])
def proof_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    worker = _kept(actor, worker_get(actor, code))
    form = ProofForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with apply_errors(form):
            proof_enter(actor=actor, worker=worker, details=form.details(), file=_stored(actor, form))
            messages.success(request, _("The proof of insurance is entered."))
            return redirect("vendors:worker", code)
    return _form(request, form, worker, _("Add a proof of insurance"))


@require_POST
def proof_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    proof = proof_get(actor, code)
    proof_remove(actor=actor, proof=proof, note=request.POST.get("note", ""))
    messages.success(request, _("The proof of insurance is withdrawn."))
    return redirect("vendors:worker", proof.worker.code)


def _kept(actor: Actor, worker: Worker) -> Worker:
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    return worker


def _stored(actor: Actor, form: ScanForm) -> StoredFile | None:
    upload = form.upload()
    return store_file(actor=actor, source=upload) if upload else None


def _form(request: HttpRequest, form: Form, worker: Worker, title: str) -> HttpResponse:
    back_url = reverse("vendors:worker", args=[worker.code])
    return form_page(request, form, title, worker_crumbs(worker, title), back_url)
