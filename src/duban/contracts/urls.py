from django.urls import path

from duban.contracts.views import calendar, contracts, lines, panels

app_name = "contracts"

urlpatterns = [
    path("", contracts.contract_list_page, name="list"),
    path("new/", contracts.contract_new, name="new"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/feed/", calendar.feed_make, name="feed_make"),
    path("calendar/feed/remove/", calendar.feed_take_back, name="feed_remove"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("outsourcing/", panels.outsourcing, name="outsourcing"),
    path("estates/<str:code>/", panels.estate_panel, name="estate_panel"),
    path("vendors/<str:code>/", panels.vendor_panel, name="vendor_panel"),
    path("<str:code>/", contracts.contract_detail, name="detail"),
    path("<str:code>/edit/", contracts.contract_edit, name="edit"),
    path("<str:code>/activate/", contracts.activate, name="activate"),
    path("<str:code>/terminate/", contracts.terminate, name="terminate"),
    path("<str:code>/lines/new/", lines.line_new, name="line_new"),
    path("<str:code>/lines/<int:number>/edit/", lines.line_edit, name="line_edit"),
    path("<str:code>/lines/<int:number>/remove/", lines.line_delete, name="line_remove"),
    path("<str:code>/<slug:name>/", contracts.move, name="move"),
]
