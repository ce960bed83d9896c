from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from duban.platform.requests import actor_of
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.cards import period_get
from duban.scorecards.selectors.periods import period_list, period_page
from duban.scorecards.selectors.ratings import has_ratings
from duban.scorecards.services import CloseReport, cards_publish, period_close
from duban.scorecards.tables import PERIODS
from duban.scorecards.tasks import close_period

AT_ONCE = 300
"""Up to so many lines a close takes a few seconds and is done while the person waits; more go to the worker."""


@require_GET
def period_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return PERIODS.answer(request, period_list(actor), "scorecards/period_list.html")


@require_GET
def period_detail(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    period = period_get(actor, key)
    context = {
        "page": period_page(actor, period),
        "may_rate": has_ratings(actor, period),
        "may_close": actor.can(Right.CLOSE),
        "may_publish": actor.can(Right.PUBLISH),
    }
    template = "scorecards/period_progress.html" if getattr(request, "htmx", False) else "scorecards/period_detail.html"
    return render(request, template, context)


@require_POST
def period_close_now(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.CLOSE)
    period = period_get(actor, key)
    if period_page(actor, period).lines > AT_ONCE and actor.person_id is not None:
        close_period.enqueue(period.pk, actor.person_id)
        messages.info(request, _("The worker is closing the period. This page shows how far it is."))
    else:
        messages.success(request, _said(period_close(actor=actor, period=period)))
    return redirect("scorecards:period", key)


@require_POST
def period_publish(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.PUBLISH)
    count = len(cards_publish(actor=actor, period=period_get(actor, key)))
    messages.success(request, ngettext("{count} card published.", "{count} cards published.", count).format(count=count))
    return redirect("scorecards:period", key)


def _said(report: CloseReport) -> str:
    if not report.has_changes:
        return _("Nothing has changed since the last close.")
    text = _(
        "{created} cards made, {updated} brought up to date, {held} without enough data, {late} published with newer evidence."
    )
    return text.format(created=len(report.created), updated=len(report.updated), late=len(report.late), held=len(report.held))
