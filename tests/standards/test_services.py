from datetime import date

import pytest

from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.audit.models import AuditEntry
from duban.platform.files.services import store_file
from duban.standards.domain.details import ItemDetails
from duban.standards.models import Checklist, FormDefinition, LicenceRule, Standard, StandardItem
from duban.standards.selectors import licence_gate, standard_in_force
from duban.standards.services import (
    form_give_up,
    form_import,
    form_read,
    install_defaults,
    item_picture_drop,
    item_picture_set,
    item_remove,
    item_save,
    standard_enact,
    standard_new_version,
)
from duban.standards.services.checklists import checklist_create, checklist_remove, checklist_update
from duban.standards.services.licences import licence_rule_remove
from tests.factories.standards import ChecklistFactory, LicenceRuleFactory, StandardFactory, StandardItemFactory
from tests.factories.vendors import CertificateFactory
from tests.platform.test_files import picture
from tests.standards.xlsforms import asks, stored


def test_install_defaults_brings_every_service_line(world):
    made = install_defaults(actor=system_actor("/"), tenant=world.ours.root, on=date(2025, 1, 1))
    assert len(made) == 13
    assert {standard.service_line for standard in made} == {
        "cleaning",
        "security",
        "greening",
        "maintenance",
        "customer_service",
    }
    counts = {standard.key: StandardItem.objects.filter(standard=standard).count() for standard in made}
    assert min(counts.values()) >= 12
    assert counts["cleaning-1"] == counts["cleaning-2"] + 1
    rail = StandardItem.objects.get(standard__key="cleaning-2", key="floors.handrail")
    assert (rail.frequency, rail.frequency_en, rail.block) == ("每周 2 次", "Twice a week", "floors")


def test_install_defaults_twice_changes_nothing(world):
    actor = system_actor("/")
    install_defaults(actor=actor, tenant=world.ours.root)
    before = (Standard.objects.count(), StandardItem.objects.count(), LicenceRule.objects.count(), AuditEntry.objects.count())
    assert install_defaults(actor=actor, tenant=world.ours.root) == []
    assert before == (
        Standard.objects.count(),
        StandardItem.objects.count(),
        LicenceRule.objects.count(),
        AuditEntry.objects.count(),
    )
    assert Standard.objects.filter(tenant=world.theirs.root).count() == 0


def test_install_defaults_needs_the_right(world, actor):
    with pytest.raises(NotAllowed):
        install_defaults(actor=actor("finance"), tenant=world.ours.root)
    assert Standard.objects.count() == 0


def test_new_version_copies_items_and_leaves_the_old_alone(world, actor):
    standard = StandardFactory(tenant=world.ours.root)
    item = StandardItemFactory(standard=standard, key="floors.handrail", frequency="每日 1 次")
    manager = actor("quality_manager")
    draft = standard_new_version(actor=manager, standard=standard, reason="业主反馈扶手积灰")
    copy = StandardItem.objects.get(standard=draft)
    item_save(actor=manager, standard=draft, details=ItemDetails("floors.handrail", "楼梯扶手擦拭", "每日 2 次"), item=copy)
    item.refresh_from_db()
    assert (draft.version, draft.state, draft.reason) == (2, "draft", "业主反馈扶手积灰")
    assert (item.frequency, StandardItem.objects.get(standard=draft).frequency) == ("每日 1 次", "每日 2 次")
    with pytest.raises(WrongState):
        standard_new_version(actor=manager, standard=standard, reason="再来")


def test_new_version_needs_a_reason(world, actor):
    standard = StandardFactory(tenant=world.ours.root)
    with pytest.raises(Invalid):
        standard_new_version(actor=actor("quality_manager"), standard=standard, reason=" ")
    assert Standard.objects.count() == 1


