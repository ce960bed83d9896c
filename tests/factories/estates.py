"""Estates, places and posts."""

from decimal import Decimal

import factory

from duban.estates.models import Estate, Place, PlaceKind, Post
from tests.factories.orgs import UnitFactory


class EstateFactory(factory.django.DjangoModelFactory[Estate]):
    """An estate of a project office of its own tenant, unless `office` is given."""

    class Meta:
        model = Estate

    office = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda number: f"小区{number}")
    city = "上海"
    area_m2 = Decimal("10000.00")
    household_count = 100


class PlaceFactory(factory.django.DjangoModelFactory[Place]):
    """A building, or whatever `kind` says, with its path."""

    class Meta:
        model = Place
        skip_postgeneration_save = True

    estate = factory.SubFactory(EstateFactory)
    parent: Place | None = None
    kind = PlaceKind.BUILDING
    name = factory.Sequence(lambda number: f"{number} 栋")
    tag = factory.Sequence(lambda number: f"TAG{number:09d}")

    @factory.post_generation
    def path(self: Place, create: bool, extracted: str | None, **_: object) -> None:  # noqa: FBT001 - the signature is factory-boy's
        if create:
            self.path = extracted or f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.save(update_fields=["path"])


class PostFactory(factory.django.DjangoModelFactory[Post]):
    """A day post of the security line, 84 hours a week."""

    class Meta:
        model = Post

    estate = factory.SubFactory(EstateFactory)
    service_line = "security"
    name = factory.Sequence(lambda number: f"东门岗{number}")
    hours_per_week = Decimal("84.0")
