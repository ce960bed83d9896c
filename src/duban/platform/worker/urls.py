from django.urls import path

from duban.platform.worker import views

app_name = "jobs"

urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:key>/retry/", views.retry, name="retry"),
]
