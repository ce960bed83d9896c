"""Reads of standards, items and checklists."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.records import get_by_code
from duban.standards.domain.blocks import block_label
from duban.standards.domain.comparison import ItemDifference, compare
from duban.standards.models import Checklist, Standard, StandardItem, in_reader_language
from duban.standards.permissions import Code

COMPARED = ("name", "frequency", "target", "unit", "method", "severity", "is_red_line")
IN_FORCE = "in_force"
DATA = Path(__file__).resolve().parent.parent / "data"


def standards_of(actor: Actor) -> QuerySet[Standard]:
    """Every version of every standard of the actor's tenant, with its number of items."""
    actor.require(Code.VIEW)
    rows = Standard.objects.for_actor(actor).select_related("tenant", "office")
    return rows.annotate(
        item_count=Count("items", distinct=True),
        red_line_count=Count("items", filter=Q(items__is_red_line=True), distinct=True),
    )


def standard_get(actor: Actor, code: str) -> Standard:
    """One version of the actor's tenant, or `NotFound`."""
    return get_by_code(standards_of(actor), code)


def standard_in_force(tenant_path: str, key: str) -> Standard | None:
    """The version of a standard that is in force now."""
    return Standard.objects.filter(tenant__path=tenant_path, key=key, state=IN_FORCE).select_related("tenant", "office").first()


def standards_in_force(actor: Actor, service_line: str = "") -> QuerySet[Standard]:
    """All standards in force, for choosing one for a contract line."""
    rows = Standard.objects.for_actor(actor).filter(state=IN_FORCE)
    return (rows.filter(service_line=service_line) if service_line else rows).order_by("service_line", "key")


def default_standard_key(service_line: str, grade_level: str = "") -> str:
    """The key of the built-in standard that suits a service line and an estate's grade (一级, 二级, 三级, else 一级)."""
    level = {"一级": "1", "二级": "2", "三级": "3"}.get(grade_level, "1")
    return service_line if service_line == "greening" else f"{service_line}-{level}"


@dataclass(frozen=True)
class ServiceLineRow:
    """One service line on the overview: how many standards, items and red lines are in force, and which."""

    service_line: str
    label: str
    standards: tuple[Standard, ...]
    draft_count: int
    item_count: int
    red_line_count: int


def service_lines_overview(actor: Actor) -> list[ServiceLineRow]:
    """The service lines with their standards in force: one query."""
    by_line: dict[str, list[Standard]] = {}
    for standard in standards_of(actor).filter(state__in=("draft", IN_FORCE)).order_by("key", "version"):
        by_line.setdefault(standard.service_line, []).append(standard)
    return [_overview_row(line, label, by_line.get(line, [])) for line, label in SERVICE_LINE_LABELS.items()]


def _overview_row(line: str, label: str, standards: Sequence[Standard]) -> ServiceLineRow:
    in_force = tuple(standard for standard in standards if standard.state == IN_FORCE)
    return ServiceLineRow(
        service_line=line,
        label=label,
        standards=in_force,
        draft_count=len(standards) - len(in_force),
        item_count=sum(getattr(standard, "item_count", 0) for standard in in_force),
        red_line_count=sum(getattr(standard, "red_line_count", 0) for standard in in_force),
    )


@dataclass(frozen=True)
class Block:
    """The items of one block of a standard."""

    key: str
    label: str
    items: tuple[StandardItem, ...]


def standard_blocks(standard: Standard) -> list[Block]:
    """The items of a version, block by block in the order of their numbers: one query."""
    groups: dict[str, list[StandardItem]] = {}
    for item in StandardItem.objects.filter(standard=standard).order_by("id"):
        groups.setdefault(item.block, []).append(item)
    return [Block(key, block_label(standard.service_line, key), tuple(items)) for key, items in groups.items()]


def standard_versions(actor: Actor, standard: Standard) -> list[Standard]:
    """All versions that share a key, the newest first."""
    return list(standards_of(actor).filter(key=standard.key, tenant=standard.tenant_id).order_by("-version"))


def versions_compared(before: Standard, after: Standard) -> tuple[ItemDifference, ...]:
    """What changed between two versions, item by item: one query."""
    fields: dict[int, dict[str, Mapping[str, str]]] = {before.pk: {}, after.pk: {}}
    for item in StandardItem.objects.filter(standard__in=(before.pk, after.pk)).order_by("id"):
        fields[item.standard_id][item.key] = {name: str(getattr(item, name)) for name in COMPARED}
    return compare(fields[before.pk], fields[after.pk])


def item_get(standard: Standard, key: str) -> StandardItem:
    """One item of a version by its key, or `NotFound`."""
    item = (
        StandardItem.objects.filter(standard=standard, key=key)
        .select_related("standard__tenant", "standard__office", "good_picture", "bad_picture")
        .first()
    )
    if item is None:
        raise NotFound
    return item


def items_of_standards(standard_ids: Collection[int]) -> dict[int, list[StandardItem]]:
    """Standard key → its items in order, in one query, for the apps that check them."""
    found: dict[int, list[StandardItem]] = {key: [] for key in standard_ids}
    for item in StandardItem.objects.filter(standard_id__in=standard_ids).order_by("standard_id", "id"):
        found[item.standard_id].append(item)
    return found


def checklists_of(actor: Actor) -> QuerySet[Checklist]:
    """Checklists of the actor's tenant with their number of items."""
    actor.require(Code.VIEW)
    rows = Checklist.objects.for_actor(actor).select_related("standard__tenant", "standard__office")
    return rows.annotate(item_count=Count("items"))


def checklist_get(actor: Actor, code: str) -> Checklist:
    """One checklist of the actor's tenant, or `NotFound`."""
    return get_by_code(checklists_of(actor), code)


def checklist_items(checklist: Checklist) -> list[StandardItem]:
    """The items of a checklist in the order of the standard."""
    return list(checklist.items.order_by("id"))


def standard_checklists(standard: Standard) -> list[Checklist]:
    """Checklists drawn from one version."""
    rows = Checklist.objects.filter(standard=standard).annotate(item_count=Count("items"))
    return list(rows.order_by("name", "id"))


@dataclass(frozen=True)
class CleaningLevel:
    """One level of the APPA scale; `points` is what a score makes of it."""

    level: int
    name: str
    description: str
    points: int


@dataclass(frozen=True)
class CleaningLevels:
    """The scale and where it comes from."""

    levels: tuple[CleaningLevel, ...]
    source: str


def cleaning_levels() -> CleaningLevels:
    """The five levels of cleanliness (1 is best) in the reader's language, from the built-in data."""
    content = json.loads((DATA / "appa.json").read_text(encoding="utf-8"))
    rows = tuple(
        CleaningLevel(
            level=row["level"],
            name=in_reader_language(row["name"], row["name_en"]),
            description=in_reader_language(row["description"], row["description_en"]),
            points=row["points"],
        )
        for row in content["levels"]
    )
    return CleaningLevels(rows, content["source"])
