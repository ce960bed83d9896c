"""What the API says about standards, checklists and licence rules."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class Page(Schema):
    """Which page of a list is asked for: what follows a code, and how many rows."""

    after: str = Field("", max_length=24)
    limit: int = Field(100, ge=1, le=500)


class StandardOut(Schema):
    """One version of a standard."""

    code: str
    key: str
    version: int
    service_line: str
    name: str
    name_en: str
    source: str
    reason: str
    state: str
    in_force_from: date | None


class ItemOut(Schema):
    """One item of a standard, in both languages."""

    key: str
    block: str
    number: str
    name: str
    name_en: str
    frequency: str
    frequency_en: str
    target: str
    target_en: str
    unit: str
    method: str
    method_en: str
    severity: str
    is_red_line: bool
    source: str


class LicenceRuleOut(Schema):
    """Which certificate a service line, or one special work inside it, needs."""

    service_line: str
    work: str
    certificate_kind: str
    holder: str
    is_mandatory: bool
    source: str


class NewVersionIn(Schema):
    """Why a new version is begun."""

    reason: str = Field(min_length=1, max_length=2000)


class ItemIn(Schema):
    """The fields of an item that are entered; the key is block, dot, name."""

    key: str = Field(max_length=60)
    name: str = Field(min_length=1, max_length=120)
    frequency: str = Field(min_length=1, max_length=60)
    name_en: str = Field("", max_length=160)
    frequency_en: str = Field("", max_length=80)
    target: str = Field("", max_length=120)
    target_en: str = Field("", max_length=160)
    unit: str = Field("", max_length=20)
    method: str = Field("", max_length=200)
    method_en: str = Field("", max_length=200)
    severity: str = Field("minor", max_length=8)
    is_red_line: bool = False
    source: str = Field("", max_length=120)


class PictureIn(Schema):
    """A reference picture as base64."""

    file: str = Field(max_length=12_000_000)


class FormFileIn(Schema):
    """An XLSForm workbook (.xlsx, at most 2 MB) in base64; with `is_preview` nothing is changed."""

    file: str = Field(min_length=4, max_length=2_800_000)
    is_preview: bool = False


class FormFaultOut(Schema):
    """What cannot be taken, with its sheet, row, column, heading and value."""

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    message: str


class FormReadingOut(Schema):
    """What a workbook brings (or would bring): its version, or its faults; items the checklist gains and loses."""

    version: int | None
    faults: list[FormFaultOut]
    added: list[str]
    removed: list[str]


class FormOut(Schema):
    """The form of a checklist as the phone carries it; version 0 is made of the items."""

    version: int
    title: str
    default_language: str
    languages: list[str]
    choices: dict[str, list[dict[str, Any]]]
    questions: list[dict[str, Any]]


class EnactIn(Schema):
    """From which day a version holds."""

    on: date
    note: str = Field("", max_length=500)
