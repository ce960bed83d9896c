"""Every address of the product. Each app brings its own `urls`; addresses are the same in every language."""

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from duban.estates.urls import screen_urlpatterns
from duban.inspections.urls import link_urlpatterns
from duban.orgs.views.profile import set_language
from duban.project.api import api_urls

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
    path("r/", include((link_urlpatterns, "rectify"))),
    path("screen/", include((screen_urlpatterns, "screen"))),
    path("field/", include("duban.project.field.urls")),
    path("views/", include("duban.platform.ui.listing.urls")),
    path("", include("duban.insight.urls")),
    path("_ui/", include("duban.platform.ui.urls")),
    path("", include("duban.platform.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("api/v1/", api_urls()),
]
