"""What pages say of answers that do not count, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, InspectionTask
from duban.inspections.selectors.other_answers import SecondAnswer, second_answers
from duban.inspections.tables import grade_badge, place_words, verdict_badge
from duban.kernel.actor import Actor
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Photo


@dataclass(frozen=True)
class SecondWords:
    """One answer that does not count. `where` and `url` lead to the result it stands beside, on other pages than its own."""

    code: str
    badge: Badge
    who: str
    when: str
    where: str
    url: str
    counts: str
    note: str
    photos: tuple[Photo, ...]


def second_words(actor: Actor, about: CheckResult | InspectionTask) -> list[SecondWords]:
    """The second answers to one result, or of one round."""
    is_result = isinstance(about, CheckResult)
    return [_words(second, is_result=is_result) for second in second_answers(actor, about)]


def _words(second: SecondAnswer, *, is_result: bool) -> SecondWords:
    row, result = second.answer, second.answer.result
    return SecondWords(
        code=row.code,
        badge=_badge(second),
        who=second.inspector,
        when=formatting.minute(row.at),
        where="" if is_result else " · ".join(filter(None, (place_words(result), result.item.name))),
        url="" if is_result else reverse("inspections:result", args=[result.code]),
        counts=_counts(second),
        note=row.note,
        photos=second.photos,
    )


def _badge(second: SecondAnswer) -> Badge:
    said = verdict_badge(second.answer)
    if second.answer.verdict != Verdict.FAIL:
        return said
    return Badge(f"{said.label} · {grade_badge(second.answer).label}", said.tone)


def _counts(second: SecondAnswer) -> str:
    result = second.answer.result
    words = {"verdict": verdict_badge(result).label, "when": formatting.minute(result.at), "who": second.counted_by}
    if second.counted_by:
        return _("What counts is the earlier answer: “{verdict}”, {who}, {when}.").format(**words)
    return _("What counts is the earlier answer: “{verdict}”, {when}.").format(**words)
