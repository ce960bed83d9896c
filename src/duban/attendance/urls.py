"""Addresses of attendance."""

from django.urls import path

from duban.attendance.views import pages

app_name = "attendance"

urlpatterns = [
    path("", pages.coverage_page, name="list"),
    path("slots/", pages.slot_list_page, name="slots"),
    path("slots/<str:code>/", pages.slot_detail, name="slot"),
    path("slots/<str:code>/<slug:move>/", pages.slot_decide, name="decide"),
]
