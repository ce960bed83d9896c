"""Swaps between people of the vendor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.attendance.forms import SwapForm
from duban.attendance.permissions import can_roster
from duban.attendance.selectors.rosters import assignments_by_key, roster_get, swap_get, workers_by_code
from duban.attendance.services.swaps import swap_answer, swap_propose
from duban.attendance.views.roster_words import place_words
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def swap_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    roster = roster_get(actor, code)
    if not can_roster(actor, roster.line):
        raise NotAllowed
    places = {key: (place_words(row), row) for key, row in assignments_by_key(roster, since=timezone.localdate()).items()}
    workers = workers_by_code(roster.line.contract.vendor)
    initial = {"assignment": request.GET.get("cell", "")}
    form = SwapForm(request.POST or None, places=places, workers=workers, initial=initial)
    if form.is_valid():
        with apply_errors(form):
            swap_propose(actor=actor, **form.proposal())
            messages.success(request, _("The swap is proposed."))
            return redirect("attendance:roster", code)
    context = {"form": form, "title": _("Propose a swap"), "button": _("Propose"), "back": "attendance:roster", "code": code}
    return render(request, "attendance/form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def swap_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    swap = swap_get(actor, code)
    swap_answer(actor=actor, swap=swap, move=move)
    messages.success(request, _("The swap is answered."))
    return redirect("attendance:roster", swap.assignment.roster.code)
