"""Units, people and role grants."""

from datetime import date

import factory

from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind

LONG_AGO = date(2020, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A unit; without `parent` it is the root of a tenant of its own."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    parent: Unit | None = None
    kind = factory.LazyAttribute(lambda unit: UnitKind.PROJECT if unit.parent else UnitKind.GROUP)
    name = factory.Sequence(lambda number: f"单位{number}")

    @factory.post_generation
    def path(self: Unit, create: bool, extracted: str | None, **_: object) -> None:  # noqa: FBT001 - the signature is factory-boy's
        if create:
            self.path = extracted or f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.save(update_fields=["path"])


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A person with the password `password`."""

    class Meta:
        model = Person

    username = factory.Sequence(lambda number: f"person-{number}")
    name = factory.Sequence(lambda number: f"员工{number}")
    language = "en"
    password = factory.django.Password("password")


class RoleGrantFactory(factory.django.DjangoModelFactory[RoleGrant]):
    """A role held since long ago."""

    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.QUALITY_MANAGER
    from_on = LONG_AGO
