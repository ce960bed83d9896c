from django.apps import AppConfig


class EstatesConfig(AppConfig):
    name = "duban.estates"
    default_auto_field = "django.db.models.BigAutoField"
