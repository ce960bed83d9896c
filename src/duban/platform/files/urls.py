from django.urls import path

from duban.platform.files import views

app_name = "files"

urlpatterns = [
    path("<str:reference>/", views.show, name="show"),
    path("<str:reference>/<slug:variant>/", views.show, name="show"),
]
