from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and built assets shared by every page."""

    name = "duban.platform.ui"
    label = "platform_ui"
