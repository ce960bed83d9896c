from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "duban.project"
