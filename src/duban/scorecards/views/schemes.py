import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import Invalid
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of, error_message, field_messages
from duban.scorecards.domain.definition import from_json
from duban.scorecards.forms import BindForm, SchemeForm
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.cards import period_get
from duban.scorecards.selectors.periods import periods_to_try
from duban.scorecards.selectors.schemes import (
    line_by_name,
    preview,
    rule_lines,
    scheme_get,
    scheme_list,
    tenant_of,
    version_get,
    versions_of,
)
from duban.scorecards.services import line_scheme_bind, schemes_install, version_draft, version_publish, version_save
from duban.scorecards.tables import SCHEMES


@require_GET
def scheme_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return SCHEMES.answer(request, scheme_list(actor), "scorecards/scheme_list.html", {"may_edit": actor.can(Right.EDIT)})


@require_POST
def scheme_install(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.EDIT)
    new = schemes_install(actor=actor, tenant=tenant_of(actor))
    messages.success(request, _("{count} schemes put in.").format(count=len(new)))
    return redirect("scorecards:schemes")


@require_GET
def scheme_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    scheme = scheme_get(actor, code)
    context = {"scheme": scheme, "versions": versions_of(actor, scheme), "may_edit": actor.can(Right.EDIT)}
    return render(request, "scorecards/scheme_detail.html", context)


@require_POST
def scheme_draft(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    draft = version_draft(actor=actor, scheme=scheme_get(actor, code))
    return redirect("scorecards:version_edit", draft.code)


@require_http_methods(["GET", "POST"])
def version_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    version = version_get(actor, code)
    form = BindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            line = line_by_name(actor, form.cleaned_data["line"])
            line_scheme_bind(actor=actor, line=line, version=version, from_on=form.cleaned_data["from_on"])
            messages.success(request, _("The line is scored by this version."))
            return redirect("scorecards:version", code)
    definition = from_json(version.definition)
    context = {
        "version": version,
        "definition": definition,
        "rules": rule_lines(definition),
        "form": form,
        "may_edit": actor.can(Right.EDIT),
    }
    return render(request, "scorecards/version_detail.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.EDIT)
    version = version_get(actor, code)
    text = json.dumps(version.definition, ensure_ascii=False, indent=2)
    form = SchemeForm(request.POST or None, initial={"definition": text})
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            version_save(actor=actor, version=version, document=form.cleaned_data["definition"])
            messages.success(request, _("Saved."))
            return redirect("scorecards:version", code)
    context = {"version": version, "form": form, "periods": periods_to_try(actor, version.scheme.cycle)}
    return render(request, "scorecards/version_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def version_preview(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.EDIT)
    version = version_get(actor, code)
    form = SchemeForm(request.POST)
    problems: list[tuple[str, str]] = []
    found = None
    try:
        document = form.cleaned_data["definition"] if form.is_valid() else None
        found = preview(actor, from_json(document), period_get(actor, request.POST.get("period", "")), version.scheme)
    except Invalid as error:
        problems = [*field_messages(error)] or [("", error_message(error))]
    return render(request, "scorecards/preview.html", {"preview": found, "problems": problems, "form": form})


@require_POST
def version_enforce(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    version_publish(actor=actor, version=version_get(actor, code))
    messages.success(request, _("The version is in force."))
    return redirect("scorecards:version", code)
