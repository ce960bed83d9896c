"""Addresses of the platform's own pages; included at the root."""

from django.urls import include, path

from duban.platform import health, hub
from duban.platform.search.views import search_page

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("search/", search_page, name="search"),
    path("settings/", hub.settings_hub, name="settings"),
    path("settings/audit/", include("duban.platform.audit.urls")),
    path("settings/imports/", include("duban.platform.imports.urls")),
    path("settings/jobs/", include("duban.platform.worker.urls")),
    path("settings/parameters/", include("duban.platform.parameters.urls")),
    path("phones/", include("duban.platform.sync.urls")),
    path("trust/", include("duban.platform.trust.urls")),
    path("files/", include("duban.platform.files.urls")),
    path("notices/", include("duban.platform.notices.urls")),
    path("conversations/", include("duban.platform.conversations.urls")),
]
