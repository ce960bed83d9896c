from django.urls import path

from duban.project.field import views

app_name = "field"

urlpatterns = [
    path("", views.shell, name="shell"),
    path("session", views.session, name="session"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
