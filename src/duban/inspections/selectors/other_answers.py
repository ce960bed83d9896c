"""Answers that do not count because another one to the same question was captured earlier."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from duban.inspections.models import CheckResult, InspectionTask, OtherAnswer
from duban.inspections.permissions import Code, sees_names
from duban.inspections.selectors.blind import blind_visits
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.files.selectors import attachments_of_many, photos_of
from duban.platform.ui.components import Photo

KEY_DIGITS = 18


@dataclass(frozen=True)
class SecondAnswer:
    """One answer beside a result; `inspector` and `counted_by` are empty for those who may not read names."""

    answer: OtherAnswer
    inspector: str
    counted_by: str
    photos: tuple[Photo, ...]


def other_answer_list(actor: Actor) -> "QuerySet[OtherAnswer]":
    """Second answers the actor may see, with the results they stand beside; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    blind = blind_visits(actor)
    rows = OtherAnswer.objects.for_actor(actor).exclude(result__visit__in=blind).exclude(visit__in=blind)
    return rows.select_related("inspector", "result__item", "result__place__parent", "result__inspector").order_by("pk")


def other_answer_get(actor: Actor, code: str) -> OtherAnswer:
    """One second answer by its code (`OA-7`), or `NotFound`."""
    number = code.removeprefix("OA-")
    if not number.isdecimal() or len(number) > KEY_DIGITS:
        raise NotFound
    found = other_answer_list(actor).filter(pk=int(number)).first()
    if found is None:
        raise NotFound
    return found


def second_answers(actor: Actor, about: CheckResult | InspectionTask) -> list[SecondAnswer]:
    """What was answered a second time to one result, or in one round: two statements."""
    rows = other_answer_list(actor)
    rows = rows.filter(result=about) if isinstance(about, CheckResult) else rows.filter(result__visit__task=about)
    return _with_photos(actor, list(rows))


def _with_photos(actor: Actor, rows: Sequence[OtherAnswer]) -> list[SecondAnswer]:
    hung = attachments_of_many(OtherAnswer, [row.pk for row in rows]) if rows else {}
    names = sees_names(actor)
    return [
        SecondAnswer(
            answer=row,
            inspector=row.inspector.name if row.inspector and names else "",
            counted_by=row.result.inspector.name if row.result.inspector and names else "",
            photos=tuple(photos_of(row, [each.file for each in hung.get(row.pk, ())], caption=row.code)),
        )
        for row in rows
    ]
