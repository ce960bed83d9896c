from datetime import date

import pytest

from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.audit.models import AuditEntry
from duban.standards.domain.details import ItemDetails
from duban.standards.models import Checklist, LicenceRule, Standard, StandardItem
from duban.standards.selectors import licence_gate, standard_in_force
from duban.standards.services import (
    install_defaults,
    item_remove,
    item_save,
    standard_enact,
    standard_new_version,
)
from duban.standards.services.checklists import checklist_create, checklist_update
from tests.factories.standards import StandardFactory, StandardItemFactory
from tests.factories.vendors import CertificateFactory


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
