from datetime import date

import pytest
from pyxform.xls2xform import convert

from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.files.services import store_file
from duban.standards.models import Standard
from duban.standards.selectors import (
    cleaning_levels,
    company_gate_rows,
    current_form,
    default_standard_key,
    form_for_phone,
    form_of,
    form_versions,
    item_get,
    items_of_standards,
    phone_checklists,
    service_lines_overview,
    standard_blocks,
    standard_get,
    standards_in_force,
    standards_of,
    stored_workbook,
    xlsform_of,
)
from duban.standards.selectors.search import search_standards
from duban.standards.services import form_give_up, form_import, install_defaults
from tests.factories.standards import ChecklistFactory, StandardFactory, StandardItemFactory
from tests.factories.vendors import CertificateFactory
from tests.platform.test_files import picture
from tests.standards.xlsforms import asks, stored


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
    for role in ("their finance", "stranger"):
        assert search_standards(actor(role), "保洁", 5) == []


def test_forms_of_checklists_as_workbook_and_for_the_phone(world, actor, django_assert_num_queries):
    standard = StandardFactory(tenant=world.ours.root)
    rail = StandardItemFactory(standard=standard, key="floors.rail", unit="处")
    rail.good_picture = store_file(actor=system_actor("/"), source=picture(), name="good.png")
    rail.save()
    plain, formed = ChecklistFactory(standard=standard), ChecklistFactory(standard=standard)
    for checklist in (plain, formed):
        checklist.items.set([rail])
    form_import(actor=actor("quality_manager"), checklist=formed, file=stored(asks("floors.rail", "扶手无尘")))
    assert current_form(plain) is None
    assert form_for_phone(plain)["version"] == 0
    assert [question.name for question in form_of(plain).everything()][1:] == [
        "floors.rail",
        "floors.rail.photo",
        "floors.rail.note",
    ]
    assert f'id="{formed.code}"' in convert(xlsform_of(formed)).xform
    assert f'id="{plain.code}"' in convert(xlsform_of(plain)).xform
    with django_assert_num_queries(3):
        first, second = phone_checklists([plain.pk, formed.pk])
    assert first["form"] is None
    assert first["items"][0]["good_picture"].startswith("/")
    assert (first["items"][0]["bad_picture"], first["items"][0]["needs_value"]) == ("", True)
    assert second["form"]["questions"][0]["rules"]["required"]["tree"] == ["call", "true"]
    form_give_up(actor=actor("quality_manager"), checklist=formed, note="改用清单")
    assert phone_checklists([formed.pk])[0]["form"] is None
    assert [row.version for row in form_versions(formed)] == [1]


def test_a_workbook_that_was_never_stored(world):
    with pytest.raises(NotFound):
        stored_workbook("0" * 64)
