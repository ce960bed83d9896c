"""Patrol rounds: the list, and one round with its points as they were walked."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.attendance.domain.patrols import POINT_LABELS, POINT_TONES, PointOutcome
from duban.attendance.domain.slots import masked
from duban.attendance.selectors.patrols import RoundPage, round_get, round_page, rounds_of
from duban.attendance.selectors.trust import marks_of_round
from duban.attendance.tables import ROUNDS
from duban.attendance.views.frame import section_links
from duban.contracts.selectors.options import chain_url, line_label
from duban.platform.requests import actor_of
from duban.platform.trust.words import trust_cards
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Fact, Link


@dataclass(frozen=True)
class PointRow:
    """One point of a round in words."""

    place: str
    outcome: PointOutcome
    window: str
    who: str
    state: Badge
    note: str


@require_GET
def round_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Patrol rounds"), "links": section_links("rounds")}
    return ROUNDS.answer(request, rounds_of(actor_of(request)), "attendance/list.html", context)


@require_GET
def round_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = round_page(round_get(actor, code))
    context = {
        "page": page,
        "links": [
            Link(_("Rounds of this line"), _rounds_of_line(page)),
            Link(_("The route"), reverse("attendance:route", args=[page.round.route.code])),
        ],
        "state": _state(page, timezone.now()),
        "facts": _facts(page),
        "points": [_row(page, point) for point in page.outcome.points],
        "trust": trust_cards(actor, marks_of_round(page.round)),
        "chain_url": chain_url(page.round.line, page.round.day, "evidence"),
    }
    return render(request, "attendance/round_detail.html", context)


def _row(page: RoundPage, point: PointOutcome) -> PointRow:
    planned = point.point
    notes = []
    if point.is_out_of_order:
        notes.append(_("not in the order of the route"))
    if point.seconds is not None:
        notes.append(_("%(seconds)d s after the point before") % {"seconds": point.seconds})
    return PointRow(
        page.places[planned.key],
        point,
        f"{timezone.localtime(planned.opens):%H:%M}–{timezone.localtime(planned.closes):%H:%M}",
        masked(page.names.get(planned.key, "")),
        Badge(_(POINT_LABELS[point.state]), POINT_TONES[point.state]),
        "; ".join(notes),
    )


def _facts(page: RoundPage) -> list[Fact]:
    found = page.round
    return [
        Fact(_("Contract line"), line_label(found.line)),
        Fact(_("Begins"), formatting.minute(found.starts_at)),
        Fact(_("Points scanned"), f"{page.outcome.scanned}/{found.point_count}"),
        Fact(_("Points in time"), f"{found.on_time_count}/{found.point_count}"),
        Fact(_("Skipped"), str(found.skipped_count)),
        Fact(_("Scanned too fast"), str(found.bunched_count)),
        Fact(_("Longest run of skipped neighbours"), str(page.outcome.longest_gap)),
    ]


def _state(page: RoundPage, now: datetime) -> Badge:
    """What the round is now; under way, how far it has come stands in the head of the page."""
    found = page.round
    if now < found.starts_at and not page.outcome.scanned:
        return Badge(_("To come"))
    if now <= found.ends_at:
        words = {"done": page.outcome.scanned, "total": len(page.outcome.points)}
        return Badge(_("Under way: %(done)d of %(total)d scanned") % words, "waiting")
    return Badge(_("Over"))


def _rounds_of_line(page: RoundPage) -> str:
    return ROUNDS.url("attendance:rounds", line=str(page.round.line_id))
