from datetime import date

import pytest

from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.standards.models import Standard
from duban.standards.selectors import (
    cleaning_levels,
    company_gate_rows,
    default_standard_key,
    item_get,
    items_of_standards,
    service_lines_overview,
    standard_blocks,
    standard_get,
    standards_in_force,
    standards_of,
)
from duban.standards.selectors.search import search_standards
from duban.standards.services import install_defaults
from tests.factories.standards import StandardFactory, StandardItemFactory
from tests.factories.vendors import CertificateFactory


def test_scope_and_right_of_the_reads(world, actor):
    standard = StandardFactory(tenant=world.ours.root)
    assert standard_get(actor("vendor_worker"), standard.code) == standard
    with pytest.raises(NotFound):
        standard_get(actor("their finance"), standard.code)
    with pytest.raises(NotAllowed):
        standards_of(actor("stranger"))
    with pytest.raises(NotFound):
        item_get(standard, "floors.none")


def test_the_overview_counts_what_is_in_force(world, actor):
    standard = StandardFactory(tenant=world.ours.root)
    StandardItemFactory(standard=standard, is_red_line=True)
    StandardItemFactory(standard=standard)
    StandardFactory(tenant=world.ours.root, state="draft")
    row = service_lines_overview(actor("finance"))[0]
    assert (row.service_line, row.item_count, row.red_line_count, row.draft_count) == ("cleaning", 2, 1, 1)
    assert row.standards == (standard,)


def test_blocks_keep_the_order_of_the_items(world):
    standard = StandardFactory(tenant=world.ours.root)
    items = [StandardItemFactory(standard=standard, key=key) for key in ("lobby.a", "floors.a", "lobby.b")]
    assert [(block.key, block.items) for block in standard_blocks(standard)] == [
        ("lobby", (items[0], items[2])),
        ("floors", (items[1],)),
    ]
    assert items_of_standards([standard.pk]) == {standard.pk: items}


def test_every_default_key_exists(world, actor):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    keys = {
        default_standard_key(line, level)
        for line in ("cleaning", "security", "greening", "maintenance", "customer_service")
        for level in ("一级", "二级", "三级", "")
    }
    assert keys == set(Standard.objects.values_list("key", flat=True))
    assert standards_in_force(actor("finance"), "greening").count() == 1


def test_the_gate_of_a_vendor_counts_special_works_it_holds_papers_for(world):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    vendor = world.ours.vendor
    vendor.service_lines = ["maintenance"]
    assert company_gate_rows(vendor, date(2026, 11, 1)) == []
    CertificateFactory(company=vendor, kind="special_equipment_maintenance")
    rows = company_gate_rows(vendor, date(2026, 11, 1))
    assert [(row.certificate, row.badge.label) for row in rows] == [
        ("Special equipment licence (lifts)", "In order"),
        ("Special equipment operator card (lifts)", "Missing"),
    ]


def test_the_levels_are_read_from_the_data():
    assert [(row.level, row.name) for row in cleaning_levels().levels][:2] == [
        (1, "Orderly Spotlessness"),
        (2, "Ordinary Tidiness"),
    ]


def test_search_stays_inside_the_tenant(world, actor):
    standard = StandardFactory(tenant=world.ours.root)
    assert [hit.subtitle for hit in search_standards(actor("finance"), "保洁", 5)] == [standard.code]
    assert search_standards(actor("their finance"), "保洁", 5) == []
