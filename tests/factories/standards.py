"""Standards, items, checklists, licence rules."""

import factory

from duban.standards.models import Checklist, LicenceRule, Standard, StandardItem
from duban.vendors.domain.certificates import CertificateKind
from tests.factories.orgs import UnitFactory


class StandardFactory(factory.django.DjangoModelFactory[Standard]):
    """A cleaning standard in force."""

    class Meta:
        model = Standard

    tenant = factory.SubFactory(UnitFactory)
    service_line = "cleaning"
    key = factory.Sequence(lambda number: f"cleaning-test-{number}")
    name = "保洁标准"
    name_en = "Cleaning standard"
    state = "in_force"


class StandardItemFactory(factory.django.DjangoModelFactory[StandardItem]):
    """One item of the block `floors`."""

    class Meta:
        model = StandardItem

    standard = factory.SubFactory(StandardFactory)
    key = factory.Sequence(lambda number: f"floors.item_{number}")
    block = factory.LazyAttribute(lambda item: item.key.split(".")[0])
    number = factory.Sequence(lambda number: f"1.{number}")
    name = "楼梯扶手擦拭"
    name_en = "Handrails wiped"
    frequency = "每日 1 次"
    frequency_en = "Once a day"


class ChecklistFactory(factory.django.DjangoModelFactory[Checklist]):
    """A checklist without items."""

    class Meta:
        model = Checklist

    standard = factory.SubFactory(StandardFactory)
    name = "楼道日检表"


class LicenceRuleFactory(factory.django.DjangoModelFactory[LicenceRule]):
    """Security needs the licence of the company."""

    class Meta:
        model = LicenceRule

    tenant = factory.SubFactory(UnitFactory)
    service_line = "security"
    certificate_kind = CertificateKind.SECURITY_COMPANY
    holder = "company"
    source = "L10 §8"
