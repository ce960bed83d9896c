from django.urls import path

from duban.insight import views

app_name = "insight"

urlpatterns = [
    path("", views.cockpit_page, name="cockpit"),
    path("insight/lower/", views.cockpit_lower, name="lower"),
    path("insight/waiting/", views.waiting, name="waiting"),
    path("chain/", views.chain_bar, name="chain"),
]
