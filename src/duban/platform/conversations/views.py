from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from duban.platform.conversations.selectors import conversation_target, thread_of
from duban.platform.conversations.services import message_post
from duban.platform.requests import actor_of


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, reference: str) -> HttpResponse:
    actor = actor_of(request)
    record = conversation_target(actor, reference)
    if request.method == "POST":
        message_post(
            actor=actor,
            record=record,
            body=request.POST.get("body", ""),
            is_inside="internal" in request.POST,
            uploads=request.FILES.getlist("files"),
        )
        return redirect(_origin(request))
    page = {"thread": thread_of(actor, record), "heading": str(getattr(record, "code", record))}
    template = "platform/conversation_fragment.html" if getattr(request, "htmx", False) else "platform/conversation.html"
    return render(request, template, page)


def _origin(request: HttpRequest) -> str:
    origin = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return origin if origin and is_ours else request.path
