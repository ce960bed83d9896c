"""Contracts for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.contracts.models import Contract, ContractLine
from duban.contracts.schemas import ContractIn, ContractNoteIn, ContractOut, LineIn, LineOut, Page, TerminationIn
from duban.contracts.selectors import contract_get, contract_lines, contracts_of
from duban.contracts.services import (
    contract_activate,
    contract_create,
    contract_resume,
    contract_suspend,
    contract_terminate,
    line_save,
)
from duban.estates.selectors import estate_get
from duban.orgs.selectors import unit_get
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.standards.selectors import standard_get
from duban.vendors.selectors import company_get

router = Router(tags=["contracts"])


@router.get("", response={200: list[ContractOut], **REFUSALS}, operation_id="contracts_list")
def contracts_list(request: HttpRequest, page: Query[Page]) -> list[Contract]:
    """Contracts in order of their codes; `after` is the last code of the page before."""
    return list(contracts_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.post("", response={201: ContractOut, **REFUSALS}, operation_id="contracts_create")
def contracts_create(request: HttpRequest, payload: ContractIn) -> Status[Contract]:
    """Draw up a contract as a draft."""
    actor = actor_of(request)
    office, vendor = unit_get(actor, payload.office), company_get(actor, payload.vendor)
    return Status(201, contract_create(actor=actor, office=office, vendor=vendor, details=payload.details()))


@router.get("/{code}", response={200: ContractOut, **REFUSALS}, operation_id="contracts_get")
def contracts_get(request: HttpRequest, code: str) -> Contract:
    """One contract."""
    return contract_get(actor_of(request), code)


@router.get("/{code}/lines", response={200: list[LineOut], **REFUSALS}, operation_id="contracts_lines")
def contracts_lines(request: HttpRequest, code: str) -> list[ContractLine]:
    """The lines of a contract."""
    return contract_lines(contract_get(actor_of(request), code))


@router.post("/{code}/lines", response={201: LineOut, **REFUSALS}, operation_id="contracts_line_create")
def contracts_line_create(request: HttpRequest, code: str, payload: LineIn) -> Status[ContractLine]:
    """Add a line to a draft."""
    actor = actor_of(request)
    contract, estate = contract_get(actor, code), estate_get(actor, payload.estate)
    standard = standard_get(actor, payload.standard) if payload.standard else None
    return Status(201, line_save(actor=actor, contract=contract, estate=estate, standard=standard, details=payload.details()))


@router.post("/{code}/activate", response={200: ContractOut, **REFUSALS}, operation_id="contracts_activate")
def contracts_activate(request: HttpRequest, code: str, payload: ContractNoteIn) -> Contract:
    """Put a draft into performance."""
    actor = actor_of(request)
    contract = contract_get(actor, code)
    contract_activate(actor=actor, contract=contract, note=payload.note)
    return contract_get(actor, code)


@router.post("/{code}/suspend", response={200: ContractOut, **REFUSALS}, operation_id="contracts_suspend")
def contracts_suspend(request: HttpRequest, code: str, payload: ContractNoteIn) -> Contract:
    """Suspend performance."""
    actor = actor_of(request)
    contract_suspend(actor=actor, contract=contract_get(actor, code), note=payload.note)
    return contract_get(actor, code)


@router.post("/{code}/resume", response={200: ContractOut, **REFUSALS}, operation_id="contracts_resume")
def contracts_resume(request: HttpRequest, code: str, payload: ContractNoteIn) -> Contract:
    """Resume performance."""
    actor = actor_of(request)
    contract_resume(actor=actor, contract=contract_get(actor, code), note=payload.note)
    return contract_get(actor, code)


@router.post("/{code}/terminate", response={200: ContractOut, **REFUSALS}, operation_id="contracts_terminate")
def contracts_terminate(request: HttpRequest, code: str, payload: TerminationIn) -> Contract:
    """End a contract before its term."""
    actor = actor_of(request)
    contract_terminate(actor=actor, contract=contract_get(actor, code), on=payload.on, note=payload.note)
    return contract_get(actor, code)
