"""The API, assembled: one router per app, two ways to sign in, one error shape."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, SessionAuth

from duban.kernel.actor import Channel
from duban.orgs.models import Person
from duban.orgs.selectors import actor_for_person
from duban.platform.problems import MEDIA_TYPE, TITLES, Problem, install
from duban.platform.sync.api import router as field_router
from duban.platform.tokens.selectors import narrowed, token_of_secret
from duban.platform.tokens.services import token_used
from duban.platform.trust.api import router as trust_router

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


class TokenAuth(HttpBearer):
    """`Authorization: Bearer duban_…`: the request acts with the rights of the token's person, or those the token names."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        known = token_of_secret(token)
        if known is None or not isinstance(known.person, Person):
            return None
        token_used(known)
        person = request.user = known.person
        actor = actor_for_person(
            person,
            channel=Channel.API,
            request_id=request.META.get("DUBAN_REQUEST_ID", ""),
            address=request.META.get("REMOTE_ADDR", ""),
        )
        request.actor = narrowed(actor, known)  # type: ignore[attr-defined]  # the actor middleware puts it there for everybody else
        return person


class DubanAPI(NinjaAPI):
    """An API whose description names the refusals that every operation can answer with."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schema["components"]["schemas"].update(schema["components"]["schemas"]["Problem"].pop("$defs", {}))
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operation in [operation for methods in schema["paths"].values() for operation in methods.values()]:
            for status, title in TITLES.items():
                operation["responses"][status] = {"description": title, "content": content}
        return schema


api = DubanAPI(
    title="Duban 督办",
    version="1",
    description="Every use case of the office, over the same services and with the same rights as its pages.",
    urls_namespace="api",
    docs_url=None,
    auth=[TokenAuth(), SessionAuth()],
)
install(api)
api.add_router("/field/", field_router)
api.add_router("/trust/", trust_router)
for app in APPS:
    if find_spec(f"duban.{app}.api"):
        api.add_router(f"/{app}/", import_module(f"duban.{app}.api").router)


def api_urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API. It signs people in by itself and answers 401, never with the sign-in page."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return patterns, app_name, str(namespace)
