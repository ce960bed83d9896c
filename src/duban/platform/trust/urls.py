"""Addresses of the review of doubtful records."""

from django.urls import path

from duban.platform.trust import views

app_name = "trust"

urlpatterns = [
    path("", views.review_list_page, name="list"),
    path("bulk/accept/", views.reviews_moved, {"move": "accept"}, name="bulk_accept"),
    path("bulk/refuse/", views.reviews_moved, {"move": "refuse"}, name="bulk_refuse"),
    path("<str:code>/", views.review_detail, name="detail"),
    path("<str:code>/<slug:move>/", views.review_moved, name="move"),
]
