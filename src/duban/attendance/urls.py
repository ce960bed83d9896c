"""Addresses of attendance."""

from django.urls import path

from duban.attendance.views import ledger, pages, patrols, punches, rosters, routes, swaps

app_name = "attendance"

urlpatterns = [
    path("", pages.coverage_page, name="list"),
    path("slots/", pages.slot_list_page, name="slots"),
    path("slots/<str:code>/", pages.slot_detail, name="slot"),
    path("slots/<str:code>/<slug:move>/", pages.slot_decide, name="decide"),
    path("posts/", punches.post_list_page, name="posts"),
    path("posts/<str:code>/", punches.post_day_page, name="post"),
    path("posts/<str:code>/check-in/", punches.punch_new, name="post_punch"),
    path("routes/", routes.route_list_page, name="routes"),
    path("routes/new/", routes.route_new, name="route_new"),
    path("routes/<str:code>/", routes.route_detail, name="route"),
    path("routes/<str:code>/edit/", routes.route_edit, name="route_edit"),
    path("rounds/", patrols.round_list_page, name="rounds"),
    path("rounds/<str:code>/", patrols.round_detail, name="round"),
    path("ledger/", ledger.ledger_page, name="ledger"),
    path("ledger/examine/", ledger.ledger_examined, name="ledger_examine"),
    path("ledger/exceptions/", ledger.finding_list_page, name="ledger_findings"),
    path("ledger/exceptions/<str:code>/", ledger.finding_detail, name="ledger_finding"),
    path("ledger/exceptions/<str:code>/<slug:move>/", ledger.finding_moved, name="ledger_finding_move"),
    path("ledger/posts/<str:code>/<str:day>/", ledger.ledger_day_page, name="ledger_day"),
    path("rosters/", rosters.roster_list_page, name="rosters"),
    path("rosters/new/", rosters.roster_new, name="roster_new"),
    path("rosters/sheet/", rosters.roster_export, name="roster_export"),
    path("rosters/<str:code>/", rosters.roster_detail, name="roster"),
    path("rosters/<str:code>/sheet/", rosters.roster_sheet, name="roster_sheet"),
    path("rosters/<str:code>/cells/", rosters.roster_cells, name="roster_cells"),
    path("rosters/<str:code>/copy/", rosters.roster_copied, name="roster_copy"),
    path("rosters/<str:code>/swap/", swaps.swap_new, name="swap_new"),
    path("rosters/<str:code>/<slug:move>/", rosters.roster_moved, name="roster_move"),
    path("swaps/<str:code>/<slug:move>/", swaps.swap_moved, name="swap_move"),
]
