from django.urls import path

from duban.scorecards.views import appeals, cards, grades, periods, ratings, schemes

app_name = "scorecards"

urlpatterns = [
    path("", cards.card_list_page, name="list"),
    path("publish/", cards.bulk_publish, name="bulk_publish"),
    path("cards/<str:code>/", cards.card_detail, name="detail"),
    path("cards/<str:code>/evidence/<str:key>/", cards.card_evidence, name="evidence"),
    path("cards/<str:code>/occurrences/", cards.card_occurrences, name="occurrences"),
    path("cards/<str:code>/trace/", cards.card_trace, name="trace"),
    path("cards/<str:code>/case.json", cards.card_case, name="case"),
    path("cards/<str:code>/export/", cards.card_export, name="export"),
    path("cards/<str:code>/panels/", cards.card_panels, name="panels"),
    path("cards/<str:code>/moves/<str:move>/", cards.card_move, name="move"),
    path("cards/<str:code>/appeal/", appeals.appeal_new, name="appeal"),
    path("appeals/", appeals.appeal_list_page, name="appeals"),
    path("appeals/<str:code>/", appeals.appeal_detail, name="appeal_detail"),
    path("appeals/<str:code>/withdraw/", appeals.appeal_take_back, name="appeal_withdraw"),
    path("periods/", periods.period_list_page, name="periods"),
    path("periods/<str:key>/", periods.period_detail, name="period"),
    path("periods/<str:key>/close/", periods.period_close_now, name="period_close"),
    path("periods/<str:key>/publish/", periods.period_publish, name="period_publish"),
    path("periods/<str:key>/grades/", grades.grades_propose_now, name="grades_propose"),
    path("periods/<str:key>/ratings/", ratings.rating_list_page, name="ratings"),
    path("periods/<str:key>/ratings/<str:code>/<int:number>/", ratings.rating_detail, name="rating"),
    path("schemes/", schemes.scheme_list_page, name="schemes"),
    path("schemes/install/", schemes.scheme_install, name="schemes_install"),
    path("schemes/versions/<str:code>/", schemes.version_detail, name="version"),
    path("schemes/versions/<str:code>/edit/", schemes.version_edit, name="version_edit"),
    path("schemes/versions/<str:code>/preview/", schemes.version_preview, name="version_preview"),
    path("schemes/versions/<str:code>/enforce/", schemes.version_enforce, name="version_enforce"),
    path("schemes/<str:code>/", schemes.scheme_detail, name="scheme"),
    path("schemes/<str:code>/draft/", schemes.scheme_draft, name="scheme_draft"),
    path("grades/", grades.grade_list_page, name="grades"),
    path("grades/<str:code>/", grades.grade_detail, name="grade"),
]
