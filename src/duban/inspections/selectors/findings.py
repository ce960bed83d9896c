"""Findings for the pages: list, board by state, one finding with pictures before and after."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from duban.inspections.domain.rectification import REPEAT_DAYS
from duban.inspections.domain.states import FINDING_STATES
from duban.inspections.models import CheckPhoto, Finding
from duban.inspections.permissions import Code, can_add_photos
from duban.inspections.selectors.facts import late_condition
from duban.inspections.selectors.results import WITH_PATHS, shown_history
from duban.kernel.actor import Actor
from duban.platform.files.selectors import attachments_of, photos_of
from duban.platform.records import get_by_code
from duban.platform.ui.components import Photo, TimelineEntry

BOARD_STATES = ("open", "reopened", "rectified", "closed")
BOARD_LIMIT = 30
BOARD_DAYS = 30


@dataclass(frozen=True)
class BoardColumn:
    """One state of the board: how many findings are in it, and the most urgent of them."""

    state: str
    count: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class FindingPage:
    """What the page of a finding shows; `earlier` are findings of the same item at the same place within 90 days."""

    finding: Finding
    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    earlier: tuple[Finding, ...]
    timeline: tuple[TimelineEntry, ...]
    can_add_photos: bool


def finding_list(actor: Actor) -> "QuerySet[Finding]":
    """Findings the actor may see, with line, item and place, and whether they are late; `NotAllowed` without the right."""
    actor.require(Code.VIEW)
    rows = Finding.objects.for_actor(actor).select_related(*WITH_PATHS, "item", "place__parent")
    over = Q(due_on__lt=timezone.localdate()) & late_condition() & ~Q(state="withdrawn")
    late = Case(When(over, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    return rows.annotate(is_late=late)


def finding_get(actor: Actor, code: str) -> Finding:
    """One finding of the actor's scope, or `NotFound`."""
    return get_by_code(finding_list(actor).select_related("check_result", "item__standard"), code)


def finding_counts(actor: Actor) -> dict[str, int]:
    """How many findings are in each state."""
    actor.require(Code.VIEW)
    rows = Finding.objects.for_actor(actor).order_by().values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(FINDING_STATES.states, 0) | dict(rows)


def finding_board(actor: Actor) -> tuple[BoardColumn, ...]:
    """The board: for each state the thirty that are due first, closed ones of the last thirty days; five statements."""
    counts = finding_counts(actor)
    recent = timezone.localdate() - timedelta(days=BOARD_DAYS)
    columns = []
    for state in BOARD_STATES:
        rows = finding_list(actor).filter(state=state)
        rows = (
            rows.filter(closed_on__gte=recent).order_by("-closed_on", "-id")
            if state == "closed"
            else rows.order_by("due_on", "id")
        )
        columns.append(BoardColumn(state, counts[state], tuple(rows[:BOARD_LIMIT])))
    return tuple(columns)


def finding_page(actor: Actor, finding: Finding) -> FindingPage:
    """Everything the page shows: four statements besides the finding."""
    photos = CheckPhoto.objects.filter(check_result=finding.check_result_id).select_related("file").order_by("id")
    before = photos_of(finding.check_result, [photo.file for photo in photos]) if finding.check_result else []
    after = photos_of(finding, [attachment.file for attachment in attachments_of(finding)])
    since = finding.found_on - timedelta(days=REPEAT_DAYS)
    same = Finding.objects.filter(line=finding.line_id, item=finding.item_id, place=finding.place)
    earlier = (
        same.filter(found_on__gte=since, found_on__lt=finding.found_on).exclude(state="withdrawn").order_by("-found_on", "-id")
    )
    return FindingPage(
        finding=finding,
        before=tuple(before),
        after=tuple(after),
        earlier=tuple(earlier[:10]),
        timeline=shown_history(actor, finding),
        can_add_photos=can_add_photos(actor, finding),
    )
