"""Check results for the pages."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, Model, OuterRef, QuerySet

from duban.contracts.models import ContractLine
from duban.inspections.models import CheckPhoto, CheckResult, Finding
from duban.inspections.permissions import Code, can_correct, sees_names
from duban.inspections.selectors.blind import blind_visits
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.audit.selectors import timeline_of
from duban.platform.files.selectors import photos_of
from duban.platform.trust.selectors import bands_of
from duban.platform.ui.components import Photo, TimelineEntry

WITH_PATHS = ("line__estate__office", "line__contract__office", "line__contract__vendor__unit")
KEY_DIGITS = 18
FEW_LINES = 10


@dataclass(frozen=True)
class ResultPage:
    """What the page of a result shows. `inspector` is empty for those who may not read names."""

    result: CheckResult
    inspector: str
    photos: tuple[Photo, ...]
    finding: Finding | None
    timeline: tuple[TimelineEntry, ...]
    can_correct: bool


def result_list(actor: Actor) -> "QuerySet[CheckResult]":
    """Results the actor may see, with line, item, place and inspector; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return _with_words(actor, _visible(actor))


def results_of(actor: Actor, inspector_id: int) -> "QuerySet[CheckResult]":
    """As `result_list`, for one inspector: few enough to be sorted, so nothing is asked beforehand."""
    actor.require(Code.VIEW)
    return _with_words(actor, CheckResult.objects.for_actor(actor).filter(inspector_id=inspector_id))


def _with_words(actor: Actor, rows: "QuerySet[CheckResult]") -> "QuerySet[CheckResult]":
    open_to = rows.exclude(visit__in=blind_visits(actor))
    return open_to.select_related("line__estate", "line__contract__vendor", "item", "place__parent", "inspector")


def _visible(actor: Actor) -> "QuerySet[CheckResult]":
    """The results `for_actor` gives, asked for so that the newest of a hundred million come without sorting them all.

    Whoever sees few lines reads those by their index. For all others a database would do the same with a thousand lines
    and then sort; a condition on each row lets it walk down the key and stop after one page.
    """
    lines = ContractLine.objects.for_actor(actor)
    few = list(lines.order_by("pk").values_list("pk", flat=True)[: FEW_LINES + 1])
    if len(few) <= FEW_LINES:
        return CheckResult.objects.filter(line__in=few)
    return CheckResult.objects.filter(Exists(lines.filter(pk=OuterRef("line_id"))))


def result_get(actor: Actor, code: str) -> CheckResult:
    """One result by its code (`CR-42`), with what decides rights over it, or `NotFound`."""
    number = code.removeprefix("CR-")
    if not number.isdecimal() or len(number) > KEY_DIGITS:
        raise NotFound
    rows = result_list(actor).select_related(*WITH_PATHS, "item__standard", "visit__checklist", "visit__task", "finding")
    result = rows.filter(pk=int(number)).first()
    if result is None:
        raise NotFound
    return result


def result_page(actor: Actor, result: CheckResult) -> ResultPage:
    """Everything the page shows: three statements besides the result."""
    photos = [photo.file for photo in CheckPhoto.objects.filter(check_result=result).select_related("file").order_by("id")]
    bands = bands_of(photo_records(result), photos)
    return ResultPage(
        result=result,
        inspector=result.inspector.name if result.inspector and sees_names(actor) else "",
        photos=tuple(photos_of(result, photos, caption=f"{result.code} {result.day}", bands=bands)),
        finding=getattr(result, "finding", None),
        timeline=shown_history(actor, result),
        can_correct=can_correct(actor, result),
    )


def photo_records(result: CheckResult) -> list[str]:
    """Codes of the records with which photos of a result were handed in: the result, or the task whose form it comes from."""
    task = result.visit.task if result.visit else None
    return [result.code, task.code] if task else [result.code]


def shown_history(actor: Actor, record: Model) -> tuple[TimelineEntry, ...]:
    """What happened to a record; a vendor reads it without the names of our people and without the bare values."""
    entries = timeline_of(record)
    if sees_names(actor):
        return tuple(entries)
    return tuple(replace(entry, actor="", changes=()) for entry in entries)


def results_after(actor: Actor, code: str, start: date | None, end: date | None) -> "QuerySet[CheckResult]":
    """Results recorded after the one with this code, oldest first, narrowed to days; for paging by key."""
    rows = result_list(actor).select_related("line__contract").order_by("id")
    number = code.removeprefix("CR-")
    if number.isdecimal() and len(number) <= KEY_DIGITS:
        rows = rows.filter(pk__gt=int(number))
    if start is not None:
        rows = rows.filter(day__gte=start)
    return rows if end is None else rows.filter(day__lte=end)
