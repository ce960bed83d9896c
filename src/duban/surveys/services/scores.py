"""Scores of rounds, entered by hand."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from duban.contracts.selectors.options import lines_on
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotFound
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited
from duban.platform.events import announce
from duban.surveys.domain.rows import ScoreInput
from duban.surveys.models import SurveyScore
from duban.surveys.permissions import Code


@transaction.atomic
def score_record(*, actor: Actor, entry: ScoreInput) -> SurveyScore:
    """Enter the answers of a round, or correct those of the same estate, service, day and method.

    The contract line that delivered on that day is found by itself. Raises `NotFound` for an estate outside the scope,
    `NotAllowed` without `surveys.edit`, `Invalid` for a sum the answers cannot have. Announces `EvidenceChanged`.
    """
    estate = Estate.objects.for_actor(actor).select_related("office").filter(pk=entry.estate_id).first()
    if estate is None:
        raise NotFound
    actor.require(Code.EDIT, estate.office.path)
    _check(entry)
    known = {"estate": estate, "service_line": entry.service_line, "day": entry.day, "method": entry.method}
    score = SurveyScore.objects.select_for_update(of=("self",)).filter(**known).first() or SurveyScore(**known)
    before = score.line_id
    with audited(actor=actor, record=score, action="record"):
        score.line_id = lines_on(((estate.pk, entry.service_line, entry.day),)).get((estate.pk, entry.service_line, entry.day))
        score.respondents, score.score_sum = entry.respondents, entry.score_sum
        score.invited, score.source = entry.invited, entry.source
        score.save()
    announce_days((line, score.day) for line in (before, score.line_id))
    return score


def announce_days(pairs: Iterable[tuple[int | None, date]]) -> None:
    """Say which days of which lines have to be measured again."""
    known = sorted({(line, day) for line, day in pairs if line is not None})
    if known:
        announce(EvidenceChanged("surveys", tuple(known)))


def _check(entry: ScoreInput) -> None:
    errors = []
    if not 0 <= entry.score_sum <= entry.respondents * 100:
        errors.append(FieldError("score_sum", mark("The sum must lie between 0 and 100 times the number of answers.")))
    if entry.invited is not None and entry.respondents > entry.invited:
        errors.append(FieldError("respondents", mark("More people answered than were asked.")))
    if entry.day > timezone.localdate():
        errors.append(FieldError("day", mark("The day lies in the future.")))
    if errors:
        raise Invalid(errors=tuple(errors))
