"""The API, assembled: one router per app, one error shape."""

from importlib import import_module
from importlib.util import find_spec

from ninja import NinjaAPI

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
    "insight",
)

api = NinjaAPI(title="Duban 督办", version="1", urls_namespace="api")
for app in APPS:
    if find_spec(f"duban.{app}.api"):
        api.add_router(f"/{app}/", import_module(f"duban.{app}.api").router)
