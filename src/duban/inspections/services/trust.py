"""What inspections do when it changes whether a record from a phone counts."""

from collections.abc import Collection
from datetime import date

from duban.inspections.models import CheckResult, Finding, InspectionTask, Praise, UncountedResult
from duban.inspections.selectors.facts import ANSWER, CHECK_IN, FORM, PRAISE
from duban.inspections.selectors.trust import reviews_of_results
from duban.inspections.services.judging import lots_judge
from duban.kernel.metrics import EvidenceChanged
from duban.platform.events import announce
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.models import TrustReview

RESULT = "CR-"


def follow_trust(event: TrustSettled) -> None:
    """Let results and rounds count, or not, as their records do; inside the announcer's transaction, safe to repeat.

    A result that several records made (an answer and its corrections, a form) counts only if all of them do. Announces
    `EvidenceChanged` for the days of the results, of the findings that rest on them, of the rounds, and of praise.
    """
    records = {record for _, record, _, _ in event.changes}
    if event.kind == ANSWER:
        recount_results([int(record.removeprefix(RESULT)) for record in records if record.startswith(RESULT)])
    elif event.kind == FORM:
        recount_results(list(CheckResult.objects.filter(visit__task__code__in=records).values_list("pk", flat=True)))
    elif event.kind == CHECK_IN:
        tasks = InspectionTask.objects.filter(code__in=records).order_by("line_id", "due_on")
        _announce(tasks.values_list("line_id", "due_on"))
    elif event.kind == PRAISE:
        _announce(Praise.objects.filter(code__in=records).values_list("line_id", "day"))


def recount_results(keys: Collection[int]) -> None:
    """Let results count as the reviews of what made them say; lots they belong to are judged again.

    Announces `EvidenceChanged` for their days, and what `lots_judge` does.
    """
    results = list(CheckResult.objects.filter(pk__in=keys).order_by("pk").only("pk", "line_id", "day", "visit_id"))
    reviews = reviews_of_results(results)
    UncountedResult.objects.filter(pk__in=keys).delete()
    UncountedResult.objects.bulk_create(
        [row for result in results if (row := _uncounted(result, reviews.get(result.pk, ()))) is not None], batch_size=500
    )
    findings = Finding.objects.filter(check_result__in=keys).values_list("line_id", "due_on")
    _announce([*((row.line_id, row.day) for row in results), *((line, due) for line, due in findings if due is not None)])
    lots_judge(InspectionTask.objects.filter(visits__in={row.visit_id for row in results}).values_list("pk", flat=True))


def _uncounted(result: CheckResult, reviews: Collection[TrustReview]) -> UncountedResult | None:
    score = all(review.counts_score for review in reviews)
    money = all(review.counts_money for review in reviews)
    if score and money:
        return None
    return UncountedResult(check_result=result, line_id=result.line_id, day=result.day, for_score=score, for_money=money)


def _announce(pairs: Collection[tuple[int, date]]) -> None:
    found = tuple(sorted(set(pairs)))
    if found:
        announce(EvidenceChanged("inspections", found))
