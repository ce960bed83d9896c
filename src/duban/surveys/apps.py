from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "duban.surveys"
    default_auto_field = "django.db.models.BigAutoField"
