from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "duban.scorecards"
    default_auto_field = "django.db.models.BigAutoField"
