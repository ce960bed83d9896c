"""Giving people an account, changing it, taking it away."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, Unit
from duban.orgs.permissions import OrgsCode, can_edit_person
from duban.orgs.selectors import paths_of_person
from duban.orgs.services.grants import enter_grant
from duban.platform.audit.services import audited, write_entry

USERNAME = RegexValidator(r"\A[a-z0-9][a-z0-9._-]{1,63}\Z")
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - the signs a first password is made of, none that look alike


@dataclass(frozen=True)
class NewPerson:
    """An account to be made, with the first role; without `password` one is made up."""

    username: str
    name: str
    unit: Unit
    role: Role
    from_on: date
    email: str = ""
    language: str = "zh-hans"
    password: str = ""


@transaction.atomic
def person_create(*, actor: Actor, new: NewPerson) -> tuple[Person, str]:
    """Make an account with its first role; returns the person and the first password, which is shown once and kept nowhere.

    Raises `NotAllowed` without `orgs.edit` and `orgs.grant` at the unit, `Invalid` for a user name that is taken or
    badly formed, a weak password, or a role that does not fit the unit.
    """
    actor.require(OrgsCode.EDIT, new.unit.path)
    _check_username(new.username)
    password = new.password or make_password_text()
    person = Person(username=new.username, name=new.name, email=new.email, language=new.language)
    _check_password(password, person)
    person.set_password(password)
    person.save()
    enter_grant(actor=actor, person=person, unit=new.unit, role=new.role, from_on=new.from_on)
    changes = {"username": [None, person.username], "name": [None, person.name], "email": [None, person.email]}
    write_entry(actor=actor, record=person, action="create", changes=changes)
    return person, password


@transaction.atomic
def person_edit(*, actor: Actor, person: Person, name: str, email: str, language: str) -> Person:
    """Change name, mail address or language of somebody."""
    _require(actor, person)
    with audited(actor=actor, record=person, action="edit"):
        person.name, person.email, person.language = name, email, language
        person.save()
    return person


@transaction.atomic
def profile_edit(*, actor: Actor, person: Person, email: str, language: str) -> Person:
    """Change one's own mail address and language; the name is kept by those who keep the register."""
    if actor.person_id != person.pk:
        raise NotAllowed
    with audited(actor=actor, record=person, action="edit"):
        person.email, person.language = email, language
        person.save()
    return person


@transaction.atomic
def language_choose(*, actor: Actor, language: str) -> None:
    """Remember the language in which the actor reads pages and mails. Raises `Invalid` for one that is not offered."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(errors=(FieldError("language", mark("This language is not offered.")),))
    person = Person.objects.get(pk=actor.person_id or 0)
    with audited(actor=actor, record=person, action="edit"):
        person.language = language
        person.save(update_fields=["language"])


@transaction.atomic
def person_deactivate(*, actor: Actor, person: Person, reason: str) -> Person:
    """Close an account: nobody signs in with it any more, open sessions and tokens end. Records keep the name."""
    _require(actor, person)
    if person.pk == actor.person_id:
        raise Invalid(mark("Nobody closes their own account."))
    with audited(actor=actor, record=person, action="deactivate", reason=reason):
        person.is_active = False
        person.save()
    return person


@transaction.atomic
def person_activate(*, actor: Actor, person: Person) -> Person:
    """Open a closed account again."""
    _require(actor, person)
    with audited(actor=actor, record=person, action="activate"):
        person.is_active = True
        person.save()
    return person


@transaction.atomic
def person_reset_password(*, actor: Actor, person: Person) -> str:
    """Give somebody a new password, returned once; every open session of that person ends."""
    _require(actor, person)
    password = make_password_text()
    person.set_password(password)
    person.save()
    write_entry(actor=actor, record=person, action="reset_password")
    return password


def make_password_text() -> str:
    """A first password of 16 signs in groups of four (about 79 bits)."""
    return "-".join("".join(secrets.choice(PASSWORD_SIGNS) for _ in range(4)) for _ in range(4))


def _require(actor: Actor, person: Person) -> None:
    if not can_edit_person(actor, paths_of_person(person)):
        raise NotAllowed


def _check_username(username: str) -> None:
    try:
        USERNAME(username)
    except ValidationError as error:
        message = mark("2 to 64 signs: small letters, figures, dot, hyphen, underscore.")
        raise Invalid(errors=(FieldError("username", message),)) from error
    if Person.objects.filter(username=username).exists():
        raise Invalid(errors=(FieldError("username", mark("This user name is taken.")),))


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(errors=tuple(FieldError("password", message) for message in error.messages)) from error
