from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from duban.platform.requests import actor_of
from duban.platform.ui.listing.services import view_delete, view_save


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    view = view_save(
        actor=actor_of(request), listing=sent.get("listing", "")[:80], title=sent.get("title", ""), query=sent.get("query", "")
    )
    messages.success(request, gettext("The view “{title}” is saved.").format(title=view.title))
    return _back(request, f"?{view.query}" if view.query else "")


@require_POST
def delete(request: HttpRequest, key: int) -> HttpResponse:
    view_delete(actor=actor_of(request), key=key)
    messages.success(request, gettext("The view is deleted."))
    return _back(request, "")


def _back(request: HttpRequest, query: str) -> HttpResponse:
    path = request.POST.get("path", "").split("?")[0]
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)
    return HttpResponseRedirect(f"{path}{query}" if is_ours else "/")
