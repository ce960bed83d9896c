"""Every address of the product. Each app brings its own `urls`; addresses are the same in every language."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from duban.project.api import api

APPS = (
    "orgs",
    "estates",
    "vendors",
    "standards",
    "contracts",
    "inspections",
    "attendance",
    "complaints",
    "surveys",
    "scorecards",
    "settlement",
)


def _app_urls() -> list[URLPattern | URLResolver]:
    return [path(f"{app}/", include(f"duban.{app}.urls")) for app in APPS if find_spec(f"duban.{app}.urls")]


urlpatterns: list[URLPattern | URLResolver] = [
    *_app_urls(),
    path("views/", include("duban.platform.ui.listing.urls")),
    path("", include("duban.insight.urls")),
    path("_ui/", include("duban.platform.ui.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
]
