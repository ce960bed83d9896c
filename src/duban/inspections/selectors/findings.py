"""Findings for the pages: list, board by state, one finding with pictures before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from duban.inspections.domain.rectification import REPEAT_DAYS
from duban.inspections.domain.states import FINDING_STATES
from duban.inspections.models import CheckPhoto, CheckResult, Finding, FindingReply, RectificationNotice
from duban.inspections.permissions import Code, can_add_photos, can_reply, is_another, sees_names
from duban.inspections.selectors.blind import blind_visits
from duban.inspections.selectors.evidence import photos_by_result
from duban.inspections.selectors.facts import late_condition
from duban.inspections.selectors.results import WITH_PATHS, photo_records, shown_history
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.orgs.models import Person
from duban.orgs.selectors import people_with
from duban.platform.files.selectors import attachments_of, photos_of
from duban.platform.records import get_by_code
from duban.platform.trust.selectors import bands_of
from duban.platform.ui.components import Photo, TimelineEntry

BOARD_STATES = ("open", "reopened", "rectified", "closed")
BOARD_LIMIT = 30
BOARD_DAYS = 30
RECHECK_NOTE = "recheck"


@dataclass(frozen=True)
class BoardColumn:
    """One state of the board: how many findings are in it, and the most urgent of them, each with its first photo."""

    state: str
    count: int
    findings: tuple[Finding, ...]
    photos: dict[int, Photo]


@dataclass(frozen=True)
class FindingPage:
    """What the page of a finding shows; `earlier` are findings of the same item at the same place within 90 days."""

    finding: Finding
    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    recheck: tuple[Photo, ...]
    earlier: tuple[Finding, ...]
    replies: tuple[FindingReply, ...]
    notices: tuple[RectificationNotice, ...]
    timeline: tuple[TimelineEntry, ...]
    owner: str
    can_add_photos: bool
    can_reply: bool
    can_recheck: bool
    can_edit: bool


def finding_list(actor: Actor) -> "QuerySet[Finding]":
    """Findings the actor may see, with line, item, place, owner, and whether they are late; `NotAllowed` without the right."""
    actor.require(Code.VIEW)
    rows = _seen(actor).select_related(*WITH_PATHS, "item", "place__parent", "owner")
    over = (Q(due_on__lt=timezone.localdate()) | Q(due_at__lt=timezone.now())) & late_condition() & ~Q(state="withdrawn")
    late = Case(When(over, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    return rows.annotate(is_late=late)


def finding_get(actor: Actor, code: str) -> Finding:
    """One finding of the actor's scope, or `NotFound`."""
    return get_by_code(finding_list(actor).select_related("check_result__visit__task", "item__standard"), code)


def findings_chosen(actor: Actor, codes: Sequence[str]) -> list[Finding]:
    """Findings of the actor's scope by their codes, with what decides rights; `NotFound` if one is missing: one statement."""
    rows = list(finding_list(actor).select_related("check_result").filter(code__in=codes).order_by("pk"))
    if len(rows) != len(set(codes)):
        raise NotFound
    return rows


def finding_counts(actor: Actor, estate: int | None = None) -> dict[str, int]:
    """How many of the findings the actor may see, of one estate or of all, are in each state."""
    actor.require(Code.VIEW)
    rows = _of_estate(_seen(actor), estate).order_by().values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(FINDING_STATES.states, 0) | dict(rows)


def finding_board(actor: Actor, estate: int | None = None) -> tuple[BoardColumn, ...]:
    """The board of one estate or of all, in nine statements.

    For each state the thirty that are due first; of the closed ones those of the last thirty days.
    """
    counts = finding_counts(actor, estate)
    recent = timezone.localdate() - timedelta(days=BOARD_DAYS)
    columns = []
    for state in BOARD_STATES:
        rows = _of_estate(finding_list(actor), estate).select_related("check_result").filter(state=state)
        rows = (
            rows.filter(closed_on__gte=recent).order_by("-closed_on", "-id")
            if state == "closed"
            else rows.order_by("due_on", "id")
        )
        shown = tuple(rows[:BOARD_LIMIT])
        columns.append(BoardColumn(state, counts[state], shown, _first_photos(shown)))
    return tuple(columns)


