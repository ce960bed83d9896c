"""Findings of audits: list, one of them, noting, answering, judging, turning into a rectification."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.inspections.forms import AnswerForm, AuditFindingForm, StepForm
from duban.inspections.selectors.audits import (
    audit_finding_get,
    audit_finding_list,
    audit_finding_page,
    audit_finding_to_edit,
    audit_to_work_on,
)
from duban.inspections.services import (
    audit_finding_answer,
    audit_finding_change,
    audit_finding_move,
    audit_finding_note,
    audit_finding_rectify,
)
from duban.inspections.tables import AUDIT_FINDINGS
from duban.inspections.views.audit_words import answer_facts, finding_facts, finding_header, programme_links, steps_of
from duban.kernel.actor import Actor
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_GET
def finding_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Findings of audits"), "links": programme_links(), "actions": []}
    return AUDIT_FINDINGS.answer(request, audit_finding_list(actor_of(request)), "inspections/list.html", context)


@require_GET
def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(request, actor_of(request), code, AnswerForm(), StepForm())


@require_http_methods(["GET", "POST"])
def finding_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    audit = audit_to_work_on(actor, code)
    posted = request.POST if request.method == "POST" else None
    form = AuditFindingForm(actor, audit, posted, request.FILES if posted else None)
    if posted and form.is_valid():
        with apply_errors(form):
            uploads = form.cleaned_data["attachments"]
            audit_finding_note(actor=actor, audit=audit, entry=form.entry(), uploads=uploads)
            messages.success(request, _("The finding is noted."))
            return redirect("inspections:audit", code)
    context = {"form": form, "title": _("Note a finding"), "back": reverse("inspections:audit", args=[code]), "save": _("Keep")}
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_http_methods(["GET", "POST"])
def finding_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = audit_finding_to_edit(actor, code)
    posted = request.POST if request.method == "POST" else None
    form = AuditFindingForm(actor, finding.audit, posted, request.FILES if posted else None, finding=finding)
    back = reverse("inspections:audit_finding", args=[code])
    if posted and form.is_valid():
        with apply_errors(form):
            uploads = form.cleaned_data["attachments"]
            audit_finding_change(actor=actor, finding=finding, entry=form.entry(), uploads=uploads)
            messages.success(request, _("The finding is changed."))
            return redirect(back)
    context = {"form": form, "title": finding.code, "back": back, "save": _("Save")}
    return render(request, "inspections/audit_form.html", context, status=UNPROCESSABLE if posted else 200)


@require_POST
def finding_answer(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = audit_finding_get(actor, code)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            values = form.cleaned_data
            texts = {name: values[name] for name in ("cause", "correction", "action", "planned_on")}
            audit_finding_answer(actor=actor, finding=finding, **texts, uploads=values["attachments"])
            messages.success(request, _("The answer is sent."))
            return redirect("inspections:audit_finding", code)
    return _shown(request, actor, code, form, StepForm())


@require_POST
def finding_move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    finding = audit_finding_get(actor, code)
    form = StepForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            values = form.cleaned_data
            audit_finding_move(actor=actor, finding=finding, move=move, note=values["note"], uploads=values["attachments"])
            messages.success(request, _("The finding is updated."))
            return redirect("inspections:audit_finding", code)
    return _shown(request, actor, code, AnswerForm(), form)


@require_POST
def finding_rectify(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    made = audit_finding_rectify(actor=actor, finding=audit_finding_get(actor, code))
    messages.success(request, _("It is a finding to be rectified now, with its time running."))
    return redirect("inspections:finding", made.code)


def _shown(request: HttpRequest, actor: Actor, code: str, answer: AnswerForm, step: StepForm) -> HttpResponse:
    page = audit_finding_page(actor, audit_finding_get(actor, code))
    context = {
        "page": page,
        "header": finding_header(actor, page),
        "facts": finding_facts(page),
        "answer_facts": answer_facts(actor, page),
        "answer_form": answer if page.can_answer and page.finding.state == "open" else None,
        "step_form": step,
        "steps": steps_of(page),
    }
    status = UNPROCESSABLE if answer.is_bound or step.is_bound else 200
    return render(request, "inspections/audit_finding.html", context, status=status)
