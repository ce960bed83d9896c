"""Standards: overview, register, one version, comparing, new versions, moves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Crumb, badge_of
from duban.standards.domain.states import STANDARD_STATES
from duban.standards.forms import EnactForm, ReasonForm, StandardForm
from duban.standards.permissions import Code, can_change_items, can_edit, can_edit_rules
from duban.standards.selectors import (
    cleaning_levels,
    service_lines_overview,
    standard_blocks,
    standard_checklists,
    standard_get,
    standard_versions,
    standards_of,
    versions_compared,
)
from duban.standards.services import standard_create, standard_enact, standard_new_version, standard_withdraw
from duban.standards.tables import STANDARDS
from duban.standards.views.frame import (
    form_page,
    list_actions,
    section_links,
    standard_actions,
    standard_crumbs,
    standard_facts,
)
from duban.vendors.selectors import tenant_of


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"rows": service_lines_overview(actor), "links": section_links("list"), "actions": list_actions(actor)}
    return render(request, "standards/overview.html", context)


@require_GET
def register(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("All versions"), "links": section_links("register"), "actions": list_actions(actor)}
    return STANDARDS.answer(request, standards_of(actor), "standards/list.html", context)


@require_GET
def levels(request: HttpRequest) -> HttpResponse:
    actor_of(request).require(Code.VIEW)
    return render(request, "standards/levels.html", {"page": cleaning_levels(), "links": section_links("levels")})


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    context = {
        "standard": standard,
        "state": badge_of(STANDARD_STATES, standard.state),
        "facts": standard_facts(standard),
        "blocks": standard_blocks(standard),
        "versions": [(row, badge_of(STANDARD_STATES, row.state)) for row in standard_versions(actor, standard)],
        "checklists": standard_checklists(standard),
        "actions": standard_actions(actor, standard),
        "can_change": can_change_items(actor, standard),
        "crumbs": standard_crumbs(standard),
    }
    return render(request, "standards/standard_detail.html", context)


@require_GET
def compare(request: HttpRequest, code: str, other: str) -> HttpResponse:
    actor = actor_of(request)
    after, before = standard_get(actor, code), standard_get(actor, other)
    differences = versions_compared(before, after)
    context = {
        "before": before,
        "after": after,
        "changed": [row for row in differences if row.kind != "same"],
        "same_count": sum(1 for row in differences if row.kind == "same"),
        "crumbs": standard_crumbs(after, _("Compare")),
    }
    return render(request, "standards/compare.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not can_edit_rules(actor):
        raise NotAllowed
    form = StandardForm(request.POST or None, actor=actor)
    if form.is_valid():
        with apply_errors(form):
            standard = standard_create(actor=actor, tenant=tenant_of(actor), **form.cleaned_data)
            return redirect("standards:detail", standard.code)
    crumbs = [Crumb(_("Standards"), reverse("standards:list")), Crumb(_("New"))]
    return form_page(request, form, _("Begin a standard"), crumbs, reverse("standards:list"))


@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    if not can_edit(actor, standard):
        raise NotAllowed
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            fresh = standard_new_version(actor=actor, standard=standard, reason=form.cleaned_data["reason"])
            messages.success(request, _("The new version is a draft; the one in force stays as it is."))
            return redirect("standards:detail", fresh.code)
    back_url = reverse("standards:detail", args=[code])
    return form_page(request, form, _("Begin a new version"), standard_crumbs(standard, _("New version")), back_url)


@require_http_methods(["GET", "POST"])
def enact(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard = standard_get(actor, code)
    actor.require_any(Code.ENACT, standard.permission_paths())
    form = EnactForm(request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            standard_enact(actor=actor, standard=standard, **form.cleaned_data)
            messages.success(request, _("The version is in force."))
            return redirect("standards:detail", code)
    back_url = reverse("standards:detail", args=[code])
    return form_page(request, form, _("Put in force"), standard_crumbs(standard, _("Put in force")), back_url)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    standard_withdraw(actor=actor, standard=standard_get(actor, code), note=request.POST.get("note", ""))
    messages.success(request, _("The version is withdrawn."))
    return redirect("standards:detail", code)
