"""The services an estate needs, each of which may be bought from outside."""

from collections.abc import Mapping
from enum import StrEnum

from duban.kernel.text import mark


class ServiceLine(StrEnum):
    """A service line (专项服务) of property management."""

    CLEANING = "cleaning"
    SECURITY = "security"
    GREENING = "greening"
    MAINTENANCE = "maintenance"
    CUSTOMER_SERVICE = "customer_service"


SERVICE_LINE_LABELS: Mapping[str, str] = {
    ServiceLine.CLEANING: mark("Cleaning"),
    ServiceLine.SECURITY: mark("Security"),
    ServiceLine.GREENING: mark("Greening"),
    ServiceLine.MAINTENANCE: mark("Maintenance"),
    ServiceLine.CUSTOMER_SERVICE: mark("Customer service"),
}
"""English source text of each line, in the order in which lists show them."""


class SpecialWork(StrEnum):
    """Work inside a service line that the law ties to a licence of its own."""

    LIFT = "lift"
    FIRE = "fire"
    ELECTRICAL = "electrical"
    HEIGHT = "height"
    WASTE = "waste"
    PEST = "pest"


SPECIAL_WORK_LABELS: Mapping[str, str] = {
    SpecialWork.LIFT: mark("Lift maintenance"),
    SpecialWork.FIRE: mark("Fire protection maintenance"),
    SpecialWork.ELECTRICAL: mark("Electrical work"),
    SpecialWork.HEIGHT: mark("Work at height"),
    SpecialWork.WASTE: mark("Waste removal"),
    SpecialWork.PEST: mark("Pest control"),
}
