"""Check results, findings and visits for other systems."""

from django.http import HttpRequest
from ninja import Query, Router

from duban.inspections.domain.rows import Recorded
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckResult, Finding, Reinspection, ReinspectionDraw, Visit
from duban.inspections.schemas import (
    VERDICTS,
    CalibrationOut,
    CorrectionIn,
    DaysPaging,
    DrawIn,
    DrawOut,
    FindingNoteIn,
    FindingOut,
    InspectorOut,
    OpinionsIn,
    Paging,
    RecordedOut,
    ReinspectionOut,
    ResultOut,
    ResultsIn,
    StatePaging,
    TwiceOut,
    VisitOut,
)
from duban.inspections.selectors import finding_get, finding_list, result_get, results_after, visit_list
from duban.inspections.selectors.calibration import CalibrationPage, calibration_known, inspector_figures
from duban.inspections.selectors.calibration_evidence import inspector_strata
from duban.inspections.selectors.reinspections import (
    ReinspectionPage,
    draw_get,
    reinspection_get,
    reinspection_list,
    reinspection_page,
)
from duban.inspections.services import correct_result, move_finding, receive_results
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
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


@router.get("/calibration", response={200: CalibrationOut, **REFUSALS}, operation_id="calibration_get")
def calibration_get(request: HttpRequest) -> CalibrationPage:
    """The newest comparison of inspectors, with names for keys; only for who compares inspectors."""
    return calibration_known(actor_of(request))


@router.get("/calibration/{person}", response={200: InspectorOut, **REFUSALS}, operation_id="calibration_inspector")
def calibration_inspector(request: HttpRequest, person: int) -> dict[str, object]:
    """One inspector by the key that the comparison names people by, with the lines and quarters behind the figures."""
    actor, key = actor_of(request), str(person)
    page = calibration_known(actor)
    figures = inspector_figures(page, key)
    return {"name": page.people[key], "figures": figures, "strata": inspector_strata(actor, page, key)}


@router.get("/reinspections", response={200: list[ReinspectionOut], **REFUSALS}, operation_id="reinspections_list")
def reinspections_list(request: HttpRequest, page: Query[StatePaging]) -> list[Reinspection]:
    """Visits drawn to be checked again, in order of their codes; an inspector gets the own ones."""
    rows = reinspection_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.post("/reinspections", response={200: list[ReinspectionOut], **REFUSALS}, operation_id="reinspections_draw")
def reinspections_draw_now(request: HttpRequest, payload: DrawIn) -> list[Reinspection]:
    """Draw visits by a seed and share them out among inspectors who were not there."""
    return reinspections_draw(actor=actor_of(request), **payload.dict())


@router.get("/draws/{code}", response={200: DrawOut, **REFUSALS}, operation_id="draws_get")
def draws_get(request: HttpRequest, code: str) -> ReinspectionDraw:
    """One draw with everything chance chose from, so that anybody can repeat it."""
    return draw_get(actor_of(request), code)


@router.get("/reinspections/{code}", response={200: TwiceOut, **REFUSALS}, operation_id="reinspections_get")
def reinspections_get(request: HttpRequest, code: str) -> ReinspectionPage:
    """One task with what is to be checked; first answers only when it is done."""
    actor = actor_of(request)
    return reinspection_page(actor, reinspection_get(actor, code))


@router.post("/reinspections/{code}/answers", response={200: TwiceOut, **REFUSALS}, operation_id="reinspections_answer")
def reinspections_answer(request: HttpRequest, code: str, payload: OpinionsIn) -> ReinspectionPage:
    """Hand in all answers of the second inspector."""
    actor = actor_of(request)
    reinspection_answer(actor=actor, reinspection=reinspection_get(actor, code), opinions=payload.opinions())
    return reinspection_page(actor, reinspection_get(actor, code))