def test_enact_supersedes_the_version_in_force(world, actor):
    standard = StandardFactory(tenant=world.ours.root, key="cleaning-x")
    StandardItemFactory(standard=standard)
    manager = actor("quality_manager")
    draft = standard_new_version(actor=manager, standard=standard, reason="改频次")
    standard_enact(actor=manager, standard=draft, on=date(2026, 12, 1))
    standard.refresh_from_db()
    draft.refresh_from_db()
    assert (standard.state, draft.state, draft.in_force_from) == ("superseded", "in_force", date(2026, 12, 1))
    assert standard_in_force(world.ours.root.path, "cleaning-x") == draft


def test_enact_refuses_an_empty_draft(world, actor):
    draft = StandardFactory(tenant=world.ours.root, state="draft")
    with pytest.raises(Invalid):
        standard_enact(actor=actor("quality_manager"), standard=draft, on=date(2026, 12, 1))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_items_of_a_version_in_force_cannot_be_changed(world, actor):
    item = StandardItemFactory(standard__tenant=world.ours.root)
    manager = actor("quality_manager")
    with pytest.raises(WrongState):
        item_save(actor=manager, standard=item.standard, details=ItemDetails("floors.x", "x", "每日"))
    with pytest.raises(WrongState):
        item_remove(actor=manager, item=item)
    with pytest.raises(NotAllowed):
        item_remove(actor=actor("finance"), item=item)
    assert list(item.standard.items.all()) == [item]


@pytest.mark.parametrize("key", ["handrail", "posts.gate", "floors.Hand Rail", "floors."])
def test_item_key_must_name_a_block_of_the_line(world, actor, key):
    draft = StandardFactory(tenant=world.ours.root, state="draft")
    with pytest.raises(Invalid):
        item_save(actor=actor("quality_manager"), standard=draft, details=ItemDetails(key, "x", "每日"))
    assert draft.items.count() == 0


def test_item_numbers_go_on_inside_their_block(world, actor):
    draft = StandardFactory(tenant=world.ours.root, state="draft")
    manager = actor("quality_manager")
    keys = ("floors.a", "lobby.a", "floors.b")
    numbers = [item_save(actor=manager, standard=draft, details=ItemDetails(key, key, "每日")).number for key in keys]
    assert numbers == ["1.1", "2.1", "1.2"]


@pytest.mark.parametrize("role", ["finance", "their quality_manager", "stranger"])
def test_only_who_keeps_the_standards_changes_licence_rules(world, actor, role):
    rule = LicenceRuleFactory(tenant=world.ours.root)
    with pytest.raises(NotAllowed):
        licence_rule_remove(actor=actor(role), rule=rule, note="不再需要")
    assert list(LicenceRule.objects.all()) == [rule]


def test_licence_gate_tells_missing_expired_and_ok(world):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    vendor = world.ours.vendor
    CertificateFactory(company=vendor, kind="security_company_permit", valid_until=date(2026, 10, 14))
    gate = licence_gate(vendor, "security", date(2026, 11, 1))
    verdicts = {finding.requirement.certificate_kind: finding.verdict.value for finding in gate.findings}
    assert verdicts == {"security_company_permit": "expired", "guard": "missing", "insurance": "missing"}
    assert [finding.requirement.certificate_kind for finding in gate.problems] == ["security_company_permit", "guard"]
    assert not gate.is_open
    assert licence_gate(vendor, "customer_service", date(2026, 11, 1)).is_open


@pytest.fixture
def in_force(world):
    standard = StandardFactory(tenant=world.ours.root)
    StandardItemFactory(standard=standard, key="floors.handrail")
    StandardItemFactory(standard=standard, key="floors.ground")
    return standard


def test_a_checklist_is_drawn_from_the_items_of_one_version(actor, in_force):
    quality = actor("quality_manager")
    checklist = checklist_create(actor=quality, standard=in_force, name="楼道日检", item_keys=["floors.handrail"])
    checklist_update(actor=quality, checklist=checklist, name="楼道周检", item_keys=["floors.handrail"])
    assert (checklist.name, checklist.items.count()) == ("楼道周检", 1)
    checklist_update(actor=quality, checklist=checklist, name="楼道周检", item_keys=["floors.handrail", "floors.ground"])
    assert checklist.items.count() == 2


