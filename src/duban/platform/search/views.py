from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.platform.requests import actor_of
from duban.platform.search.selectors import search

ON_PAGE = 25
IN_DROPDOWN = 4


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    is_fragment = bool(getattr(request, "htmx", False))
    groups = search(actor_of(request), text, limit=IN_DROPDOWN if is_fragment else ON_PAGE)
    template = "platform/search_hits.html" if is_fragment else "platform/search.html"
    return render(request, template, {"groups": groups, "text": text})
