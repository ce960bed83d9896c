"""Posts, one day of a post, and checking in from a plain web page where no phone app is at hand."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.attendance.forms import PunchForm
from duban.attendance.permissions import can_punch
from duban.attendance.selectors.days import post_day, post_get, posts_of, workers_offered
from duban.attendance.services.punches import punches_record
from duban.attendance.tables import POSTS
from duban.attendance.views.frame import links_for
from duban.attendance.views.post_words import day_links, post_actions, post_facts, punch_rows, slot_rows
from duban.contracts.selectors.options import chain_url
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui import formatting

UNPROCESSABLE = 422


@require_GET
def post_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Posts"), "links": links_for(actor, "posts")}
    return POSTS.answer(request, posts_of(actor), "attendance/list.html", context)


@require_GET
def post_day_page(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = post_day(actor, post_get(actor, code), _day(request))
    context = {
        "page": page,
        "subtitle": formatting.day(page.day),
        "links": day_links(page),
        "actions": post_actions(actor, page),
        "facts": post_facts(page),
        "slots": slot_rows(actor, page),
        "punches": punch_rows(actor, page),
        "chain_url": chain_url(page.line, page.day, "evidence") if page.line else "",
    }
    return render(request, "attendance/post_day.html", context)


@require_http_methods(["GET", "POST"])
def punch_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = post_day(actor, post_get(actor, code), timezone.localdate())
    if page.line is None or not can_punch(actor, page.line):
        raise NotAllowed
    workers = workers_offered(actor, page.line)
    scanned = request.GET.get("token", "")
    form = PunchForm(request.POST or None, workers=workers, scanned=scanned, initial={"token": scanned})
    if form.is_valid():
        with apply_errors(form):
            punches_record(actor=actor, rows=[form.row(page.post)])
            messages.success(request, _("Stored. What became of it stands below."))
            return redirect("attendance:post", code)
    context = {"form": form, "post": page.post}
    return render(request, "attendance/punch_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