def _first_shown(result: CheckResult) -> list[Photo]:
    photos = [photo.file for photo in CheckPhoto.objects.filter(check_result=result).select_related("file").order_by("id")]
    return photos_of(result, photos, bands=bands_of(photo_records(result), photos))


def finding_page(actor: Actor, finding: Finding) -> FindingPage:
    """Everything the page shows: nine statements besides the finding."""
    hung = list(attachments_of(finding))
    bands = bands_of([finding.code], [item.file for item in hung])
    after = photos_of(finding, [item.file for item in hung if item.note != RECHECK_NOTE], bands=bands)
    seen = photos_of(finding, [item.file for item in hung if item.note == RECHECK_NOTE], bands=bands)
    notices = RectificationNotice.objects.for_actor(actor).filter(entries__finding=finding).order_by("-id")
    names = sees_names(actor)
    return FindingPage(
        finding=finding,
        before=tuple(_first_shown(finding.check_result)) if finding.check_result else (),
        after=tuple(after),
        recheck=tuple(seen),
        earlier=tuple(earlier_findings(finding)[:10]),
        replies=tuple(finding.replies.order_by("-at", "-id")),
        notices=tuple(notices),
        timeline=shown_history(actor, finding),
        owner=finding.owner.name if finding.owner and (names or finding.owner_id == actor.person_id) else "",
        can_add_photos=can_add_photos(actor, finding),
        can_reply=can_reply(actor, finding),
        can_recheck=finding.state == "rectified" and _may_edit(actor, finding) and is_another(actor, finding),
        can_edit=_may_edit(actor, finding),
    )


def earlier_findings(finding: Finding) -> "QuerySet[Finding]":
    """Findings of the same item at the same place within the 90 days before, newest first."""
    since = finding.found_on - timedelta(days=REPEAT_DAYS)
    same = Finding.objects.filter(line=finding.line_id, item=finding.item_id, place=finding.place_id)
    rows = same.filter(found_on__gte=since, found_on__lt=finding.found_on).exclude(state="withdrawn")
    return rows.order_by("-found_on", "-id")


def owner_options(findings: Iterable[Finding]) -> dict[int, str]:
    """Key → name of people who can own all of these findings: who puts right at the vendor or checks at the office."""
    sides = {(finding.line.contract.vendor.unit.path, finding.line.estate.office.path) for finding in findings}
    offered: dict[int, str] | None = None
    for vendor, office in sorted(sides):
        people = {person.pk: person.name for person in (*people_with(Code.RECTIFY, vendor), *people_with(Code.EDIT, office))}
        offered = people if offered is None else {key: name for key, name in offered.items() if key in people}
    return offered or {}


def person_of(key: int) -> Person:
    """The person behind a key that `owner_options` has offered."""
    return Person.objects.get(pk=key)


def _seen(actor: Actor) -> "QuerySet[Finding]":
    """Findings of the actor's scope, without those of a visit that the actor is about to check again without knowing it."""
    return Finding.objects.for_actor(actor).exclude(check_result__visit__in=blind_visits(actor))


def _of_estate(rows: "QuerySet[Finding]", estate: int | None) -> "QuerySet[Finding]":
    return rows if estate is None else rows.filter(line__estate=estate)


def _may_edit(actor: Actor, finding: Finding) -> bool:
    return any(actor.can(Code.EDIT, path) for path in finding.permission_paths()[:2])


def _first_photos(findings: Sequence[Finding]) -> dict[int, Photo]:
    results = {row.check_result_id: row.pk for row in findings if row.check_result and row.check_result.photo_count}
    if not results:
        return {}
    found = photos_by_result([row.check_result for row in findings if row.check_result_id in results and row.check_result])
    return {results[key]: Photo(rows[0].thumbnail_url, rows[0].url, rows[0].caption) for key, rows in found.items() if rows}
