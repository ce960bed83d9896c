from django.apps import AppConfig


class VendorsConfig(AppConfig):
    name = "duban.vendors"
    default_auto_field = "django.db.models.BigAutoField"
