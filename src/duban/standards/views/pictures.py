"""One item with its reference pictures: good and bad."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.kernel.actor import Actor
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.components import Action, Fact, Photo
from duban.standards.forms import PictureForm
from duban.standards.models import StandardItem
from duban.standards.permissions import can_change_items, can_show_pictures
from duban.standards.selectors import item_get, picture_url, standard_get
from duban.standards.services import item_picture_drop, item_picture_set
from duban.standards.views.frame import UNPROCESSABLE, standard_crumbs


@dataclass(frozen=True)
class PictureCard:
    """One side of an item: its picture, and where another one goes."""

    side: str
    title: str
    hint: str
    tone: str
    photo: Photo | None
    url: str
    drop_url: str
    form: PictureForm | None


@require_GET
def item_detail(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    return _shown(request, actor, item_get(standard_get(actor, code), key), {})


@require_POST
def item_picture(request: HttpRequest, code: str, key: str, side: str) -> HttpResponse:
    actor = actor_of(request)
    item = item_get(standard_get(actor, code), key)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        with apply_errors(form):
            item_picture_set(actor=actor, item=item, side=side, source=form.cleaned_data["file"])
            messages.success(request, _("The picture is kept; phones get it with their next round."))
            return redirect("standards:item", code, key)
    return _shown(request, actor, item, {side: form})


@require_POST
def item_picture_dropped(request: HttpRequest, code: str, key: str, side: str) -> HttpResponse:
    actor = actor_of(request)
    item_picture_drop(actor=actor, item=item_get(standard_get(actor, code), key), side=side)
    messages.success(request, _("The picture is taken away."))
    return redirect("standards:item", code, key)


def _shown(request: HttpRequest, actor: Actor, item: StandardItem, bound: dict[str, PictureForm]) -> HttpResponse:
    standard = item.standard
    edit = Action(_("Edit"), reverse("standards:item_edit", args=[standard.code, item.key]), method="get", symbol="edit")
    context = {
        "item": item,
        "facts": _facts(item),
        "cards": _cards(actor, item, bound),
        "crumbs": standard_crumbs(standard, item.number),
        "actions": [edit] if can_change_items(actor, standard) else [],
    }
    return render(request, "standards/item.html", context, status=UNPROCESSABLE if bound else 200)


def _cards(actor: Actor, item: StandardItem, bound: dict[str, PictureForm]) -> list[PictureCard]:
    may = can_show_pictures(actor, item.standard)
    sides = (
        ("good_picture", _("Good example"), _("A place where the item is met in full."), "good"),
        ("bad_picture", _("Bad example"), _("A typical miss: what an inspector fails."), "bad"),
    )
    return [_card(item, *side, bound.get(side[0], PictureForm(auto_id=f"{side[0]}_%s")) if may else None) for side in sides]


def _card(item: StandardItem, side: str, title: str, hint: str, tone: str, form: PictureForm | None) -> PictureCard:
    address = [item.standard.code, item.key, side]
    shown = picture_url(item.standard, item, side)
    photo = Photo(picture_url(item.standard, item, side, variant="thumb"), shown, title) if shown else None
    url, drop_url = reverse("standards:item_picture", args=address), reverse("standards:item_picture_drop", args=address)
    return PictureCard(side, title, hint, tone, photo, url, drop_url if photo and form is not None else "", form)


def _facts(item: StandardItem) -> list[Fact]:
    found = [
        Fact(_("Frequency"), item.how_often),
        Fact(_("Target"), f"{item.goal} {item.unit}".strip()),
        Fact(_("How it is checked"), item.how_checked),
        Fact(_("Severity"), item.get_severity_display()),
        Fact(_("Red line"), _("Yes") if item.is_red_line else ""),
        Fact(_("Source"), item.source),
    ]
    return [fact for fact in found if fact.value]
