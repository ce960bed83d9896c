"""Standards for other systems."""

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.standards.domain.details import ItemDetails
from duban.standards.models import LicenceRule, Standard, StandardItem
from duban.standards.schemas import EnactIn, ItemIn, ItemOut, LicenceRuleOut, NewVersionIn, Page, StandardOut
from duban.standards.selectors import items_of_standards, licence_rules_of, standard_get, standards_of
from duban.standards.services import item_save, standard_enact, standard_new_version

router = Router(tags=["standards"])


@router.get("", response={200: list[StandardOut], **REFUSALS}, operation_id="standards_list")
def standards_list(request: HttpRequest, page: Query[Page]) -> list[Standard]:
    """All versions in order of their codes; `after` is the last code of the page before."""
    return list(standards_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.get("/licence-rules", response={200: list[LicenceRuleOut], **REFUSALS}, operation_id="standards_licence_rules")
def standards_licence_rules(request: HttpRequest) -> list[LicenceRule]:
    """The licence rules of the tenant."""
    return list(licence_rules_of(actor_of(request)))


@router.get("/{code}", response={200: StandardOut, **REFUSALS}, operation_id="standards_get")
def standards_get(request: HttpRequest, code: str) -> Standard:
    """One version."""
    return standard_get(actor_of(request), code)


@router.get("/{code}/items", response={200: list[ItemOut], **REFUSALS}, operation_id="standards_items")
def standards_items(request: HttpRequest, code: str) -> list[StandardItem]:
    """The items of a version."""
    standard = standard_get(actor_of(request), code)
    return items_of_standards([standard.pk])[standard.pk]


@router.post("/{code}/versions", response={201: StandardOut, **REFUSALS}, operation_id="standards_new_version")
def standards_new_version(request: HttpRequest, code: str, payload: NewVersionIn) -> Status[Standard]:
    """Begin the next version as a draft."""
    actor = actor_of(request)
    return Status(201, standard_new_version(actor=actor, standard=standard_get(actor, code), reason=payload.reason))


@router.post("/{code}/items", response={201: ItemOut, **REFUSALS}, operation_id="standards_item_create")
def standards_item_create(request: HttpRequest, code: str, payload: ItemIn) -> Status[StandardItem]:
    """Add an item to a draft."""
    actor = actor_of(request)
    details = ItemDetails(**payload.model_dump())
    return Status(201, item_save(actor=actor, standard=standard_get(actor, code), details=details))


@router.post("/{code}/enact", response={200: StandardOut, **REFUSALS}, operation_id="standards_enact")
def standards_enact(request: HttpRequest, code: str, payload: EnactIn) -> Standard:
    """Put a draft in force; the version in force until now is superseded."""
    actor = actor_of(request)
    return standard_enact(actor=actor, standard=standard_get(actor, code), on=payload.on, note=payload.note)
