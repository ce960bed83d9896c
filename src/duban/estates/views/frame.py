"""What the pages of estates share: facts, buttons, paths to a page, labels."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from duban.estates.domain.grades import GRADE_SCHEMES
from duban.estates.models import Estate, Place
from duban.estates.permissions import can_create, can_edit
from duban.kernel.actor import Actor
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Crumb, Fact, Link

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Label:
    """One printed label: the place, what lies above it, its code as a picture."""

    place: Place
    above: str
    picture: SafeString


def list_links(current: str) -> list[Link]:
    """Links to the other registers."""
    pages = (("list", _("Estates")), ("post_list", _("Posts")))
    return [Link(label, reverse(f"estates:{name}")) for name, label in pages if name != current]


def list_actions(actor: Actor) -> list[Action]:
    """The button that enters an estate, for those who may."""
    if not can_create(actor):
        return []
    return [Action(_("Enter an estate"), reverse("estates:new"), method="get", tone="primary", symbol="plus")]


def estate_crumbs(estate: Estate, *last: str) -> list[Crumb]:
    """Where a page below an estate lies."""
    crumbs = [Crumb(_("Estates"), reverse("estates:list")), Crumb(estate.name, reverse("estates:detail", args=[estate.code]))]
    return [*crumbs, *(Crumb(label) for label in last)]


def estate_actions(actor: Actor, estate: Estate) -> list[Action]:
    """Buttons of an estate's page."""
    labels = Action(_("Print labels"), reverse("estates:labels", args=[estate.code]), method="get", symbol="printer")
    if not can_edit(actor, estate):
        return [labels]
    return [
        labels,
        Action(_("Add a place"), reverse("estates:place_new", args=[estate.code]), method="get", symbol="map-pin"),
        Action(_("Add a post"), reverse("estates:post_new", args=[estate.code]), method="get", symbol="user"),
        Action(_("Edit"), reverse("estates:edit", args=[estate.code]), method="get", symbol="edit"),
    ]


def estate_facts(estate: Estate) -> list[Fact]:
    """Facts of an estate, its grade explained."""
    scheme = GRADE_SCHEMES.get(estate.grade_scheme)
    rank = ""
    if scheme is not None and estate.grade_rank:
        rank = _("Rank {rank} of {count}, higher is better").format(rank=estate.grade_rank, count=len(scheme.levels))
    fee = estate.service_fee_per_m2
    found = [
        Fact(_("Office"), estate.office.name),
        Fact(_("Kind"), estate.get_kind_display()),
        Fact(_("Address"), f"{estate.city} {estate.address}".strip()),
        Fact(_("Area"), f"{formatting.fixed(estate.area_m2, 0)} m²"),
        Fact(_("Households"), formatting.fixed(estate.household_count, 0)),
        Fact(_("Service fee"), "" if fee is None else _("{fee} CNY per m² and month").format(fee=formatting.money(fee))),
        Fact(_("Grade"), f"{estate.grade_scheme} {estate.grade_level}".strip(), hint=rank),
        Fact(_("How the grade counts"), _(scheme.note) if scheme else "", hint=scheme.source if scheme else ""),
        Fact(_("Own number"), estate.external_number),
    ]
    return [fact for fact in found if fact.value]


def label_of(place: Place, address: str) -> Label:
    """The label of a place; `address` is what its code says."""
    picture = segno.make(address, error="m").svg_inline(scale=3, border=2)
    return Label(place, place.parent.name if place.parent else "", mark_safe(picture))  # noqa: S308 - drawn by segno from our own address


def form_page(request: HttpRequest, form: object, title: str, crumbs: list[Crumb], back_url: str) -> HttpResponse:
    """A page with one form, answered with 422 where it was refused."""
    context = {"form": form, "title": title, "crumbs": crumbs, "back_url": back_url}
    status = UNPROCESSABLE if getattr(form, "is_bound", False) else 200
    return render(request, "estates/form.html", context, status=status)
