"""What a ledger of survey scores looks up and is checked against, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils import timezone

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.surveys.models import SurveyScore
from duban.surveys.permissions import Code

NO_SCORE = Reason(mark("Neither the average nor the sum of the scores is given."), mark("Fill in one of the two."))
TOO_MUCH = Reason(
    mark("The sum is greater than 100 times the number of answers."), mark("Write the scores on a scale of 0 to 100.")
)
TOO_MANY = Reason(mark("More people answered than were asked."), mark("Correct one of the two numbers."))
IN_FUTURE = Reason(mark("The day lies in the future."), mark("Correct the day."))
FEN = Decimal("0.01")


def estate_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Code, name or own number of an estate where the actor enters scores → key; a shared name is left out."""
    found: dict[str, set[int]] = {}
    for estate in Estate.objects.for_actor(actor).select_related("office"):
        if actor.can(Code.EDIT, estate.office.path):
            for text in {estate.code, estate.name, estate.external_number} & set(codes):
                found.setdefault(text, set()).add(estate.pk)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}


def score_sum_of(row: ImportRow) -> Decimal | None:
    """The sum of the scores: as given, or the average times the answers, rounded half even to a hundredth."""
    if row.get("score_sum") is not None:
        return Decimal(row["score_sum"])
    average = row.get("average")
    return None if average is None else (Decimal(average) * row["respondents"]).quantize(FEN)


def score_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Rows without a score, impossible sums and counts, days in the future."""
    del actor
    today = timezone.localdate()
    for row in rows:
        total = score_sum_of(row)
        if total is None:
            yield row.problem("average", NO_SCORE)
        elif total > row["respondents"] * 100:
            yield row.problem("score_sum", TOO_MUCH)
        if row.get("invited") is not None and row["respondents"] > row["invited"]:
            yield row.problem("respondents", TOO_MANY)
        if row["day"] > today:
            yield row.problem("day", IN_FUTURE)


def score_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every score as an import would bring it in."""
    same = ("service_line", "day", "method", "invited", "respondents", "score_sum", "source")
    for score in SurveyScore.objects.for_actor(actor).select_related("estate").order_by("estate_id", "day", "id"):
        yield {"estate": score.estate.code, **{name: getattr(score, name) for name in same}}
