"""Coverage of the posts by month, the list of slots, one slot and its decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.attendance.forms import CoverageForm
from duban.attendance.permissions import Code
from duban.attendance.selectors import coverage, review_count, slot_get, slot_list, slot_page
from duban.attendance.services import decide_slot
from duban.attendance.tables import SLOTS
from duban.attendance.views.words import (
    coverage_chart,
    coverage_facts,
    slot_actions,
    slot_badge,
    slot_facts,
    slot_links,
    slot_steps,
)
from duban.contracts.selectors.options import chain_url, line_label
from duban.kernel.period import Period
from duban.platform.requests import actor_of
from duban.platform.ui.components import Link

FEW_ROWS = 4


@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    form = CoverageForm(actor, request.GET)
    line, month = form.choice(Period.month_of(timezone.localdate()).previous())
    rows = coverage(actor, line, month) if line is not None else ()
    context = {
        "form": CoverageForm(actor, initial={"line": line.pk if line else None, "month": month.code}, lines=form.lines),
        "chart": coverage_chart(rows, month) if rows else None,
        "height": "s" if len(rows) <= FEW_ROWS else "l",
        "tiles": coverage_facts(rows),
        "subtitle": line_label(line) if line else "",
        "links": slot_links(review_count(actor)),
        "chain_url": chain_url(line, month.start, "evidence") if line else "",
    }
    return render(request, "attendance/coverage.html", context)


@require_GET
def slot_list_page(request: HttpRequest) -> HttpResponseBase:
    links = [Link(_("Coverage by month"), reverse("attendance:list"))]
    return SLOTS.answer(request, slot_list(actor_of(request)), "attendance/slot_list.html", {"links": links})


@require_GET
def slot_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = slot_page(slot_get(actor, code))
    context = {
        "page": page,
        "state": slot_badge(page.slot),
        "facts": slot_facts(page.slot),
        "steps": slot_steps(page.steps),
        "actions": slot_actions(actor, page.slot),
        "chain_url": chain_url(page.slot.line, page.slot.day, "evidence"),
    }
    return render(request, "attendance/slot_detail.html", context)


@require_POST
def slot_decide(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    decide_slot(actor=actor, slot=slot_get(actor, code), move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The slot is decided."))
    return redirect("attendance:slot", code)
