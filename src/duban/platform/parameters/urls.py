from django.urls import path

from duban.platform.parameters import views

app_name = "parameters"

urlpatterns = [
    path("", views.parameter_list, name="list"),
    path("new/", views.parameter_new, name="new"),
    path("<int:pk>/", views.parameter_edit, name="edit"),
]
