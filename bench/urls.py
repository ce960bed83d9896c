"""The product's addresses and one empty page behind the same sign-in, to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from duban.platform.requests import actor_of


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the session, the person and the rights that every page needs."""
    return HttpResponse(actor_of(request).name)


urlpatterns = [path("empty/", empty), path("", include("duban.project.urls"))]
