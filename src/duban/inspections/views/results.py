"""Check results: list, detail, correction, photos."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.contracts.selectors.options import chain_url
from duban.inspections.forms import CorrectionForm, PhotosForm
from duban.inspections.permissions import can_correct
from duban.inspections.selectors import result_get, result_list, result_page
from duban.inspections.selectors.other_answers import other_answer_get
from duban.inspections.selectors.trust import marks_of_result
from duban.inspections.services import add_photos, correct_result
from duban.inspections.tables import RESULTS
from duban.inspections.views.frame import record_actions, section_links
from duban.inspections.views.second_words import second_words
from duban.inspections.views.words import result_facts, result_header
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.trust.words import trust_cards

UNPROCESSABLE = 422


@require_GET
def result_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Check results"), "links": section_links("results"), "actions": record_actions(actor)}
    return RESULTS.answer(request, result_list(actor), "inspections/list.html", context)


@require_GET
def result_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = result_page(actor, result_get(actor, code))
    context = {
        "page": page,
        "facts": result_facts(page),
        "header": result_header(page),
        "chain_url": chain_url(page.result.line, page.result.day, "evidence"),
        "photos_form": PhotosForm() if page.can_correct else None,
        "trust": trust_cards(actor, marks_of_result(page.result)),
        "seconds": second_words(actor, page.result),
    }
    return render(request, "inspections/result_detail.html", context)


@require_GET
def other_answer(request: HttpRequest, code: str) -> HttpResponse:
    """A second answer has no page of its own: it stands on that of the result that counts."""
    found = other_answer_get(actor_of(request), code)
    return redirect(reverse("inspections:result", args=[found.result.code]) + f"#{found.code}")


@require_http_methods(["GET", "POST"])
def result_correct(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    result = result_get(actor, code)
    if not can_correct(actor, result):
        raise NotAllowed
    initial = {"verdict": result.verdict, "severity": result.severity, "note": result.note}
    form = CorrectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        with apply_errors(form):
            correct_result(actor=actor, result=result, **form.cleaned_data)
            messages.success(request, _("The result is corrected. Cards over this day show that their evidence changed."))
            return redirect("inspections:result", result.code)
    context = {"form": form, "result": result}
    return render(request, "inspections/result_correct.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def result_photos(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    result = result_get(actor, code)
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            add_photos(actor=actor, result=result, uploads=form.cleaned_data["photos"])
            messages.success(request, _("The photos are kept."))
            return redirect("inspections:result", result.code)
    return render(request, "inspections/photos.html", {"form": form, "result": result}, status=UNPROCESSABLE)
