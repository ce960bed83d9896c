"""Rights over vendor companies and certificates."""

from enum import StrEnum

from duban.kernel.actor import Actor
from duban.vendors.models import Certificate, Company


class Code(StrEnum):
    """Rights of this app."""

    VIEW = "vendors.view"
    EDIT = "vendors.edit"


def can_edit(actor: Actor, thing: Company | Certificate) -> bool:
    """Whether the actor may change the company or its certificates: somebody of the property company only."""
    tenant_path = thing.audit_scope()
    return any(tenant_path == "/" or path.startswith(tenant_path) for path in actor.office_paths(Code.EDIT))


def can_create(actor: Actor) -> bool:
    """Whether the actor may enter companies."""
    return bool(actor.office_paths(Code.EDIT))


def can_reveal_contact(actor: Actor, company: Company) -> bool:
    """Whether the actor may see the whole contact number: who edits the register, and the vendor itself."""
    is_own = any(company.unit.path.startswith(path) for path in actor.vendor_paths(Code.VIEW))
    return is_own or can_edit(actor, company)
