from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "duban.attendance"
    default_auto_field = "django.db.models.BigAutoField"
