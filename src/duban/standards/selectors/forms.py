"""Reads of the forms of checklists: the form that counts, as workbook, and as the phone carries it."""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from duban.kernel.errors import NotFound
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import file_url
from duban.platform.sheets.writers import write_book
from duban.standards.domain.blocks import block_label
from duban.standards.domain.details import ItemDetails
from duban.standards.domain.xforms.forms import Form, for_phone, from_json, to_json
from duban.standards.domain.xforms.items import form_of_items
from duban.standards.domain.xforms.writing import write_form
from duban.standards.models import Checklist, FormDefinition, Standard, StandardItem


def current_form(checklist: Checklist) -> FormDefinition | None:
    """The newest version of a checklist's form, unless it was given up."""
    newest = FormDefinition.objects.filter(checklist=checklist).select_related("source", "imported_by").last()
    return None if newest is None or newest.is_given_up else newest


def form_versions(checklist: Checklist) -> list[FormDefinition]:
    """Every version of a checklist's form, the newest first."""
    return list(FormDefinition.objects.filter(checklist=checklist).select_related("imported_by").order_by("-version"))


def form_of(checklist: Checklist) -> Form:
    """The form of a checklist: the imported one, or one made of its items."""
    found = current_form(checklist)
    if found is not None:
        return from_json(found.definition)
    items = list(checklist.items.order_by("id"))
    line = checklist.standard.service_line
    with translation.override("zh-hans"):
        names = {item.block: gettext(block_label(line, item.block)) for item in items}
    return form_of_items(checklist.name, line, [_details(item) for item in items], names)


def _details(item: StandardItem) -> ItemDetails:
    return ItemDetails(**{name: getattr(item, name) for name in ItemDetails.__dataclass_fields__})


def form_for_phone(checklist: Checklist) -> dict[str, Any]:
    """The form of a checklist with its rules as trees; version 0 is made of the items."""
    found = current_form(checklist)
    return {"version": found.version if found else 0, **for_phone(to_json(form_of(checklist)))}


def xlsform_of(checklist: Checklist) -> BytesIO:
    """The form of a checklist as an XLSForm workbook."""
    found = current_form(checklist)
    version = f"{checklist.standard.version}.{found.version if found else 0}"
    stream = BytesIO()
    write_book(stream, write_form(form_of(checklist), form_id=checklist.code, version=version))
    stream.seek(0)
    return stream


def stored_workbook(sha256: str) -> StoredFile:
    """The workbook that was tried out, or `NotFound`."""
    file = StoredFile.objects.filter(sha256=sha256).first()
    if file is None:
        raise NotFound
    return file


def phone_checklists(keys: Collection[int]) -> list[dict[str, Any]]:
    """Checklists as a phone carries them, with items, reference pictures and form: three queries.

    What depends on a place (`repeats_90`) is added by those who know the results.
    """
    checklists = list(Checklist.objects.filter(pk__in=keys).select_related("standard").order_by("code"))
    forms = _forms_of(keys)
    items: dict[int, list[dict[str, Any]]] = {checklist.pk: [] for checklist in checklists}
    standards = {checklist.pk: checklist.standard for checklist in checklists}
    through = Checklist.items.through.objects.filter(checklist_id__in=keys).order_by("standarditem_id")
    for row in through.select_related("standarditem__good_picture", "standarditem__bad_picture"):
        items[row.checklist_id].append(phone_item(standards[row.checklist_id], row.standarditem))
    return [_phone_checklist(checklist, items[checklist.pk], forms.get(checklist.pk)) for checklist in checklists]


def _forms_of(keys: Collection[int]) -> Mapping[int, FormDefinition]:
    rows = FormDefinition.objects.filter(checklist_id__in=keys).order_by("checklist_id", "version")
    newest = {row.checklist_id: row for row in rows}
    return {key: row for key, row in newest.items() if not row.is_given_up}


def _phone_checklist(checklist: Checklist, items: list[dict[str, Any]], form: FormDefinition | None) -> dict[str, Any]:
    return {
        "code": checklist.code,
        "version": checklist.standard.version,
        "name": checklist.name,
        "name_en": checklist.name,
        "items": items,
        "form": {"version": form.version, **for_phone(form.definition)} if form else None,
    }


def phone_item(standard: Standard, item: StandardItem) -> dict[str, Any]:
    """One item as a phone carries it, with its reference pictures."""
    names = ("key", "number", "name", "name_en", "frequency", "target", "unit", "method", "severity", "is_red_line")
    pictures = {side: picture_url(standard, item, side) for side in ("good_picture", "bad_picture")}
    return {name: getattr(item, name) for name in names} | pictures | {"needs_photo": False, "needs_value": bool(item.unit)}


def picture_url(standard: Standard, item: StandardItem, side: str, *, variant: str = "display") -> str:
    """Address of an item's reference picture (`good_picture` or `bad_picture`), empty where there is none."""
    file = getattr(item, side)
    return file_url(standard, file, variant=variant) if file else ""
