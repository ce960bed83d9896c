"""Audits: programme of the year, list, one audit with its meetings, report, moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.inspections.domain.audits import MEETING_LABELS, MeetingKind
from duban.inspections.forms import AuditForm, ConclusionForm, MeetingForm, ProgrammeForm
from duban.inspections.permissions import Code
from duban.inspections.selectors.audit_reports import audit_pdf
from duban.inspections.selectors.audits import (
    audit_get,
    audit_list,
    audit_page,
    audit_to_run,
    audit_to_work_on,
    meeting_of,
    programme_for,
    programme_page,
    programmes_to_fill,
)
from duban.inspections.services import (
    audit_change,
    audit_issue,
    audit_meeting_record,
    audit_move,
    audit_plan,
    programme_set,
)
from duban.inspections.tables import AUDITS
from duban.inspections.views.audit_words import (
    audit_facts,
    audit_header,
    finding_rows,
    grade_tiles,
    meeting_cards,
    month_cards,
    programme_actions,
    programme_links,
    programme_tiles,
    year_links,
)
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_GET
def programme_home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = programme_page(actor, _year(request))
    context = {
        "page": page,
        "tiles": programme_tiles(page),
        "months": month_cards(page),
        "years": year_links(page),
        "links": programme_links(),
        "actions": programme_actions(page),
    }
    return render(request, "inspections/audits.html", context)


@require_GET
def audit_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("All audits"), "links": programme_links(), "actions": []}
    return AUDITS.answer(request, audit_list(actor_of(request)), "inspections/list.html", context)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.AUDIT)
    posted = request.POST if request.method == "POST" else None
    form = ProgrammeForm(actor, posted, initial=programme_for(actor, _year(request)))
    if posted and form.is_valid():
        with apply_errors(form):
            programme = programme_set(actor=actor, **form.cleaned_data)
            messages.success(request, _("The programme is kept."))
            return redirect(f"{reverse('inspections:audits')}?year={programme.year}")
    context = {
        "form": form,
        "title": _("Audit programme"),
        "back": reverse("inspections:audits"),
        "save": _("Keep the programme"),
    }
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def audit_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.AUDIT)
    posted = request.POST if request.method == "POST" else None
    form = AuditForm(actor, _year(request), posted, initial={"programme": programmes_to_fill(actor, _year(request)).first()})
    if posted and form.is_valid():
        with apply_errors(form):
            audit = audit_plan(actor=actor, programme=form.cleaned_data["programme"], entry=form.entry())
            messages.success(request, _("The audit is planned and its team is told."))
            return redirect("inspections:audit", audit.code)
    context = {
        "form": form,
        "title": _("Plan an audit"),
        "back": reverse("inspections:audits"),
        "save": _("Plan the audit"),
        "layout": "grid grid-2",
    }
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def audit_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    audit = audit_to_run(actor, code)
    posted = request.POST if request.method == "POST" else None
    form = AuditForm(actor, audit.programme.year, posted, audit=audit)
    if posted and form.is_valid():
        with apply_errors(form):
            audit_change(actor=actor, audit=audit, entry=form.entry())
            messages.success(request, _("The audit is changed."))
            return redirect("inspections:audit", code)
    context = {
        "form": form,
        "title": audit.title,
        "back": reverse("inspections:audit", args=[code]),
        "save": _("Save"),
        "layout": "grid grid-2",
    }
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_GET
def audit_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = audit_page(actor, audit_get(actor, code))
    context = {
        "page": page,
        "header": audit_header(actor, page),
        "facts": audit_facts(actor, page),
        "tiles": grade_tiles(page),
        "meetings": meeting_cards(actor, page),
        "rows": finding_rows(page.findings),
    }
    return render(request, "inspections/audit_detail.html", context)


@require_http_methods(["GET", "POST"])
def audit_meeting(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    actor = actor_of(request)
    audit = audit_to_work_on(actor, code)
    meeting = meeting_of(actor, audit, kind)
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, meeting=meeting)
    if posted and form.is_valid():
        with apply_errors(form):
            audit_meeting_record(actor=actor, audit=audit, kind=MeetingKind(kind), **form.cleaned_data)
            messages.success(request, _("The meeting is written down."))
            return redirect("inspections:audit", code)
    title = _(MEETING_LABELS[MeetingKind(kind)])
    context = {"form": form, "title": title, "back": reverse("inspections:audit", args=[code]), "save": _("Keep the minutes")}
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def audit_report(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    audit = audit_to_run(actor, code)
    posted = request.POST if request.method == "POST" else None
    form = ConclusionForm(posted, initial={"conclusion": audit.conclusion})
    if posted and form.is_valid():
        with apply_errors(form):
            audit_issue(actor=actor, audit=audit, conclusion=form.cleaned_data["conclusion"])
            messages.success(request, _("The report is issued; those who must answer are told."))
            return redirect("inspections:audit", code)
    back = reverse("inspections:audit", args=[code])
    context = {"form": form, "title": _("Issue the report"), "back": back, "save": _("Issue the report")}
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_GET
def audit_paper(request: HttpRequest, code: str, language: str) -> HttpResponse:
    actor = actor_of(request)
    page = audit_page(actor, audit_get(actor, code))
    response = HttpResponse(audit_pdf(actor, page, language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{code}-{language}.pdf"'
    return response


@require_POST
def audit_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    audit_move(actor=actor, audit=audit_get(actor, code), move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The audit is updated."))
    return redirect("inspections:audit", code)


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == len("2026") else timezone.localdate().year
