"""Check results, findings, visits, plans, tasks and audits for other systems."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from duban.inspections.api import plans
from duban.inspections.domain.audits import MeetingKind
from duban.inspections.domain.rows import Recorded
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import (
    Audit,
    AuditFinding,
    AuditProgramme,
    CheckResult,
    Finding,
    Reinspection,
    ReinspectionDraw,
    Visit,
)
from duban.inspections.schemas import (
    VERDICTS,
    CalibrationOut,
    CorrectionIn,
    DaysPaging,
    DrawIn,
    DrawOut,
    FilledFormOut,
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
from duban.inspections.schemas.audits import (
    AnswerIn,
    AuditDetailOut,
    AuditFindingIn,
    AuditFindingOut,
    AuditIn,
    AuditNoteIn,
    AuditOut,
    MeetingIO,
    ProgrammeIn,
    ProgrammeOut,
)
from duban.inspections.schemas.second_answers import SecondAnswerOut
from duban.inspections.selectors import finding_get, finding_list, result_get, results_after, visit_list
from duban.inspections.selectors.audit_codes import finding_keys, office_to_audit, plan_keys
from duban.inspections.selectors.audit_reports import audit_pdf
from duban.inspections.selectors.audits import (
    AuditPage,
    audit_finding_get,
    audit_finding_list,
    audit_finding_to_edit,
    audit_get,
    audit_list,
    audit_page,
    audit_to_run,
    audit_to_work_on,
    programme_get,
    programme_list,
)
from duban.inspections.selectors.calibration import CalibrationPage, calibration_known, inspector_figures
from duban.inspections.selectors.calibration_evidence import inspector_strata
from duban.inspections.selectors.form_answers import FilledForm, forms_of_task
from duban.inspections.selectors.other_answers import SecondAnswer, second_answers
from duban.inspections.selectors.reinspections import (
    ReinspectionPage,
    draw_get,
    reinspection_get,
    reinspection_list,
    reinspection_page,
)
from duban.inspections.selectors.tasks import task_get
from duban.inspections.services import (
    audit_change,
    audit_finding_answer,
    audit_finding_change,
    audit_finding_move,
    audit_finding_note,
    audit_finding_rectify,
    audit_meeting_record,
    audit_move,
    audit_plan,
    correct_result,
    move_finding,
    programme_set,
    receive_results,
)
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of

router = Router(tags=["inspections"])
router.add_router("", plans.router)


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


@router.get("/tasks/{code}/second-answers", response={200: list[SecondAnswerOut], **REFUSALS}, operation_id="tasks_seconds")
def tasks_seconds(request: HttpRequest, code: str) -> list[SecondAnswer]:
    """What was answered a second time in a round; of two answers to one item at one place the one captured earlier counts."""
    actor = actor_of(request)
    return second_answers(actor, task_get(actor, code))


@router.get("/results/{code}/second-answers", response={200: list[SecondAnswerOut], **REFUSALS}, operation_id="results_seconds")
def results_seconds(request: HttpRequest, code: str) -> list[SecondAnswer]:
    """What was answered a second time where this result counts."""
    actor = actor_of(request)
    return second_answers(actor, result_get(actor, code))


@router.get("/tasks/{code}/forms", response={200: list[FilledFormOut], **REFUSALS}, operation_id="tasks_forms")
def tasks_forms(request: HttpRequest, code: str) -> list[FilledForm]:
    """The forms filled in for a task, each answer in words."""
    actor = actor_of(request)
    return forms_of_task(actor, task_get(actor, code))


@router.get("/audit-programmes", response={200: list[ProgrammeOut], **REFUSALS}, operation_id="audit_programmes_list")
def audit_programmes_list(request: HttpRequest) -> list[AuditProgramme]:
    """Audit programmes, the newest year first."""
    return list(programme_list(actor_of(request)))


@router.put("/audit-programmes", response={200: ProgrammeOut, **REFUSALS}, operation_id="audit_programmes_set")
def audit_programmes_set(request: HttpRequest, payload: ProgrammeIn) -> AuditProgramme:
    """Write down the programme of an office for a year, for the first time or anew."""
    actor = actor_of(request)
    values = payload.dict(exclude={"office"})
    return programme_set(actor=actor, office=office_to_audit(actor, payload.office), **values)


@router.post("/audit-programmes/{code}/audits", response={200: AuditDetailOut, **REFUSALS}, operation_id="audits_plan")
def audits_plan(request: HttpRequest, code: str, payload: AuditIn) -> AuditPage:
    """Plan an audit into a programme."""
    actor = actor_of(request)
    programme = programme_get(actor, code)
    audit = audit_plan(actor=actor, programme=programme, entry=payload.entry(plan_keys(actor, payload.codes())))
    return audit_page(actor, audit_get(actor, audit.code))


@router.get("/audits", response={200: list[AuditOut], **REFUSALS}, operation_id="audits_list")
def audits_list(request: HttpRequest, page: Query[StatePaging]) -> list[Audit]:
    """Audits in order of their codes; `after` is the last code of the page before."""
    rows = audit_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.get("/audits/{code}", response={200: AuditDetailOut, **REFUSALS}, operation_id="audits_get")
def audits_get(request: HttpRequest, code: str) -> AuditPage:
    """One audit."""
    actor = actor_of(request)
    return audit_page(actor, audit_get(actor, code))


@router.put("/audits/{code}", response={200: AuditDetailOut, **REFUSALS}, operation_id="audits_change")
def audits_change(request: HttpRequest, code: str, payload: AuditIn) -> AuditPage:
    """Change an audit before its closing meeting."""
    actor = actor_of(request)
    audit = audit_to_run(actor, code)
    audit_change(actor=actor, audit=audit, entry=payload.entry(plan_keys(actor, payload.codes())))
    return audit_page(actor, audit_get(actor, code))


@router.put("/audits/{code}/meetings/{kind}", response={200: AuditDetailOut, **REFUSALS}, operation_id="audits_meet")
def audits_meet(request: HttpRequest, code: str, kind: MeetingKind, payload: MeetingIO) -> AuditPage:
    """Write down the opening or the closing meeting; the audit goes on with it."""
    actor = actor_of(request)
    audit_meeting_record(actor=actor, audit=audit_to_work_on(actor, code), kind=kind, **payload.values())
    return audit_page(actor, audit_get(actor, code))


@router.post("/audits/{code}/findings", response={200: AuditFindingOut, **REFUSALS}, operation_id="audits_note")
def audits_note(request: HttpRequest, code: str, payload: AuditFindingIn) -> AuditFinding:
    """Note a finding between the opening meeting and the report."""
    actor = actor_of(request)
    audit = audit_to_work_on(actor, code)
    entry = payload.entry(finding_keys(actor, audit, payload.codes()))
    return audit_finding_get(actor, audit_finding_note(actor=actor, audit=audit, entry=entry).code)


@router.post("/audits/{code}/moves/{move}", response={200: AuditDetailOut, **REFUSALS}, operation_id="audits_move")
def audits_move(request: HttpRequest, code: str, move: str, payload: AuditNoteIn) -> AuditPage:
    """Issue the report (the note is its conclusion), close the audit, or call it off."""
    actor = actor_of(request)
    audit_move(actor=actor, audit=audit_get(actor, code), move=move, note=payload.note)
    return audit_page(actor, audit_get(actor, code))


@router.get("/audits/{code}/report/{language}", response={200: bytes, **REFUSALS}, operation_id="audits_report")
def audits_report(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The report as PDF, `zh` or `en`."""
    actor = actor_of(request)
    return HttpResponse(audit_pdf(actor, audit_page(actor, audit_get(actor, code)), language), content_type="application/pdf")


