"""Rosters: the list, the week's grid, filling, copying, publishing. All writing is the vendor's."""

from collections.abc import Mapping
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.attendance.forms import RosterOpenForm
from duban.attendance.models import Roster
from duban.attendance.permissions import Code, can_roster
from duban.attendance.selectors.rosters import roster_get, roster_grid, roster_lines, rosters_of, swaps_of
from duban.attendance.selectors.sheets import roster_sheet_rows
from duban.attendance.services.rosters import roster_copy, roster_enter, roster_open, roster_publish, roster_reopen
from duban.attendance.tables import ROSTERS
from duban.attendance.views.frame import section_links
from duban.attendance.views.roster_words import (
    crew_rows,
    day_words,
    grid_marks,
    grid_rows,
    refused_marks,
    roster_actions,
    roster_links,
    rosters_actions,
    swap_rows,
)
from duban.contracts.selectors.options import line_label
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.exports.services import Rows, write_export
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import badge_of

UNPROCESSABLE = 422
MOVES = {"publish": roster_publish, "reopen": roster_reopen}
NOT_CELLS = {"csrfmiddlewaretoken"}


@require_GET
def roster_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Rosters"), "links": section_links("rosters"), "actions": rosters_actions(actor)}
    return ROSTERS.answer(request, rosters_of(actor), "attendance/list.html", context)


@require_http_methods(["GET", "POST"])
def roster_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.vendor_paths(Code.ROSTER):
        raise NotAllowed
    form = RosterOpenForm(request.POST or None, lines=roster_lines(actor), initial={"day": timezone.localdate()})
    if form.is_valid():
        with apply_errors(form):
            roster = roster_open(actor=actor, line=form.chosen, day=form.cleaned_data["day"])
            return redirect("attendance:roster", roster.code)
    context = {"form": form, "title": _("Make a roster"), "button": _("Open the week"), "back": "attendance:rosters"}
    return render(request, "attendance/form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_GET
def roster_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "attendance/roster_detail.html", _page(actor, roster_get(actor, code)))


@require_POST
def roster_cells(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    roster = roster_get(actor, code)
    refused = _entered(actor, roster, {key: request.POST[key] for key in request.POST if key not in NOT_CELLS})
    is_part = bool(request.headers.get("HX-Request"))
    if refused is None and not is_part:
        messages.success(request, _("The roster is saved."))
        return redirect("attendance:roster", code)
    template = "attendance/roster_side.html" if is_part else "attendance/roster_detail.html"
    return render(request, template, _page(actor, roster, refused), status=UNPROCESSABLE if refused else 200)


@require_POST
def roster_copied(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    count = roster_copy(actor=actor, roster=roster_get(actor, code))
    messages.success(request, _("Copied from last week: %(count)d cells.") % {"count": count})
    return redirect("attendance:roster", code)


@require_POST
def roster_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    roster = roster_get(actor, code)
    if move not in MOVES:
        raise NotFound
    MOVES[move](actor=actor, roster=roster)
    messages.success(request, _("The roster is updated."))
    return redirect("attendance:roster", code)


@require_GET
def roster_export(request: HttpRequest) -> FileResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    return _sheet(actor, "rosters.xlsx")


@require_GET
def roster_sheet(request: HttpRequest, code: str) -> FileResponse:
    actor = actor_of(request)
    roster = roster_get(actor, code)
    return _sheet(actor, f"{roster.code}.xlsx", roster_sheet_rows(actor, roster))


def _sheet(actor: Actor, filename: str, rows: Rows | None = None) -> FileResponse:
    stream = BytesIO()
    write_export("rosters", stream, actor=actor, language=get_language() or "zh-hans", rows=rows)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=filename)


def _entered(actor: Actor, roster: Roster, texts: Mapping[str, str]) -> Invalid | None:
    try:
        roster_enter(actor=actor, roster=roster, texts=texts)
    except Invalid as error:
        return error
    return None


def _page(actor: Actor, roster: Roster, refused: Invalid | None = None) -> dict[str, object]:
    grid = roster_grid(actor, roster)
    is_vendor = can_roster(actor, roster.line)
    return {
        "roster": roster,
        "title": line_label(roster.line),
        "subtitle": f"{roster.code} · {day_words(grid.days[0])} – {day_words(grid.days[-1])}",
        "state": badge_of(Roster.STATES, roster.state),
        "actions": roster_actions(actor, roster),
        "links": roster_links(actor, roster.code),
        "can_fill": is_vendor and roster.state == "draft",
        "is_vendor": is_vendor,
        "days": [day_words(day) for day in grid.days],
        "rows": grid_rows(grid, is_vendor=is_vendor),
        "people": [grid.people.written(one.key) for one in grid.people.all],
        "marks": grid_marks(grid, is_vendor=is_vendor),
        "refused": refused_marks(refused, grid) if refused else [],
        "crews": crew_rows(grid.crews),
        "swaps": swap_rows(actor, swaps_of(actor, roster), is_vendor=is_vendor),
    }
