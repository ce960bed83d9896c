"""The field app's own files. They come from `/field/`, so that its worker rules over that path and no other."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.requests import CONTENT_POLICY, actor_of
from duban.platform.ui.navigation import address
from duban.project.field.precache import WORKER, version, worker_source
from duban.project.field.texts import catalogues
from duban.project.rights import FIELD_RIGHTS

FIELD_POLICY = CONTENT_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


@require_GET
@never_cache
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    _require_field_work(request)
    facts = {"demo": bool(settings.DUBAN_DEMO), "version": version()}
    response = render(request, "field/shell.html", {"facts": facts, "texts": catalogues()})
    response["Content-Security-Policy"] = FIELD_POLICY
    return response


@require_GET
@never_cache
@ensure_csrf_cookie
def session(request: HttpRequest) -> JsonResponse:
    """Whose session it is: the page comes from the phone, and nobody may send under another's name.

    The session outlives the browser from now on: who signed in once need not do so again in a basement.
    """
    _require_field_work(request)
    if request.session.get_expire_at_browser_close():
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return JsonResponse({"person": request.user.get_username(), "sync": bool(address("api:field_pack"))})


@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    _require_field_work(request)
    if not WORKER.exists():
        raise NotFound
    return HttpResponse(worker_source(reverse("field:shell")), content_type="text/javascript; charset=utf-8")


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    _require_field_work(request)
    start = reverse("field:shell")
    icons = [
        {"src": f"{settings.STATIC_URL}field/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    facts = {"name": _("Duban on site"), "short_name": _("Duban"), "lang": request.LANGUAGE_CODE, "id": start}
    look = {"display": "standalone", "background_color": "#0e1a26", "theme_color": "#0e1a26"}
    return JsonResponse(
        {**facts, **look, "start_url": start, "scope": start, "icons": icons}, content_type="application/manifest+json"
    )


def _require_field_work(request: HttpRequest) -> None:
    if not any(actor_of(request).can(code) for code in FIELD_RIGHTS):
        raise NotAllowed
