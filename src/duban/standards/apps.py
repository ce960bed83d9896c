from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "duban.standards"
    default_auto_field = "django.db.models.BigAutoField"
