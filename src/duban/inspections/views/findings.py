"""Findings: list, board, detail, moves, answers, re-checks, photos of what was put right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.contracts.selectors.options import chain_url, estate_options
from duban.inspections.forms import PhotosForm, RecheckForm, ReplyForm
from duban.inspections.selectors import finding_board, finding_get, finding_list, finding_page
from duban.inspections.selectors.trust import marks_of_finding
from duban.inspections.services import add_finding_photos, finding_recheck, finding_reply, move_finding
from duban.inspections.tables import FINDINGS
from duban.inspections.views.finding_words import board_columns, finding_facts, finding_header, slides_of
from duban.inspections.views.frame import record_actions, section_links
from duban.platform.forms import apply_errors
from duban.platform.panels import rendered_panels
from duban.platform.requests import actor_of
from duban.platform.trust.words import trust_cards

UNPROCESSABLE = 422


@require_GET
def finding_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Findings"), "links": section_links("findings"), "actions": record_actions(actor)}
    return FINDINGS.answer(request, finding_list(actor), "inspections/list.html", context)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    actor, chosen = actor_of(request), request.GET.get("estate", "")
    estates = estate_options(actor)
    estate = int(chosen) if chosen in dict(estates) else None
    context = {
        "columns": board_columns(finding_board(actor, estate), estate),
        "title": _("Board of findings"),
        "links": section_links("board"),
        "estates": estates,
        "estate": chosen,
    }
    return render(request, "inspections/board.html", context)


@require_GET
def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = finding_page(actor, finding_get(actor, code))
    context = {
        "page": page,
        "facts": finding_facts(page),
        "header": finding_header(actor, page),
        "slides": slides_of(page),
        "chain_url": chain_url(page.finding.line, page.finding.found_on, "finding"),
        "photos_form": PhotosForm() if page.can_add_photos else None,
        "reply_form": ReplyForm() if page.can_reply else None,
        "recheck_form": RecheckForm() if page.can_recheck else None,
        "trust": trust_cards(actor, marks_of_finding(page.finding)),
    }
    return render(request, "inspections/finding_detail.html", context)


@require_GET
def finding_cost(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    return HttpResponse(rendered_panels(request, "inspections.finding", actor, finding_get(actor, code).code))


@require_POST
def finding_move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    finding = finding_get(actor, code)
    move_finding(actor=actor, finding=finding, move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The finding is updated."))
    return redirect("inspections:finding", code)


@require_POST
def finding_answer(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = finding_get(actor, code)
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            values = form.cleaned_data
            finding_reply(
                actor=actor, finding=finding, cause=values["cause"], action=values["action"], uploads=values["photos"]
            )
            messages.success(request, _("The answer is sent and waits for the re-check."))
            return redirect("inspections:finding", code)
    context = {"form": form, "finding": finding, "title": _("Answer"), "button": _("Send the answer")}
    return render(request, "inspections/finding_form.html", context, status=UNPROCESSABLE)


@require_POST
def finding_check(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = finding_get(actor, code)
    form = RecheckForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            values = form.cleaned_data
            finding_recheck(
                actor=actor,
                finding=finding,
                is_accepted=values["is_accepted"],
                note=values["note"],
                uploads=values["photos"],
            )
            messages.success(request, _("The re-check is kept."))
            return redirect("inspections:finding", code)
    context = {"form": form, "finding": finding, "title": _("Re-check"), "button": _("Keep the re-check")}
    return render(request, "inspections/finding_form.html", context, status=UNPROCESSABLE)


@require_POST
def finding_photos(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = finding_get(actor, code)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            add_finding_photos(actor=actor, finding=finding, uploads=form.cleaned_data["photos"])
            messages.success(request, _("The photos are kept."))
            return redirect("inspections:finding", code)
    return render(request, "inspections/photos.html", {"form": form, "finding": finding}, status=UNPROCESSABLE)
