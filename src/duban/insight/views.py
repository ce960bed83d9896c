from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from duban.insight.permissions import Code
from duban.insight.selectors import figures
from duban.insight.selectors.chain import chain
from duban.insight.selectors.cockpit import cockpit, heatmap
from duban.insight.selectors.lower import deduction_bars, reply_trend
from duban.insight.selectors.tiles import counted, tiles
from duban.insight.selectors.waiting import waiting_for
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.platform.requests import actor_of

DEFAULT_STATION = "score"


@require_GET
def cockpit_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    months = figures.months_known(actor, timezone.localdate())
    month = _month(request, months.newest_closed)
    page, rows = cockpit(actor, month, timezone.localdate())
    context = {
        "page": page,
        "tiles": tiles(page, month),
        "rows": rows,
        "heatmap": heatmap(rows),
        "month": month,
        "months": months.keys,
    }
    context["close_month"] = months.to_close[:1] if actor.can("scorecards.close") else []
    context |= {"title": gettext("Overview"), "subtitle": counted(rows)}
    return render(request, "insight/cockpit.html", context)


@require_GET
def cockpit_lower(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    month = _month(request)
    context = {"bars": deduction_bars(actor, month), "trend": reply_trend(actor, month), "month": month}
    return render(request, "insight/cockpit_lower.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    return render(request, "insight/waiting.html", {"entries": waiting_for(actor_of(request))})


@require_GET
def chain_bar(request: HttpRequest) -> HttpResponse:
    if _works_on_evidence_only(actor_of(request)):
        return HttpResponse()
    stations = chain(
        _viewer(request),
        contract_code=request.GET.get("contract", ""),
        line_number=_number(request.GET.get("line", "")),
        month=_month(request),
        current=request.GET.get("at", DEFAULT_STATION),
    )
    return render(request, "ui/chain_bar.html", {"stations": stations})


def _works_on_evidence_only(actor: Actor) -> bool:
    """A foreman reads records whose pages carry the bar, but no contract: for him the bar gives way."""
    return not actor.can("contracts.view") and actor.can("inspections.view")


def _viewer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.require("contracts.view")
    return actor


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _month(request: HttpRequest, newest: str = "") -> Period:
    """The month asked for, else the newest closed one, else the last full month."""
    try:
        return Period.parse(request.GET["month"])
    except (KeyError, Invalid):
        return Period.parse(newest) if newest else Period.month_of(_first_of_month()).previous()


def _first_of_month() -> date:
    return timezone.localdate().replace(day=1)
