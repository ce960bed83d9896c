"""Addresses of surveys."""

from django.urls import path

from duban.surveys import views

app_name = "surveys"

urlpatterns = [
    path("", views.score_list_page, name="list"),
    path("new/", views.score_new, name="new"),
    path("<str:code>/", views.score_detail, name="detail"),
]
