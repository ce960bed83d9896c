"""Checks made twice, for the pages; and what stays hidden from the second inspector until the task is done."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Reinspection, ReinspectionDraw, SecondOpinion
from duban.inspections.permissions import Code, does_calibration
from duban.inspections.selectors.calibration_material import answer_word
from duban.inspections.selectors.facts import place_label
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.platform.records import get_by_code

TWICE_WITH = (
    "visit__line__estate__office",
    "visit__line__contract__vendor__unit",
    "visit__line__contract__office",
    "inspector",
    "draw",
)


@dataclass(frozen=True)
class TwiceRow:
    """One check: to the second inspector without what the first found, afterwards with both answers."""

    key: int
    item: str
    place: str
    first: str
    second: str
    note: str

    @property
    def is_agreed(self) -> bool:
        """Whether both said the same."""
        return self.first == self.second


@dataclass(frozen=True)
class ReinspectionPage:
    """What the page of a task shows. `may_answer` for whoever it was given to while it is open.

    `draw` is the code of the draw for who may see what chance chose from, else empty.
    """

    reinspection: Reinspection
    rows: tuple[TwiceRow, ...]
    may_answer: bool
    may_cancel: bool
    sees_both: bool
    draw: str = ""

    @property
    def agreed(self) -> int:
        """How many checks both answered alike."""
        return sum(row.is_agreed for row in self.rows)


def reinspection_list(actor: Actor) -> "QuerySet[Reinspection]":
    """The actor's tasks, and all for who compares inspectors; `NotAllowed` for who does not inspect, and for vendors."""
    if not does_calibration(actor) and not actor.office_paths(Code.EDIT):
        raise NotAllowed
    rows = Reinspection.objects.for_actor(actor).select_related(*TWICE_WITH)
    return rows.annotate(check_count=Count("visit__results"))


def reinspection_get(actor: Actor, code: str) -> Reinspection:
    """One task of the actor's scope, or `NotFound`."""
    return get_by_code(reinspection_list(actor), code)


def draw_get(actor: Actor, code: str) -> ReinspectionDraw:
    """One draw of the actor's company, for who compares inspectors; `NotAllowed`, `NotFound`."""
    actor.require(Code.CALIBRATE)
    return get_by_code(ReinspectionDraw.objects.for_actor(actor), code)


def reinspection_page(actor: Actor, reinspection: Reinspection) -> ReinspectionPage:
    """Two statements. First answers appear only when the task is done, to whoever gave the second or compares inspectors."""
    is_open = reinspection.state == "open"
    is_own = actor.person_id == reinspection.inspector_id
    results = CheckResult.objects.filter(visit=reinspection.visit_id).select_related("item", "place__parent").order_by("pk")
    opinions = {one.first_id: one for one in SecondOpinion.objects.filter(reinspection=reinspection)}
    sees_both = reinspection.state == "done"
    return ReinspectionPage(
        reinspection=reinspection,
        rows=tuple(_row(result, opinions.get(result.pk), sees_both=sees_both) for result in results),
        may_answer=is_open and is_own,
        may_cancel=is_open and any(actor.can(Code.CALIBRATE, path) for path in reinspection.permission_paths()),
        sees_both=sees_both,
        draw=reinspection.draw.code if reinspection.draw and does_calibration(actor) else "",
    )


def _row(result: CheckResult, opinion: SecondOpinion | None, *, sees_both: bool) -> TwiceRow:
    place = result.place
    return TwiceRow(
        key=result.pk,
        item=result.item.name,
        place=place_label(place.name, place.parent.name if place.parent else None) if place else "",
        first=_word(result.verdict, result.severity) if sees_both else "",
        second=_word(opinion.verdict, opinion.severity) if opinion else "",
        note=opinion.note if opinion else "",
    )


def _word(verdict: int, severity: int) -> str:
    return "not_applicable" if verdict == Verdict.NOT_APPLICABLE else answer_word(verdict, Grade(severity))
