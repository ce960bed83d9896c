from django.urls import path

from duban.platform.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("chain/", views.sample_chain, name="sample_chain"),
    path("counts/", views.navigation_counts, name="counts"),
]
