"""Patrol routes: the list, one route with its points, and its editor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.attendance.forms import RouteLineForm
from duban.attendance.models import Route
from duban.attendance.permissions import can_set_rules
from duban.attendance.selectors.patrols import route_get, route_lines, routes_of
from duban.attendance.services.patrols import route_save
from duban.attendance.tables import ROUTES
from duban.attendance.views.frame import section_links
from duban.attendance.views.route_editor import SAVE, editor_of
from duban.attendance.views.route_words import point_rows, route_actions, route_facts, route_links, routes_actions
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Badge

UNPROCESSABLE = 422


@require_GET
def route_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Patrol routes"), "links": section_links("routes"), "actions": routes_actions(actor)}
    return ROUTES.answer(request, routes_of(actor), "attendance/list.html", context)


@require_GET
def route_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    route = route_get(actor, code)
    context = {
        "route": route,
        "state": Badge(_("In use"), "good") if route.is_active else Badge(_("Out of use"), "neutral"),
        "actions": route_actions(actor, route),
        "links": route_links(route),
        "facts": route_facts(route),
        "points": point_rows(route),
    }
    return render(request, "attendance/route_detail.html", context)


@require_http_methods(["GET", "POST"])
def route_new(request: HttpRequest) -> HttpResponse:
    lines = route_lines(actor_of(request))
    if not lines:
        raise NotAllowed
    key = request.GET.get("line", "")
    line = lines.get(int(key)) if key.isdecimal() else None
    if line is not None:
        return _edited(request, line, None)
    form = RouteLineForm(request.POST or None, lines=lines)
    if form.is_valid():
        return redirect(f"{reverse('attendance:route_new')}?line={form.cleaned_data['line']}")
    context = {"form": form, "title": _("Draw a route"), "button": _("Choose its points"), "back": "attendance:routes"}
    return render(request, "attendance/form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def route_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    route = route_get(actor, code)
    if not can_set_rules(actor, route.line):
        raise NotAllowed
    return _edited(request, route.line, route)


def _edited(request: HttpRequest, line: ContractLine, route: Route | None) -> HttpResponse:
    editor = editor_of(line, route, request.POST if request.method == "POST" else None)
    is_saving = request.method == "POST" and editor.do == SAVE
    if is_saving and editor.is_valid:
        with apply_errors(editor.form):
            saved = route_save(actor=actor_of(request), line=line, plan=editor.form.plan(editor.plans()), route=route)
            messages.success(request, _("The route is saved."))
            return redirect("attendance:route", saved.code)
    context = {
        "editor": editor,
        "title": route.name if route else _("Draw a route"),
        "subtitle": line_label(line),
        "cancel": reverse("attendance:route", args=[route.code]) if route else reverse("attendance:routes"),
    }
    return render(request, "attendance/route_form.html", context, status=UNPROCESSABLE if is_saving else 200)
