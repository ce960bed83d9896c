from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.platform.requests import actor_of
from duban.platform.worker.selectors import jobs_page
from duban.platform.worker.services import retry_failed


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/jobs.html", {"page": jobs_page(actor_of(request))})


@require_POST
def retry(request: HttpRequest, key: UUID) -> HttpResponse:
    retry_failed(actor=actor_of(request), key=str(key))
    messages.success(request, _("The job waits in the queue again."))
    return redirect("jobs:list")