@pytest.mark.parametrize(
    ("role", "keys", "refusal"),
    [
        ("finance", ["floors.handrail"], NotAllowed),
        ("quality_manager", [], Invalid),
        ("quality_manager", ["floors.handrail", "floors.404"], NotFound),
    ],
)
def test_a_checklist_refuses_who_may_not_and_what_is_not_there(actor, in_force, role, keys, refusal):
    with pytest.raises(refusal):
        checklist_create(actor=actor(role), standard=in_force, name="x", item_keys=keys)
    assert not Checklist.objects.exists()
    kept = checklist_create(actor=actor("quality_manager"), standard=in_force, name="x", item_keys=["floors.handrail"])
    with pytest.raises(refusal):
        checklist_update(actor=actor(role), checklist=kept, name="y", item_keys=keys)
    kept.refresh_from_db()
    assert kept.name == "x"


def test_a_version_is_drafted_only_with_the_right_and_its_items_are_checked(actor, in_force):
    with pytest.raises(NotAllowed):
        standard_new_version(actor=actor("finance"), standard=in_force, reason="x")
    draft = standard_new_version(actor=actor("quality_manager"), standard=in_force, reason="业主反馈")
    wrong = ItemDetails(key="floors.wall", name="", frequency="每日 1 次")
    double = ItemDetails(key="floors.handrail", name="扶手", frequency="每日 1 次")
    for details in (wrong, double):
        with pytest.raises(Invalid):
            item_save(actor=actor("quality_manager"), standard=draft, details=details)
    assert StandardItem.objects.filter(standard=draft).count() == 2


@pytest.fixture
def checklist(world):
    standard = StandardFactory(tenant=world.ours.root, key="cleaning-forms")
    items = [StandardItemFactory(standard=standard, key=f"floors.{name}") for name in ("rail", "stairs", "walls")]
    checklist = ChecklistFactory(standard=standard)
    checklist.items.set(items[:2])
    return checklist


def test_a_form_is_read_then_imported_and_the_checklist_follows_it(checklist, actor):
    ours = actor("quality_manager")
    file = stored(asks("floors.rail"), asks("floors.walls"), ["text", "remark", "备注"])
    reading = form_read(actor=ours, checklist=checklist, file=file)
    assert (reading.added, reading.removed, reading.faults) == (("floors.walls",), ("floors.stairs",), ())
    assert FormDefinition.objects.count() == 0
    made = form_import(actor=ours, checklist=checklist, file=file)
    assert (made.version, str(made)) == (1, f"{checklist} v1")
    assert sorted(checklist.items.values_list("key", flat=True)) == ["floors.rail", "floors.walls"]
    assert form_import(actor=ours, checklist=checklist, file=stored(asks("floors.rail"))).version == 2
    assert FormDefinition.objects.for_actor(actor("their quality_manager")).count() == 0
    entry = AuditEntry.objects.filter(action="import_form").latest("pk")
    assert entry.changes["form"] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["date", "floors.rail", "日期"]], "survey A2 type"),
        ([["text", "remark", "备注"]], "survey"),
        ([["text", "floors.rail", "备注"]], "survey floors.rail"),
    ],
)
def test_a_faulty_form_changes_nothing_and_names_the_cell(checklist, actor, rows, where):
    with pytest.raises(Invalid) as error:
        form_import(actor=actor("quality_manager"), checklist=checklist, file=stored(*rows))
    assert [found.field for found in error.value.errors] == [where]
    assert FormDefinition.objects.count() == 0
    assert checklist.items.count() == 2


