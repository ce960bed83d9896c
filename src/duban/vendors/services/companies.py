"""Vendor companies: entering, changing, leaving out of use, showing the contact."""

from django.core.exceptions import ValidationError
from django.db import transaction
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.models import Unit, UnitKind
from duban.platform.audit.services import audited, write_entry
from duban.platform.sealing import seal, unseal
from duban.vendors.domain.company import CompanyDetails
from duban.vendors.models import Company, OwnershipGroup
from duban.vendors.permissions import Code, can_edit, can_reveal_contact

BATCH = 1000


def checked_credit_code(text: str) -> str:
    """A unified social credit code in its compact form; `Invalid` unless alphabet and check character fit (GB 32100)."""
    try:
        return str(uscc.validate(text))
    except NumberError as error:
        message = mark("“{code}” is not a unified social credit code: its 18 characters or its check character are wrong.")
        raise Invalid(errors=(FieldError("credit_code", message, {"code": text}),)) from error


@transaction.atomic
def company_create(*, actor: Actor, tenant: Unit, details: CompanyDetails) -> Company:
    """Enter a vendor company, with its own unit below the root of the tenant, where its people will hold their roles.

    Raises `NotAllowed`, or `Invalid` for a wrong or doubled credit code or other bad fields.
    """
    _require_edit(actor, tenant)
    company = Company(tenant=tenant)
    _fill(company, details)
    _check(company)
    unit = Unit(parent=tenant, kind=UnitKind.VENDOR, name=company.name, short_name=company.short_name, path=tenant.path)
    with audited(actor=actor, record=unit, action="create"):
        unit.save()
        unit.path = f"{tenant.path}{unit.pk}/"
        unit.save(update_fields=["path"])
    company.unit = unit
    with audited(actor=actor, record=company, action="create"):
        company.save()
    return company


@transaction.atomic
def company_update(*, actor: Actor, company: Company, details: CompanyDetails) -> Company:
    """Change a company's fields; its unit takes the new name. Raises `NotAllowed` or `Invalid`."""
    locked = _locked(actor, company)
    with audited(actor=actor, record=locked, action="edit"):
        _fill(locked, details)
        _check(locked)
        locked.save()
    if (locked.unit.name, locked.unit.short_name) != (locked.name, locked.short_name):
        with audited(actor=actor, record=locked.unit, action="edit"):
            locked.unit.name, locked.unit.short_name = locked.name[:80], locked.short_name
            locked.unit.save(update_fields=["name", "short_name", "changed_at"])
    return locked


@transaction.atomic
def company_set_active(*, actor: Actor, company: Company, is_active: bool, note: str) -> Company:
    """Take a company out of use, or back into it, for a reason. Running contracts are not touched."""
    locked = _locked(actor, company)
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    with audited(actor=actor, record=locked, action="reactivate" if is_active else "deactivate", reason=note):
        locked.is_active = is_active
        locked.save(update_fields=["is_active", "changed_at"])
    return locked


@transaction.atomic
def company_reveal_contact(*, actor: Actor, company: Company) -> str:
    """The whole contact number. That it was looked at, and by whom, is entered in the audit trail."""
    if not can_reveal_contact(actor, company):
        raise NotAllowed
    write_entry(actor=actor, record=company, action="reveal_contact")
    return unseal(company.contact_phone_sealed)


def _require_edit(actor: Actor, tenant: Unit) -> None:
    if not any(path.startswith(tenant.path) for path in actor.office_paths(Code.EDIT)) and not actor.is_system:
        raise NotAllowed


def _locked(actor: Actor, company: Company) -> Company:
    if not can_edit(actor, company):
        raise NotAllowed
    return Company.objects.select_for_update(of=("self",)).select_related("tenant", "unit", "group").get(pk=company.pk)


def _fill(company: Company, details: CompanyDetails) -> None:
    company.name = details.name.strip()
    company.short_name = details.short_name.strip()
    company.credit_code = checked_credit_code(details.credit_code)
    company.size_class = details.size_class
    company.service_lines = [line for line in SERVICE_LINE_LABELS if line in details.service_lines]
    company.contact_name = details.contact_name
    company.group = _group(company.tenant, details.group_name.strip())
    if details.contact_phone is not None:
        company.contact_phone_sealed = seal(details.contact_phone.strip())


def _group(tenant: Unit, name: str) -> OwnershipGroup | None:
    return OwnershipGroup.objects.get_or_create(tenant=tenant, name=name)[0] if name else None


def _check(company: Company) -> None:
    try:
        company.full_clean(exclude={"unit", "code", "service_lines"})
    except ValidationError as error:
        found = error.message_dict.items()
        raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error
    if not company.service_lines:
        raise Invalid(errors=(FieldError("service_lines", mark("Please choose at least one service line.")),))
