"""The times allowed for findings: what holds at an office or for a contract, and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.contracts.models import Contract
from duban.inspections.domain.limits import Subject
from duban.inspections.forms import LimitForm
from duban.inspections.permissions import Code
from duban.inspections.selectors.limits import (
    LimitRow,
    contract_limits,
    limit_contract,
    limit_contracts,
    limit_office,
    limit_offices,
    office_limits,
)
from duban.inspections.services import limit_drop, limit_set
from duban.inspections.views.frame import section_links
from duban.inspections.views.words import source_words
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Unit
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    offices = limit_offices(actor)
    if not offices:
        raise NotFound
    return redirect("inspections:limits_of", _of(actor, request.GET.get("of") or offices[0].code).code)


@require_GET
def limits_of(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    of = _of(actor, code)
    context = {
        "title": _("Times allowed for findings"),
        "of": of,
        "rows": [(row, source_words(row.limit.source, row.limit.setter)) for row in _rows(actor, of)],
        "offices": limit_offices(actor),
        "contracts": limit_contracts(actor),
        "links": section_links("limits"),
        "can_edit": actor.can(Code.LIMITS, of.office.path if isinstance(of, Contract) else of.path),
    }
    return render(request, "inspections/limits.html", context)


@require_http_methods(["GET", "POST"])
def limit_edit(request: HttpRequest, code: str, subject: str) -> HttpResponse:
    actor = actor_of(request)
    of, about = _of(actor, code), _subject(subject)
    actor.require(Code.LIMITS, of.office.path if isinstance(of, Contract) else of.path)
    if "drop" in request.POST:
        limit_drop(actor=actor, of=of, subject=about)
        return redirect("inspections:limits_of", code)
    held = next(row.limit for row in _rows(actor, of) if row.limit.subject is about)
    initial = {"amount": held.amount, "unit": str(held.unit), "ends_at": held.ends_at}
    form = LimitForm(request.POST or None, initial=initial)
    if form.is_valid():
        with apply_errors(form):
            limit_set(actor=actor, of=of, subject=about, **form.cleaned_data)
            messages.success(request, _("Saved. Findings opened from now on go by it."))
            return redirect("inspections:limits_of", code)
    context = {"form": form, "title": _(about.label), "of": of}
    return render(request, "inspections/limit_edit.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _of(actor: Actor, code: str) -> Unit | Contract:
    return limit_contract(actor, code) if code.startswith("CT-") else limit_office(actor, code)


def _rows(actor: Actor, of: Unit | Contract) -> tuple[LimitRow, ...]:
    return contract_limits(actor, of) if isinstance(of, Contract) else office_limits(actor, of)


def _subject(text: str) -> Subject:
    try:
        return Subject(text)
    except ValueError as error:
        raise NotFound from error
