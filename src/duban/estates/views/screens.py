"""The code of a place on a screen: the page that sets it up, and what the screen itself opens without an account."""

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.estates.models import Place
from duban.estates.selectors import place_get
from duban.estates.selectors.screens import place_to_screen, screen_code, screen_place, screen_token
from duban.estates.views.frame import estate_crumbs
from duban.platform.requests import actor_of


@require_GET
def code_screen(request: HttpRequest, tag: str) -> HttpResponse:
    actor = actor_of(request)
    place = place_to_screen(actor, place_get(actor, tag))
    link = request.build_absolute_uri(reverse("screen:open", args=[screen_token(place)])) if place.is_rotating else ""
    crumbs = estate_crumbs(place.estate, place.name, _("Code on a screen"))
    return render(request, "estates/code_screen.html", {"place": place, "link": link, "crumbs": crumbs})


@login_not_required
@require_GET
def screen(request: HttpRequest, token: str) -> HttpResponse:
    return _shown(request, token, "estates/screen.html")


@login_not_required
@require_GET
def screen_now(request: HttpRequest, token: str) -> HttpResponse:
    return _shown(request, token, "estates/screen_code.html")


def _shown(request: HttpRequest, token: str, template: str) -> HttpResponse:
    place = screen_place(token)
    code = screen_code(place)
    context = {"place": place, "code": code, "picture": _picture(request, place, code.text), "token": token}
    response = render(request, template, context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True)
    return response


def _picture(request: HttpRequest, place: Place, text: str) -> str:
    address = request.build_absolute_uri(reverse("estates:place", args=[place.tag])).replace(place.tag, text)
    picture = segno.make(address, error="m").svg_inline(scale=9, border=2)
    return mark_safe(picture)  # noqa: S308 - drawn by segno from our own address
