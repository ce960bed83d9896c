"""Standards for other systems."""

import base64
import binascii

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext
from ninja import Query, Router, Status

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.files.services import store_file
from duban.platform.files.sniffing import FileKind
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.standards.domain.details import ItemDetails
from duban.standards.domain.xforms.cells import Fault
from duban.standards.models import LicenceRule, Standard, StandardItem
from duban.standards.permissions import Code
from duban.standards.schemas import (
    EnactIn,
    FormFaultOut,
    FormFileIn,
    FormOut,
    FormReadingOut,
    ItemIn,
    ItemOut,
    LicenceRuleOut,
    NewVersionIn,
    Page,
    PictureIn,
    StandardOut,
)
from duban.standards.selectors import (
    checklist_get,
    form_for_phone,
    item_get,
    items_of_standards,
    licence_rules_of,
    standard_get,
    standards_of,
    xlsform_of,
)
from duban.standards.services import (
    form_import,
    form_read,
    item_picture_drop,
    item_picture_set,
    item_save,
    standard_enact,
    standard_new_version,
)

router = Router(tags=["standards"])


@router.get("", response={200: list[StandardOut], **REFUSALS}, operation_id="standards_list")
def standards_list(request: HttpRequest, page: Query[Page]) -> list[Standard]:
    """All versions in order of their codes; `after` is the last code of the page before."""
    return list(standards_of(actor_of(request)).filter(code__gt=page.after).order_by("code")[: page.limit])


@router.get("/licence-rules", response={200: list[LicenceRuleOut], **REFUSALS}, operation_id="standards_licence_rules")
def standards_licence_rules(request: HttpRequest) -> list[LicenceRule]:
    """The licence rules of the tenant."""
    return list(licence_rules_of(actor_of(request)))


@router.get("/checklists/{code}/form", response={200: FormOut, **REFUSALS}, operation_id="standards_checklist_form")
def standards_checklist_form(request: HttpRequest, code: str) -> dict[str, object]:
    """The form of a checklist with its rules as texts and trees."""
    return form_for_phone(checklist_get(actor_of(request), code))


@router.get("/checklists/{code}/xlsform", response=REFUSALS, operation_id="standards_checklist_xlsform")
def standards_checklist_xlsform(request: HttpRequest, code: str) -> FileResponse:
    """The form of a checklist as an XLSForm workbook."""
    return FileResponse(xlsform_of(checklist_get(actor_of(request), code)), as_attachment=True, filename=f"{code}.xlsx")


@router.post("/checklists/{code}/form", response={200: FormReadingOut, **REFUSALS}, operation_id="standards_form_import")
def standards_form_import(request: HttpRequest, code: str, payload: FormFileIn) -> FormReadingOut:
    """Bring a form in, or with `is_preview` only say what it would change; a faulty form changes nothing."""
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    actor.require_any(Code.EDIT, checklist.standard.permission_paths())
    file = store_file(actor=actor, source=_bytes(payload.file), name=f"{code}.xlsx", kinds=(FileKind.SHEET,))
    reading = form_read(actor=actor, checklist=checklist, file=file)
    is_kept = reading.form is not None and not payload.is_preview
    version = form_import(actor=actor, checklist=checklist, file=file).version if is_kept else None
    faults = [_fault_out(fault) for fault in reading.faults]
    return FormReadingOut(version=version, faults=faults, added=list(reading.added), removed=list(reading.removed))


def _fault_out(fault: Fault) -> FormFaultOut:
    message = gettext(fault.message).format(**fault.params)
    places = {name: getattr(fault, name) for name in ("sheet", "row", "column", "heading", "value")}
    return FormFaultOut(message=message, **places)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(errors=(FieldError("file", mark("This is not base64.")),)) from error


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


@router.put("/{code}/items/{key}/pictures/{side}", response={200: ItemOut, **REFUSALS}, operation_id="standards_item_picture")
def standards_item_picture(request: HttpRequest, code: str, key: str, side: str, payload: PictureIn) -> StandardItem:
    """Give an item its `good_picture` or `bad_picture`, in place of the one before."""
    actor = actor_of(request)
    item = item_get(standard_get(actor, code), key)
    actor.require_any(Code.EDIT, item.standard.permission_paths())
    return item_picture_set(actor=actor, item=item, side=side, source=_bytes(payload.file), name=f"{key}.jpg")


@router.delete(
    "/{code}/items/{key}/pictures/{side}", response={200: ItemOut, **REFUSALS}, operation_id="standards_item_picture_drop"
)
def standards_item_picture_drop(request: HttpRequest, code: str, key: str, side: str) -> StandardItem:
    """Take a reference picture away."""
    actor = actor_of(request)
    return item_picture_drop(actor=actor, item=item_get(standard_get(actor, code), key), side=side)


@router.post("/{code}/enact", response={200: StandardOut, **REFUSALS}, operation_id="standards_enact")
def standards_enact(request: HttpRequest, code: str, payload: EnactIn) -> Standard:
    """Put a draft in force; the version in force until now is superseded."""
    actor = actor_of(request)
    return standard_enact(actor=actor, standard=standard_get(actor, code), on=payload.on, note=payload.note)