@router.get("/audit-findings", response={200: list[AuditFindingOut], **REFUSALS}, operation_id="audit_findings_list")
def audit_findings_list(request: HttpRequest, page: Query[StatePaging]) -> list[AuditFinding]:
    """Findings of audits in order of their codes; `after` is the last code of the page before."""
    rows = audit_finding_list(actor_of(request)).filter(code__gt=page.after).order_by("code")
    return list((rows.filter(state=page.state) if page.state else rows)[: page.limit])


@router.get("/audit-findings/{code}", response={200: AuditFindingOut, **REFUSALS}, operation_id="audit_findings_get")
def audit_findings_get(request: HttpRequest, code: str) -> AuditFinding:
    """One finding of an audit."""
    return audit_finding_get(actor_of(request), code)


@router.put("/audit-findings/{code}", response={200: AuditFindingOut, **REFUSALS}, operation_id="audit_findings_change")
def audit_findings_change(request: HttpRequest, code: str, payload: AuditFindingIn) -> AuditFinding:
    """Change a finding that is not issued yet."""
    actor = actor_of(request)
    finding = audit_finding_to_edit(actor, code)
    entry = payload.entry(finding_keys(actor, finding.audit, payload.codes()))
    audit_finding_change(actor=actor, finding=finding, entry=entry)
    return audit_finding_get(actor, code)


@router.post("/audit-findings/{code}/answer", response={200: AuditFindingOut, **REFUSALS}, operation_id="audit_findings_answer")
def audit_findings_answer(request: HttpRequest, code: str, payload: AnswerIn) -> AuditFinding:
    """Answer a nonconformity."""
    actor = actor_of(request)
    audit_finding_answer(actor=actor, finding=audit_finding_get(actor, code), **payload.dict())
    return audit_finding_get(actor, code)


@router.post(
    "/audit-findings/{code}/moves/{move}", response={200: AuditFindingOut, **REFUSALS}, operation_id="audit_findings_move"
)
def audit_findings_move(request: HttpRequest, code: str, move: str, payload: AuditNoteIn) -> AuditFinding:
    """Judge an answer, report an action as done, verify its effect, take a finding up again or cancel it."""
    actor = actor_of(request)
    audit_finding_move(actor=actor, finding=audit_finding_get(actor, code), move=move, note=payload.note)
    return audit_finding_get(actor, code)


@router.post("/audit-findings/{code}/rectify", response={200: FindingOut, **REFUSALS}, operation_id="audit_findings_rectify")
def audit_findings_rectify(request: HttpRequest, code: str) -> Finding:
    """Turn a nonconformity into a finding to be rectified."""
    actor = actor_of(request)
    made = audit_finding_rectify(actor=actor, finding=audit_finding_get(actor, code))
    return finding_get(actor, made.code)
