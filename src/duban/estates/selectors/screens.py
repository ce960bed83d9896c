"""Screens on site: their links, and the code they show at this moment."""

from datetime import datetime

from django.core import signing
from django.utils import timezone

from duban.estates.domain.screens import ScreenCode
from duban.estates.models import Place
from duban.estates.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.trust.codes import code_at, next_change, seconds_left

SALT = "duban.place.screen"


def place_to_screen(actor: Actor, place: Place) -> Place:
    """The place, if the actor may put its code on a screen. Raises `NotAllowed`: whoever sees the code need not be there."""
    actor.require_any(Code.EDIT, place.permission_paths())
    return place


def screen_token(place: Place) -> str:
    """What the link of a screen carries; worthless once the place gets a new code or no changing one."""
    return signing.Signer(salt=SALT).sign(place.tag)


def screen_place(token: str) -> Place:
    """The place of a link without an account, or `NotFound`."""
    try:
        tag = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise NotFound from None
    place = Place.objects.filter(tag=tag, is_rotating=True).select_related("parent", "estate").first()
    if place is None:
        raise NotFound
    return place


def screen_code(place: Place, now: datetime | None = None) -> ScreenCode:
    """What the screen of a place shows at a moment."""
    moment = now or timezone.now()
    return ScreenCode(code_at(place.tag, moment), next_change(moment), seconds_left(moment))
