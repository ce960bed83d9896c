"""The contract calendar, and its feed for other calendar programs."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from icalendar import Calendar, Event

from duban.contracts.domain.words import MILESTONE_LABELS
from duban.contracts.selectors import ContractDate, contract_dates, feed_owner, has_feed
from duban.contracts.selectors.calendar import contract_month, contract_timeline_chart
from duban.contracts.services import feed_create, feed_remove
from duban.contracts.views.frame import list_actions, list_links
from duban.kernel.period import Period, PeriodKind
from duban.platform.requests import actor_of

FEED_BEFORE, FEED_AFTER = timedelta(days=366), timedelta(days=3 * 366)
TIMELINE_BACK = timedelta(days=180)


@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    today = timezone.localdate()
    period = Period.parse(request.GET["month"]) if request.GET.get("month") else Period.month_of(today)
    period = period if period.kind is PeriodKind.MONTH else period.months[0]
    context = {
        "timeline": contract_timeline_chart(actor, today - TIMELINE_BACK),
        "month": contract_month(actor, period),
        "has_feed": has_feed(actor),
        "feed_url": _feed_url(request),
        "links": list_links("calendar"),
        "actions": list_actions(actor),
    }
    return render(request, "contracts/calendar.html", context)


def _feed_url(request: HttpRequest) -> str:
    token = request.session.pop("contract_feed", "")
    return request.build_absolute_uri(reverse("contracts:feed", args=[token])) if token else ""


@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    request.session["contract_feed"] = feed_create(actor=actor_of(request))
    return redirect("contracts:calendar")


@require_POST
def feed_take_back(request: HttpRequest) -> HttpResponse:
    feed_remove(actor=actor_of(request))
    return redirect("contracts:calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    actor = feed_owner(token)
    today = timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//Duban//Contracts//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Contract dates"))
    for row in contract_dates(actor, today - FEED_BEFORE, today + FEED_AFTER):
        calendar.add_component(_event(request, row))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, row: ContractDate) -> Event:
    event = Event()
    event.add("uid", f"{row.code}-{row.kind}@duban")
    event.add("dtstamp", datetime(row.on.year, row.on.month, row.on.day, tzinfo=UTC))
    event.add("dtstart", row.on)
    event.add("summary", f"{_(MILESTONE_LABELS[row.kind])}: {row.title} ({row.vendor})")
    event.add("url", request.build_absolute_uri(reverse("contracts:detail", args=[row.code])))
    return event
