"""Drawing up a contract: its facts and its lines, as long as it is a draft."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model

from duban.contracts.domain.details import ContractDetails, LineDetails
from duban.contracts.domain.price_list import check_price_list
from duban.contracts.models import Contract, ContractLine
from duban.contracts.permissions import Code, can_edit
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.orgs.models import Unit, UnitKind
from duban.platform.audit.services import audited, write_entry
from duban.standards.models import Standard
from duban.vendors.models import Company


@transaction.atomic
def contract_create(*, actor: Actor, office: Unit, vendor: Company, details: ContractDetails) -> Contract:
    """Draw up a contract as a draft. Raises `NotAllowed` without the right at the office, `Invalid` for bad fields."""
    actor.require(Code.EDIT, office.path)
    if office.kind == UnitKind.VENDOR or not vendor.tenant.path == office.tenant_path:
        raise Invalid(errors=(FieldError("vendor", mark("Office and vendor do not belong to the same company register.")),))
    if not vendor.is_active:
        raise Invalid(errors=(FieldError("vendor", mark("This vendor is out of use; no new contract may be drawn up.")),))
    contract = Contract(office=office, vendor=vendor)
    with audited(actor=actor, record=contract, action="create"):
        _fill(contract, details)
        contract.save()
    return contract


@transaction.atomic
def contract_update(*, actor: Actor, contract: Contract, details: ContractDetails) -> Contract:
    """Change a draft. Raises `WrongState` once it is in performance, `Invalid` if a line would fall out of the term."""
    locked = _locked_draft(actor, contract)
    outside = ContractLine.objects.filter(contract=locked).exclude(
        starts_on__gte=details.starts_on, ends_on__lte=details.ends_on
    )
    numbers = list(outside.order_by("number").values_list("number", flat=True))
    if numbers:
        text = mark("Line {numbers} would lie outside the new term; change the line first.")
        raise Invalid(errors=(FieldError("ends_on", text, {"numbers": ", ".join(map(str, numbers))}),))
    with audited(actor=actor, record=locked, action="edit"):
        _fill(locked, details)
        locked.save()
    return locked


@transaction.atomic
def line_save(
    *,
    actor: Actor,
    contract: Contract,
    estate: Estate,
    details: LineDetails,
    standard: Standard | None = None,
    line: ContractLine | None = None,
) -> ContractLine:
    """Add a line to a draft, or change one.

    Raises `Invalid` if its term leaves the contract's, or if estate or standard do not fit.
    """
    locked = _locked_draft(actor, contract)
    _check_line(locked, estate, details, standard)
    record = line or ContractLine(contract=locked, number=_next_number(locked))
    with audited(actor=actor, record=record, action="edit" if line else "create"):
        record.estate, record.standard = estate, standard
        for name, value in asdict(details).items():
            setattr(record, name, value)
        record.special_works = list(details.special_works)
        record.price_list = [item.stored() for item in check_price_list(details.price_list)]
        _checked(record)
        record.save()
    return record


@transaction.atomic
def line_remove(*, actor: Actor, line: ContractLine) -> None:
    """Take a line out of a draft; the numbers of the others stay."""
    locked = _locked_draft(actor, line.contract)
    said = f"{line.number} {line.estate.name} {line.service_line}"
    write_entry(actor=actor, record=locked, action="remove_line", changes={"line": [said, None]})
    line.delete()


def _locked_draft(actor: Actor, contract: Contract) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("office", "vendor__unit", "vendor__tenant")
    locked = rows.get(pk=contract.pk)
    actor.require(Code.EDIT, locked.office.path)
    if not can_edit(actor, locked):
        raise WrongState(mark("Only a draft can be changed; what is in performance is what was signed."))
    return locked


def _fill(contract: Contract, details: ContractDetails) -> None:
    _ = details.term
    for name, value in asdict(details).items():
        setattr(contract, name, value)
    if details.mobilisation_until is not None and details.mobilisation_until not in details.term:
        raise Invalid(errors=(FieldError("mobilisation_until", mark("The date lies outside the term.")),))
    for name in ("vat_rate", "retention_rate", "deduction_cap_rate"):
        if not 0 <= getattr(details, name) <= 1:
            raise Invalid(errors=(FieldError(name, mark("A rate lies between 0 and 1 (0.06 is 6 %).")),))
    _checked(contract)


def _check_line(contract: Contract, estate: Estate, details: LineDetails, standard: Standard | None) -> None:
    if not contract.term.holds(details.term):
        text = mark("The line's term must lie inside the contract's: {starts_on} to {ends_on}.")
        shown = {"starts_on": contract.starts_on.isoformat(), "ends_on": contract.ends_on.isoformat()}
        raise Invalid(errors=(FieldError("starts_on", text, shown),))
    if estate.office.tenant_path != contract.office.tenant_path:
        raise NotAllowed
    if standard is not None and standard.service_line != details.service_line:
        raise Invalid(errors=(FieldError("standard", mark("The standard belongs to another service line.")),))
    if details.unit_price_amount < 0 or details.quantity < 0 or details.post_count < 0:
        raise Invalid(errors=(FieldError("unit_price_amount", mark("Prices, quantities and posts cannot be negative.")),))


def _next_number(contract: Contract) -> int:
    last = ContractLine.objects.filter(contract=contract).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _checked(record: Model) -> None:
    try:
        record.full_clean(exclude={"code", "state"} & {field.name for field in record._meta.concrete_fields})
    except ValidationError as error:
        found = error.message_dict.items()
        raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error
