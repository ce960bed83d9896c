"""Rights over vendor companies, certificates, and the people of vendors."""

from enum import StrEnum

from duban.kernel.actor import Actor, Grant
from duban.vendors.models import Certificate, Company, Worker, WorkerCredential


class Code(StrEnum):
    """Rights of this app."""

    VIEW = "vendors.view"
    EDIT = "vendors.edit"
    WORKERS = "vendors.workers"
    VERIFY = "vendors.verify"


def can_edit(actor: Actor, thing: Company | Certificate) -> bool:
    """Whether the actor may change the company or its certificates: somebody of the property company only."""
    return _in_office(actor, Code.EDIT, thing.audit_scope())


def can_create(actor: Actor) -> bool:
    """Whether the actor may enter companies."""
    return bool(actor.office_paths(Code.EDIT))


def can_reveal_contact(actor: Actor, company: Company) -> bool:
    """Whether the actor may see the whole contact number: who edits the register, and the vendor itself."""
    is_own = any(company.unit.path.startswith(path) for path in actor.vendor_paths(Code.VIEW))
    return is_own or can_edit(actor, company)


def is_employer(actor: Actor, company: Company) -> bool:
    """Whether the actor keeps this company's own people."""
    return any(company.unit.path.startswith(path) for path in actor.vendor_paths(Code.WORKERS))


def can_keep_workers(actor: Actor, company: Company) -> bool:
    """Whether the actor may enter people of the company and what they hold: the employer, or who keeps the register."""
    return is_employer(actor, company) or _in_office(actor, Code.WORKERS, company.audit_scope())


def can_reveal_identity(actor: Actor, worker: Worker) -> bool:
    """Whether the actor may read the whole name and number: the employer, and who verifies credentials."""
    return is_employer(actor, worker.company) or _in_office(actor, Code.VERIFY, worker.audit_scope())


def can_verify(actor: Actor, credential: WorkerCredential) -> bool:
    """Whether the actor may verify or reject it: somebody of the property company who has not entered it."""
    is_own = credential.entered_by_id is not None and credential.entered_by_id == actor.person_id
    return not is_own and _in_office(actor, Code.VERIFY, credential.audit_scope())


def throughout_tenant(actor: Actor, code: Code, tenant_path: str) -> Actor:
    """The same person with a right that is held in one office stretched over the tenant: people of vendors belong to no
    single office, so whoever may judge them anywhere may judge them everywhere. Only for an actor who passed the rule.
    """
    return Actor(
        person_id=actor.person_id,
        name=actor.name,
        tenant_path=actor.tenant_path,
        grants=(*actor.grants, Grant("", tenant_path, is_vendor=False, codes=frozenset({code}))),
        channel=actor.channel,
        request_id=actor.request_id,
        address=actor.address,
    )


def _in_office(actor: Actor, code: Code, tenant_path: str) -> bool:
    return any(tenant_path == "/" or path.startswith(tenant_path) for path in actor.office_paths(code))
