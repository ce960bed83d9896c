"""Addresses of inspections."""

from django.urls import path

from duban.inspections.views import (
    bulk,
    calibration,
    findings,
    limits,
    links,
    notices,
    plan,
    praises,
    reinspections,
    results,
    visits,
)

app_name = "inspections"

urlpatterns = [
    path("", visits.visit_list_page, name="list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<str:code>/", visits.visit_detail, name="visit"),
    path("calibration/", calibration.calibration_page_view, name="calibration"),
    path("calibration/<str:person>/", calibration.inspector_page, name="calibration_inspector"),
    path("calibration/<str:person>/checks/", calibration.inspector_checks_page, name="calibration_checks"),
    path("calibration/<str:person>/visits/", calibration.inspector_visits_page, name="calibration_visits"),
    path("reinspections/", reinspections.reinspection_list_page, name="reinspections"),
    path("reinspections/draw/", reinspections.reinspection_draw, name="reinspection_draw"),
    path("reinspections/<str:code>/", reinspections.reinspection_detail, name="reinspection"),
    path("reinspections/<str:code>/cancel/", reinspections.reinspection_call_off, name="reinspection_cancel"),
    path("results/", results.result_list_page, name="results"),
    path("results/<str:code>/", results.result_detail, name="result"),
    path("results/<str:code>/correct/", results.result_correct, name="result_correct"),
    path("results/<str:code>/photos/", results.result_photos, name="result_photos"),
    path("findings/", findings.finding_list_page, name="findings"),
    path("findings/board/", findings.board, name="board"),
    path("findings/bulk/assign/", bulk.bulk, {"action": "assign"}, name="bulk_assign"),
    path("findings/bulk/extend/", bulk.bulk, {"action": "extend"}, name="bulk_extend"),
    path("findings/bulk/close/", bulk.bulk, {"action": "close"}, name="bulk_close"),
    path("findings/bulk/notice/", bulk.bulk, {"action": "notice"}, name="bulk_notice"),
    path("findings/<str:code>/", findings.finding_detail, name="finding"),
    path("findings/<str:code>/answer/", findings.finding_answer, name="finding_answer"),
    path("findings/<str:code>/re-check/", findings.finding_check, name="finding_check"),
    path("findings/<str:code>/photos/", findings.finding_photos, name="finding_photos"),
    path("findings/<str:code>/<slug:move>/", findings.finding_move, name="finding_move"),
    path("plan/", plan.plan_home, name="plan"),
    path("plan/<str:code>/", plan.plan_of, name="plan_of"),
    path("notices/", notices.notice_list_page, name="notices"),
    path("notices/<str:code>/", notices.notice_detail, name="notice"),
    path("notices/<str:code>/pdf/", notices.notice_paper, name="notice_pdf"),
    path("notices/<str:code>/link/", notices.notice_link, name="notice_link"),
    path("notices/<str:code>/link/<int:key>/revoke/", notices.notice_link_revoke, name="notice_link_revoke"),
    path("notices/<str:code>/<slug:move>/", notices.notice_moved, name="notice_move"),
    path("praise/", praises.praise_list_page, name="praises"),
    path("praise/new/", praises.praise_new, name="praise_new"),
    path("praise/<str:code>/", praises.praise_detail, name="praise"),
    path("praise/<str:code>/<slug:move>/", praises.praise_moved, name="praise_move"),
    path("limits/", limits.limits, name="limits"),
    path("limits/<str:code>/", limits.limits_of, name="limits_of"),
    path("limits/<str:code>/<str:subject>/", limits.limit_edit, name="limit_edit"),
]

link_urlpatterns = [
    path("<str:token>/", links.opened, name="open"),
    path("<str:token>/photo/<str:sha256>/<str:variant>/", links.photo, name="photo"),
    path("<str:token>/<str:code>/", links.replied, name="reply"),
]
"""Addresses that need no account, below `/r/`."""
