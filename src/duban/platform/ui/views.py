from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from duban.platform.requests import actor_of
from duban.platform.ui import navigation, samples


def navigation_counts(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/navigation_counts.html",
        {"counts": navigation.counts(actor_of(request))},
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    _only_for_builders()
    form = samples.SampleForm(request.POST or None)
    page = {**samples.page(), "form": form, "bad_form": samples.bad_form()}
    return render(request, "ui/styleguide.html", page, status=422 if form.is_bound else 200)


def sample_chain(request: HttpRequest) -> HttpResponse:
    _only_for_builders()
    return render(request, "ui/chain_bar.html", {"stations": samples.chain()})


def _only_for_builders() -> None:
    if not (settings.DEBUG or settings.DUBAN_DEMO):
        raise Http404
