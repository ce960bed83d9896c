"""Addresses of what phones sent."""

from django.urls import path

from duban.platform.sync import views

app_name = "phones"

urlpatterns = [
    path("", views.sent_list_page, name="list"),
    path("<uuid:key>/", views.sent_detail, name="one"),
]
