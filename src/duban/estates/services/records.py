"""Every write of estates, places and posts."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, Value
from django.db.models.functions import Concat, Substr

from duban.estates.domain.details import EstateDetails, PlaceDetails, PostDetails
from duban.estates.domain.grades import grade_rank
from duban.estates.domain.places import TAG_ALPHABET
from duban.estates.models import Estate, Place, Post
from duban.estates.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs.models import Unit, UnitKind
from duban.platform.audit.services import audited

TAG_LENGTH = 12
BATCH = 1000


def new_tag() -> str:
    """A label code nobody can guess: twelve characters of an alphabet without look-alikes (60 bits)."""
    return "".join(secrets.choice(TAG_ALPHABET) for _ in range(TAG_LENGTH))


@transaction.atomic
def estate_create(*, actor: Actor, office: Unit, details: EstateDetails) -> Estate:
    """Enter an estate at an office. Raises `NotAllowed` without the right there, `Invalid` for a vendor unit or bad fields."""
    actor.require(Code.EDIT, office.path)
    if office.kind == UnitKind.VENDOR:
        raise Invalid(errors=(FieldError("office", mark("An estate belongs to an office, not to a vendor.")),))
    estate = Estate(office=office)
    _fill_estate(estate, details)
    with audited(actor=actor, record=estate, action="create"):
        _checked(estate)
        estate.save()
    return estate


@transaction.atomic
def estate_update(*, actor: Actor, estate: Estate, details: EstateDetails) -> Estate:
    """Change an estate's fields; the office stays. Raises `NotAllowed` or `Invalid`."""
    actor.require_any(Code.EDIT, estate.permission_paths())
    locked = Estate.objects.select_for_update(of=("self",)).select_related("office").get(pk=estate.pk)
    with audited(actor=actor, record=locked, action="edit"):
        _fill_estate(locked, details)
        _checked(locked)
        locked.save()
    return locked


def _fill_estate(estate: Estate, details: EstateDetails) -> None:
    for name, value in asdict(details).items():
        setattr(estate, name, value)
    estate.grade_rank = grade_rank(details.grade_scheme, details.grade_level)


@transaction.atomic
def place_create(*, actor: Actor, estate: Estate, parent: Place | None, details: PlaceDetails) -> Place:
    """Add a place to an estate, below `parent` or right below the estate, with a fresh tag.

    Raises `Invalid` if the parent belongs to another estate or the name is taken there.
    """
    actor.require_any(Code.EDIT, estate.permission_paths())
    if parent is not None and parent.estate_id != estate.pk:
        raise Invalid(errors=(FieldError("parent", mark("The place above belongs to another estate.")),))
    place = Place(estate=estate, parent=parent, tag=new_tag(), **asdict(details))
    with audited(actor=actor, record=place, action="create"):
        _checked(place)
        place.save()
        place.path = f"{parent.path if parent else '/'}{place.pk}/"
        place.save(update_fields=["path"])
    return place


@transaction.atomic
def place_update(*, actor: Actor, place: Place, parent: Place | None, details: PlaceDetails) -> Place:
    """Change a place and perhaps hang it (with everything below it) elsewhere in the same estate.

    The paths of the whole subtree are rewritten by one statement. Raises `Invalid` for a move below itself.
    """
    actor.require_any(Code.EDIT, place.permission_paths())
    locked = Place.objects.select_for_update(of=("self",)).select_related("estate__office").get(pk=place.pk)
    _check_new_parent(locked, parent)
    old_path = locked.path
    with audited(actor=actor, record=locked, action="edit"):
        for name, value in asdict(details).items():
            setattr(locked, name, value)
        locked.parent = parent
        locked.path = f"{parent.path if parent else '/'}{locked.pk}/"
        _checked(locked)
        locked.save()
    if locked.path != old_path:
        below = Place.objects.filter(path__startswith=old_path).exclude(pk=locked.pk)
        below.update(path=Concat(Value(locked.path), Substr(F("path"), len(old_path) + 1)))
    return locked


def _check_new_parent(place: Place, parent: Place | None) -> None:
    if parent is None:
        return
    if parent.estate_id != place.estate_id:
        raise Invalid(errors=(FieldError("parent", mark("The place above belongs to another estate.")),))
    if parent.path.startswith(place.path):
        raise Invalid(errors=(FieldError("parent", mark("A place cannot lie below itself.")),))


@transaction.atomic
def place_new_tag(*, actor: Actor, place: Place) -> Place:
    """Give a place a fresh tag because the old label was lost or copied; the old code is worthless from now on."""
    actor.require_any(Code.EDIT, place.permission_paths())
    locked = Place.objects.select_for_update(of=("self",)).select_related("estate__office").get(pk=place.pk)
    with audited(actor=actor, record=locked, action="new_tag"):
        locked.tag = new_tag()
        locked.save(update_fields=["tag"])
    return locked


@transaction.atomic
def post_create(*, actor: Actor, estate: Estate, place: Place | None, details: PostDetails) -> Post:
    """Enter a post at an estate. Raises `Invalid` if the place belongs to another estate or the name is taken."""
    actor.require_any(Code.EDIT, estate.permission_paths())
    return _save_post(actor, Post(estate=estate), place, details, "create")


@transaction.atomic
def post_update(*, actor: Actor, post: Post, place: Place | None, details: PostDetails) -> Post:
    """Change a post; the estate stays."""
    actor.require_any(Code.EDIT, post.permission_paths())
    locked = Post.objects.select_for_update(of=("self",)).select_related("estate__office").get(pk=post.pk)
    return _save_post(actor, locked, place, details, "edit")


def _save_post(actor: Actor, post: Post, place: Place | None, details: PostDetails, action: str) -> Post:
    if place is not None and place.estate_id != post.estate_id:
        raise Invalid(errors=(FieldError("place", mark("The place belongs to another estate.")),))
    with audited(actor=actor, record=post, action=action):
        post.place = place
        for name, value in asdict(details).items():
            setattr(post, name, value)
        _checked(post)
        post.save()
    return post


def _checked(record: Model) -> None:
    """Run the model's own checks and turn what they find into one `Invalid`."""
    try:
        record.full_clean(exclude=_unset_keys(record))
    except ValidationError as error:
        found: Iterable[tuple[str, list[str]]] = error.message_dict.items()
        raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error


def _unset_keys(record: Model) -> set[str]:
    return {"path", "code", "state"} & {field.name for field in record._meta.concrete_fields}
