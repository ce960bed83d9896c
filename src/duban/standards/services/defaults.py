"""The built-in standards and licence rules, read from `standards/data`."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor
from duban.orgs.models import Unit
from duban.platform.audit.services import write_entry
from duban.platform.records import assign_codes
from duban.standards.models import LicenceRule, Standard, StandardItem
from duban.standards.permissions import Code

FOLDER = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def install_defaults(*, actor: Actor, tenant: Unit, office: Unit | None = None, on: date | None = None) -> list[Standard]:
    """Put the built-in standards in force for a tenant, with the licence rules; what is there already stays untouched.

    Four service lines come in the three levels of 中物协[2004]1 号, greening in one. `office` keeps them (the root of the
    tenant by default), `on` is the day from which they hold. Safe to repeat; returns the standards that were new.
    """
    actor.require(Code.EDIT, (office or tenant).path)
    known = set(Standard.objects.filter(tenant=tenant).values_list("key", flat=True))
    made: list[tuple[Standard, str, Mapping[str, Any]]] = []
    for service_line in SERVICE_LINE_LABELS:
        content = _content(service_line)
        made += [
            (_standard(tenant, office, service_line, entry, on), entry["level"], content)
            for entry in content["standards"]
            if entry["key"] not in known
        ]
    standards = [standard for standard, _, _ in made]
    assign_codes(standards)
    Standard.objects.bulk_create(standards)
    StandardItem.objects.bulk_create([item for entry in made for item in _items(*entry)], batch_size=500)
    rules = _install_rules(tenant)
    if standards or rules:
        codes = [standard.code for standard in standards]
        write_entry(
            actor=actor, record=tenant, action="install_standards", changes={"codes": [None, codes], "rules": [None, rules]}
        )
    return standards


@cache
def _content(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _standard(tenant: Unit, office: Unit | None, service_line: str, entry: Mapping[str, str], on: date | None) -> Standard:
    return Standard(
        tenant=tenant,
        office=office,
        service_line=service_line,
        key=entry["key"],
        name=entry["name"],
        name_en=entry["name_en"],
        source=entry["source"],
        in_force_from=on,
        state="in_force",
    )


def _items(standard: Standard, level: str, content: Mapping[str, Any]) -> list[StandardItem]:
    items: list[StandardItem] = []
    numbers: dict[str, int] = {}
    for entry in content["items"]:
        frequency = _at_level(entry["frequency"], level)
        if frequency is None:
            continue
        block = entry["key"].split(".", 1)[0]
        numbers[block] = numbers.get(block, 0) + 1
        number = f"{list(numbers).index(block) + 1}.{numbers[block]}"
        items.append(_item(standard, entry, level, frequency, number))
    return items


def _item(standard: Standard, entry: Mapping[str, Any], level: str, frequency: str, number: str) -> StandardItem:
    words = _content("vocabulary")
    often, method = words["frequencies"][frequency], words["methods"][entry["method"]]
    target = _at_level(entry["target"], level)
    return StandardItem(
        standard=standard,
        key=entry["key"],
        block=entry["key"].split(".", 1)[0],
        number=number,
        name=entry["name"],
        name_en=entry["name_en"],
        frequency=often["zh"],
        frequency_en=often["en"],
        target=target["zh"],
        target_en=target["en"],
        unit=entry["unit"],
        method=method["zh"],
        method_en=method["en"],
        severity=entry["severity"],
        is_red_line=entry["is_red_line"],
        source=entry["source"],
    )


def _at_level(value: Any, level: str) -> Any:
    return value[level] if isinstance(value, dict) and level in value else value


def _install_rules(tenant: Unit) -> int:
    known = set(LicenceRule.objects.filter(tenant=tenant).values_list("service_line", "work", "certificate_kind"))
    rules = [
        LicenceRule(tenant=tenant, **entry)
        for entry in json.loads((FOLDER / "licence_rules.json").read_text(encoding="utf-8"))
        if (entry["service_line"], entry["work"], entry["certificate_kind"]) not in known
    ]
    LicenceRule.objects.bulk_create(rules)
    return len(rules)
