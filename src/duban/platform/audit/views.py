from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.platform.audit.forms import TrailFilterForm
from duban.platform.audit.selectors import TrailFilter, trail_page
from duban.platform.audit.wording import action_words, change_words, model_words
from duban.platform.requests import actor_of


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    form = TrailFilterForm(request.GET or None)
    narrowed = form.narrowed() if form.is_valid() else TrailFilter()
    before = request.GET.get("before", "")
    page = trail_page(actor_of(request), narrowed, older_than=int(before) if before.isdecimal() else None)
    rows = [(entry, action_words(entry), model_words(entry.target_type), change_words(entry)) for entry in page.entries]
    query = request.GET.copy()
    query["before"] = page.older_than
    older_url = f"?{query.urlencode()}" if page.older_than else ""
    return render(request, "platform/audit_trail.html", {"form": form, "rows": rows, "older_url": older_url})
