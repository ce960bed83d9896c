from django.urls import path

from duban.platform.ui.listing import views

app_name = "listings"

urlpatterns = [
    path("save/", views.save, name="save"),
    path("<int:key>/delete/", views.delete, name="delete"),
]
