"""The board of rounds, for the desk and for the phone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.contracts.selectors.options import estate_options, service_words
from duban.inspections.domain.states import TASK_STATES
from duban.inspections.models import InspectionTask
from duban.inspections.selectors.task_board import LaneKind, TaskBoard, TaskLane, task_board
from duban.inspections.views.frame import plan_links
from duban.kernel.text import mark
from duban.platform.requests import actor_of
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, badge_of

LABELS: Mapping[LaneKind, str] = {
    LaneKind.LATE: mark("Overdue"),
    LaneKind.TODAY: mark("To be made today"),
    LaneKind.WEEK: mark("Later this week"),
    LaneKind.MISSED: mark("Not inspected"),
}
TONES = {LaneKind.LATE: "bad", LaneKind.TODAY: "waiting", LaneKind.WEEK: "neutral", LaneKind.MISSED: "bad"}
HINTS: Mapping[LaneKind, str] = {
    LaneKind.TODAY: mark("No round for today."),
    LaneKind.WEEK: mark("No further round this week."),
    LaneKind.MISSED: mark("Every round of the last thirty days was made."),
}
"""What an empty lane says; the overdue one is left out when empty, so that a phone opens with the rounds of today."""


@dataclass(frozen=True)
class TaskCard:
    """One round on the board."""

    title: str
    url: str
    small: str
    days: str
    people: str
    state: Badge
    is_late: bool


@dataclass(frozen=True)
class EstateCards:
    """The rounds of one estate in a lane."""

    estate: str
    count: int
    cards: list[TaskCard]


@dataclass(frozen=True)
class Lane:
    """One column of the board."""

    badge: Badge
    count: int
    estates: list[EstateCards]
    hint: str
    rest: int


@require_GET
def task_board_page(request: HttpRequest) -> HttpResponse:
    actor, chosen, person = actor_of(request), request.GET.get("estate", ""), request.GET.get("person", "")
    estates = estate_options(actor)
    found = task_board(actor, estate=int(chosen) if chosen in dict(estates) else None, person=person)
    context = {
        "title": _("Board of rounds"),
        "links": plan_links(actor, "task_board"),
        "lanes": [_lane(found, lane) for lane in found.lanes if lane.count or lane.kind in HINTS],
        "estates": estates,
        "people": [(one.username, one.name) for one in found.people],
        "estate": chosen,
        "person": person,
    }
    return render(request, "inspections/task_board.html", context)


def _lane(board: TaskBoard, lane: TaskLane) -> Lane:
    groups = [
        EstateCards(group.estate, group.count, [_card(board, lane.kind, task) for task in group.tasks])
        for group in lane.estates
    ]
    rest = lane.count - sum(len(group.cards) for group in groups)
    hint = _(HINTS[lane.kind]) if lane.kind in HINTS else ""
    return Lane(Badge(_(LABELS[lane.kind]), TONES[lane.kind]), lane.count, groups, hint, rest)


def _card(board: TaskBoard, kind: LaneKind, task: InspectionTask) -> TaskCard:
    vendor = task.line.contract.vendor
    return TaskCard(
        title=task.plan.name if task.plan else str(task.get_kind_display()),
        url=reverse("inspections:task", args=[task.code]),
        small=f"{service_words(task.line.service_line)} · {vendor.short_name or vendor.name}",
        days=f"{formatting.day(task.planned_on)} – {formatting.day(task.due_on)}",
        people="、".join(board.inspectors.get(task.pk, ())),
        state=badge_of(TASK_STATES, task.state),
        is_late=kind in {LaneKind.LATE, LaneKind.MISSED},
    )
