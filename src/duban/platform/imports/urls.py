from django.urls import path

from duban.platform.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.import_list, name="list"),
    path("template/<slug:kind>/", views.template, name="template"),
    path("<str:code>/", views.import_detail, name="detail"),
    path("<str:code>/confirm/", views.import_confirm, name="confirm"),
    path("<str:code>/retry/", views.import_retry, name="retry"),
    path("<str:code>/problems/", views.problems, name="problems"),
]