def test_a_file_that_is_no_small_workbook_is_refused(checklist, actor):
    ours = actor("quality_manager")
    table = store_file(actor=ours, source=b"type,name\ntext,a\n", name="form.csv")
    assert form_read(actor=ours, checklist=checklist, file=table).faults[0].message
    with pytest.raises(NotAllowed):
        form_read(actor=actor("finance"), checklist=checklist, file=table)


def test_items_follow_the_form_until_it_is_given_up(checklist, actor):
    ours = actor("quality_manager")
    with pytest.raises(WrongState):
        form_give_up(actor=ours, checklist=checklist, note="没有")
    form_import(actor=ours, checklist=checklist, file=stored(asks("floors.rail")))
    with pytest.raises(Invalid):
        checklist_update(actor=ours, checklist=checklist, name="x", item_keys=["floors.walls"])
    with pytest.raises(Invalid):
        form_give_up(actor=ours, checklist=checklist, note=" ")
    form_give_up(actor=ours, checklist=checklist, note="改用清单")
    checklist_update(actor=ours, checklist=checklist, name="x", item_keys=["floors.walls"])
    assert [item.key for item in checklist.items.all()] == ["floors.walls"]


def test_removing_a_checklist_needs_right_and_reason(checklist, actor):
    with pytest.raises(NotAllowed):
        checklist_remove(actor=actor("finance"), checklist=checklist, note="x")
    with pytest.raises(Invalid):
        checklist_remove(actor=actor("quality_manager"), checklist=checklist, note=" ")
    with pytest.raises(NotAllowed):
        checklist_update(actor=actor("finance"), checklist=checklist, name="x", item_keys=["floors.walls"])
    with pytest.raises(NotAllowed):
        checklist_create(actor=actor("finance"), standard=checklist.standard, name="x", item_keys=["floors.walls"])
    assert Checklist.objects.filter(pk=checklist.pk).exists()


def test_an_item_gets_pictures_also_while_its_version_is_in_force(world, actor):
    manager = actor("quality_manager")
    standard = StandardFactory(tenant=world.ours.root, state="in_force")
    item = StandardItemFactory(standard=standard, key="floors.rail")
    item_picture_set(actor=manager, item=item, side="good_picture", source=picture(), name="a.jpg")
    item_picture_set(actor=manager, item=item, side="bad_picture", source=picture(colour="blue"))
    item.refresh_from_db()
    assert item.good_picture != item.bad_picture
    item_picture_drop(actor=manager, item=item, side="bad_picture")
    assert StandardItem.objects.get().bad_picture is None
    entries = AuditEntry.objects.filter(target_code=standard.code).order_by("sequence")
    assert [entry.action for entry in entries] == ["good_picture", "bad_picture", "bad_picture"]
    assert entries[0].changes == {"floors.rail": [None, item.good_picture.sha256]}
    fresh = standard_new_version(actor=manager, standard=standard, reason="提高频次")
    assert fresh.items.get().good_picture == item.good_picture


def test_pictures_are_refused_where_they_do_not_belong(world, actor):
    manager = actor("quality_manager")
    standard = StandardFactory(tenant=world.ours.root, state="in_force")
    item = StandardItemFactory(standard=standard)
    with pytest.raises(Invalid):
        item_picture_set(actor=manager, item=item, side="good_picture", source=b"%PDF-1.7 no picture", name="a.jpg")
    with pytest.raises(NotFound):
        item_picture_set(actor=manager, item=item, side="name", source=picture())
    for role in ("quality_inspector", "vendor_manager", "their quality_manager"):
        with pytest.raises(NotAllowed):
            item_picture_set(actor=actor(role), item=item, side="good_picture", source=picture())
    Standard.objects.update(state="superseded")
    item.standard.refresh_from_db()
    with pytest.raises(WrongState):
        item_picture_drop(actor=manager, item=item, side="good_picture")
    assert StandardItem.objects.get().good_picture is None
