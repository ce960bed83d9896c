from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Records, states, audit trail, events, jobs, files, notices, imports and the shared interface."""

    name = "duban.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
