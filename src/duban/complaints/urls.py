"""Addresses of complaints."""

from django.urls import path

from duban.complaints.views import moves, pages

app_name = "complaints"

urlpatterns = [
    path("", pages.complaint_list_page, name="list"),
    path("new/", pages.complaint_new, name="new"),
    path("<str:code>/", pages.complaint_detail, name="detail"),
    path("<str:code>/route/", moves.route, name="route"),
    path("<str:code>/reply/", moves.reply, name="reply"),
    path("<str:code>/validate/", moves.validate, name="validate"),
    path("<str:code>/promise/", moves.promise, name="promise"),
    path("<str:code>/pause/", moves.pause, name="pause"),
    path("<str:code>/resume/", moves.resume, name="resume"),
    path("<str:code>/move/<slug:move>/", moves.move, name="move"),
]
