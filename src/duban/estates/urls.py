from django.urls import path

from duban.estates.views import estates, places, posts, screens

app_name = "estates"

urlpatterns = [
    path("", estates.estate_list_page, name="list"),
    path("new/", estates.estate_new, name="new"),
    path("posts/", posts.post_list_page, name="post_list"),
    path("posts/<str:code>/edit/", posts.post_edit, name="post_edit"),
    path("places/<str:tag>/", places.place_detail, name="place"),
    path("places/<str:tag>/children/", places.place_children_rows, name="place_children"),
    path("places/<str:tag>/edit/", places.place_edit, name="place_edit"),
    path("places/<str:tag>/code-screen/", screens.code_screen, name="place_code_screen"),
    path("places/<str:tag>/new-code/", places.place_retag, name="place_retag"),
    path("<str:code>/", estates.estate_detail, name="detail"),
    path("<str:code>/edit/", estates.estate_edit, name="edit"),
    path("<str:code>/labels/", places.place_label_sheet, name="labels"),
    path("<str:code>/places/new/", places.place_new, name="place_new"),
    path("<str:code>/posts/new/", posts.post_new, name="post_new"),
]

screen_urlpatterns = [
    path("<str:token>/", screens.screen, name="open"),
    path("<str:token>/now/", screens.screen_now, name="now"),
]
"""Addresses of screens on site, which need no account, below `/screen/`."""
