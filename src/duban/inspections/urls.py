"""Addresses of inspections."""

from django.urls import path

from duban.inspections.views import findings, results, visits

app_name = "inspections"

urlpatterns = [
    path("", visits.visit_list_page, name="list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<str:code>/", visits.visit_detail, name="visit"),
    path("results/", results.result_list_page, name="results"),
    path("results/<str:code>/", results.result_detail, name="result"),
    path("results/<str:code>/correct/", results.result_correct, name="result_correct"),
    path("results/<str:code>/photos/", results.result_photos, name="result_photos"),
    path("findings/", findings.finding_list_page, name="findings"),
    path("findings/board/", findings.board, name="board"),
    path("findings/<str:code>/", findings.finding_detail, name="finding"),
    path("findings/<str:code>/photos/", findings.finding_photos, name="finding_photos"),
    path("findings/<str:code>/<slug:move>/", findings.finding_move, name="finding_move"),
]
