"""Check results, findings and visits for other systems."""

from django.http import HttpRequest
from ninja import Query, Router

from duban.inspections.domain.rows import Recorded
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckResult, Finding, Visit
from duban.inspections.schemas import (
    VERDICTS,
    CorrectionIn,
    DaysPaging,
    FindingNoteIn,
    FindingOut,
    Paging,
    RecordedOut,
    ResultOut,
    ResultsIn,
    StatePaging,
    VisitOut,
)
from duban.inspections.selectors import finding_get, finding_list, result_get, results_after, visit_list
from duban.inspections.services import correct_result, move_finding, receive_results
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["inspections"])


@router.post("/results", response={200: RecordedOut, **REFUSALS}, operation_id="results_receive")
def results_receive(request: HttpRequest, payload: ResultsIn) -> Recorded:
    """Record check results; those whose `client_id` is known are left as they are. Failed ones open findings."""
    return receive_results(actor=actor_of(request), rows=[row.named() for row in payload.rows])


@router.get("/results", response={200: list[ResultOut], **REFUSALS}, operation_id="results_list")
def results_list(request: HttpRequest, page: Query[DaysPaging]) -> list[CheckResult]:
    """Check results in the order in which they were recorded; `after` is the last code of the page before."""
    return list(results_after(actor_of(request), page.after, page.from_day, page.to_day)[: page.limit])


@router.get("/results/{code}", response={200: ResultOut, **REFUSALS}, operation_id="results_get")
def results_get(request: HttpRequest, code: str) -> CheckResult:
    """One check result."""
    return result_get(actor_of(request), code)


@router.post("/results/{code}/correct", response={200: ResultOut, **REFUSALS}, operation_id="results_correct")
def results_correct(request: HttpRequest, code: str, payload: CorrectionIn) -> CheckResult:
    """Change a recorded result, with a reason."""
    actor = actor_of(request)
    correct_result(
        actor=actor,
        result=result_get(actor, code),
        verdict=VERDICTS[payload.verdict],
        severity=Grade.of(payload.severity),
        note=payload.note,
        reason=payload.reason,
    )
    return result_get(actor, code)


@router.get("/findings", response={200: list[FindingOut], **REFUSALS}, operation_id="findings_list")
def findings_list(request: HttpRequest, page: Query[StatePaging]) -> list[Finding]:
    """Findings in order of their codes; `after` is the last code of the page before."""
    rows = finding_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.get("/findings/{code}", response={200: FindingOut, **REFUSALS}, operation_id="findings_get")
def findings_get(request: HttpRequest, code: str) -> Finding:
    """One finding."""
    return finding_get(actor_of(request), code)


@router.post("/findings/{code}/moves/{move}", response={200: FindingOut, **REFUSALS}, operation_id="findings_move")
def findings_move(request: HttpRequest, code: str, move: str, payload: FindingNoteIn) -> Finding:
    """Make one move of the finding's lifecycle: rectify, close, reopen, withdraw, restore."""
    actor = actor_of(request)
    move_finding(actor=actor, finding=finding_get(actor, code), move=move, note=payload.note)
    return finding_get(actor, code)


@router.get("/visits", response={200: list[VisitOut], **REFUSALS}, operation_id="visits_list")
def visits_list(request: HttpRequest, page: Query[Paging]) -> list[Visit]:
    """Visits in order of their codes; `after` is the last code of the page before."""
    return list(visit_list(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])
