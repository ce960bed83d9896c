"""Lists of the organisation."""

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.kernel.states import Tone
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person
from duban.orgs.selectors import roles_now
from duban.platform.ui.addresses import address_of
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import BooleanFilter, ChoiceFilter, Column, Kind, Listing


def _roles(person: Person) -> str:
    return "、".join(gettext(Role(grant.role).label) for grant in roles_now(person))


def _places(person: Person) -> str:
    return "、".join(dict.fromkeys(str(grant.unit) for grant in roles_now(person)))


def _activity(person: Person) -> Badge:
    return Badge(gettext("Active"), Tone.GOOD) if person.is_active else Badge(gettext("Closed"), Tone.NEUTRAL)


def _with_role(people: "QuerySet[Person]", role: str) -> "QuerySet[Person]":
    return people.filter(grants__role=role).distinct()


PEOPLE = Listing(
    name="orgs.people",
    columns=(
        Column("username", _("User name"), link=lambda row: address_of("orgs:person", row.username), sort="username"),
        Column("name", _("Name"), sort="name"),
        Column("roles", _("Roles"), value=_roles),
        Column("places", _("Units"), value=_places),
        Column("email", _("Mail address"), phone=False),
        Column("last_login", _("Last sign-in"), kind=Kind.DATETIME, phone=False),
        Column("is_active", _("Account"), badge=_activity),
    ),
    filters=(
        ChoiceFilter("role", _("Role"), choices=[(role.value, role.label) for role in Role], apply=_with_role),
        BooleanFilter("active", _("Active"), field="is_active"),
    ),
    search=("username", "name", "email"),
    order="username",
    row_key=lambda row: row.username,
    empty_title=_("No people yet"),
    empty_hint=_("Make an account for the first colleague."),
)
