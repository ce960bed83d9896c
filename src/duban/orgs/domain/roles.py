"""The roles of the trade. Which rights a role holds stands in `project/rights.py`."""

from enum import StrEnum

from duban.kernel.text import mark


class Role(StrEnum):
    """A role somebody holds at a unit of the organisation tree."""

    GROUP_ADMIN = "group_admin"
    CITY_MANAGER = "city_manager"
    ESTATE_MANAGER = "estate_manager"
    QUALITY_MANAGER = "quality_manager"
    QUALITY_INSPECTOR = "quality_inspector"
    PROCUREMENT = "procurement"
    INSIDE_COUNSEL = "inside_counsel"
    OUTSIDE_COUNSEL = "outside_counsel"
    FINANCE = "finance"
    SERVICE_DESK = "service_desk"
    AUDITOR = "auditor"
    PANEL_EXPERT = "panel_expert"
    VENDOR_MANAGER = "vendor_manager"
    VENDOR_FOREMAN = "vendor_foreman"
    VENDOR_WORKER = "vendor_worker"

    @property
    def label(self) -> str:
        """English source text of the role's name."""
        return LABELS[self]

    @property
    def is_vendor(self) -> bool:
        """Whether the role is held at a vendor company and not at an office."""
        return self in VENDOR_ROLES


VENDOR_ROLES = frozenset({Role.VENDOR_MANAGER, Role.VENDOR_FOREMAN, Role.VENDOR_WORKER})

LABELS: dict[Role, str] = {
    Role.GROUP_ADMIN: mark("Group administrator"),
    Role.CITY_MANAGER: mark("City manager"),
    Role.ESTATE_MANAGER: mark("Estate manager"),
    Role.QUALITY_MANAGER: mark("Quality manager"),
    Role.QUALITY_INSPECTOR: mark("Quality inspector"),
    Role.PROCUREMENT: mark("Procurement"),
    Role.INSIDE_COUNSEL: mark("Inside counsel"),
    Role.OUTSIDE_COUNSEL: mark("Outside counsel"),
    Role.FINANCE: mark("Finance"),
    Role.SERVICE_DESK: mark("Service desk"),
    Role.AUDITOR: mark("Auditor"),
    Role.PANEL_EXPERT: mark("Panel expert"),
    Role.VENDOR_MANAGER: mark("Vendor manager"),
    Role.VENDOR_FOREMAN: mark("Vendor foreman"),
    Role.VENDOR_WORKER: mark("Vendor worker"),
}
