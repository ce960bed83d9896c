from django.urls import path

from duban.platform.conversations import views

app_name = "conversations"

urlpatterns = [path("<str:reference>/", views.thread, name="thread")]
