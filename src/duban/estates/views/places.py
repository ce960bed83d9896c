"""Places: the tree piece by piece, labels, and what a scanned label opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.estates.forms import PlaceForm
from duban.estates.permissions import Code, can_edit
from duban.estates.selectors import LABEL_LIMIT, estate_get, place_children, place_get, place_labels
from duban.estates.services import place_create, place_new_tag, place_update
from duban.estates.views.frame import estate_crumbs, form_page, label_of
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of


@require_GET
def place_detail(request: HttpRequest, tag: str) -> HttpResponse:
    actor = actor_of(request)
    # A changing code, scanned with any camera, carries its number behind the tag.
    place = place_get(actor, tag.partition(".")[0])
    context = {
        "place": place,
        "children": place_children(place.estate, place),
        "label": label_of(place, request.build_absolute_uri(reverse("estates:place", args=[place.tag]))),
        "can_edit": can_edit(actor, place),
        "crumbs": estate_crumbs(place.estate, place.name),
    }
    return render(request, "estates/place_detail.html", context)


@require_GET
def place_children_rows(request: HttpRequest, tag: str) -> HttpResponse:
    actor = actor_of(request)
    place = place_get(actor, tag)
    context = {"places": place_children(place.estate, place), "can_edit": can_edit(actor, place)}
    return render(request, "estates/place_rows.html", context)


@require_GET
def place_label_sheet(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    estate = estate_get(actor, code)
    under = place_get(actor, request.GET["under"]) if "under" in request.GET else None
    places = place_labels(estate, under)
    labels = [label_of(place, request.build_absolute_uri(reverse("estates:place", args=[place.tag]))) for place in places]
    context = {"estate": estate, "labels": labels, "crumbs": estate_crumbs(estate, _("Labels")), "limit": LABEL_LIMIT}
    return render(request, "estates/labels.html", context)


@require_http_methods(["GET", "POST"])
def place_new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    estate = estate_get(actor, code)
    actor.require_any(Code.EDIT, estate.permission_paths())
    form = PlaceForm(request.POST or None, estate=estate)
    if form.is_valid():
        with apply_errors(form):
            place_create(actor=actor, estate=estate, parent=form.cleaned_data["parent"], details=form.details())
            messages.success(request, _("The place is added."))
            return redirect("estates:detail", code)
    return form_page(request, form, _("Add a place"), estate_crumbs(estate, _("Place")), reverse("estates:detail", args=[code]))


@require_http_methods(["GET", "POST"])
def place_edit(request: HttpRequest, tag: str) -> HttpResponse:
    actor = actor_of(request)
    place = place_get(actor, tag)
    actor.require_any(Code.EDIT, place.permission_paths())
    form = PlaceForm(request.POST or None, estate=place.estate, place=place, initial=PlaceForm.initial_of(place))
    back_url = reverse("estates:place", args=[tag])
    if form.is_valid():
        with apply_errors(form):
            place_update(actor=actor, place=place, parent=form.cleaned_data["parent"], details=form.details())
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(request, form, place.name, estate_crumbs(place.estate, place.name), back_url)


@require_POST
def place_retag(request: HttpRequest, tag: str) -> HttpResponse:
    actor = actor_of(request)
    place = place_new_tag(actor=actor, place=place_get(actor, tag))
    messages.success(request, _("The place has a new code; the old label is worthless."))
    return redirect("estates:place", place.tag)
