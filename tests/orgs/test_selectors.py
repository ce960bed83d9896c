from datetime import timedelta

import pytest
from django.utils import timezone

from duban.kernel.errors import NotAllowed, NotFound
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant
from duban.orgs.selectors import (
    actors_named,
    demo_accounts,
    grant_get,
    grants_of,
    held_codes,
    may_edit,
    paths_of_person,
    people_in_role,
    people_with,
    permission_matrix,
    person_get,
    person_list,
    person_self,
    role_names,
    search_people,
    search_units,
    sole_holders,
    tenant_roots,
    tree_page,
    unit_get,
    unit_list,
    unit_names,
    units_for,
)


def names(people):
    return {person.username for person in people}


def test_tenants(world):
    assert tenant_roots() == [world.ours.root, world.theirs.root]


def test_people_who_hold_a_right_over_a_place(world):
    close = people_with("scorecards.close", world.ours.project.path)
    assert close == [world.person("quality_manager")]
    edit = people_with("complaints.validate", world.ours.project_two.path)
    assert world.person("estate_manager") not in edit
    assert world.person("service_desk") in edit
    vendor = people_with("scorecards.appeal", world.ours.vendor.unit.path)
    assert vendor == [world.person("vendor_manager")]


def test_people_whose_role_or_account_has_ended_hold_no_right(world):
    Person.objects.get_queryset().filter(pk=world.person("quality_manager").pk).update(is_active=False)
    assert people_with("scorecards.close", world.ours.root.path) == []
    RoleGrant.objects.filter(role=Role.FINANCE).update(until_on=timezone.localdate())
    assert people_with("settlement.pay", world.ours.root.path) == []


def test_people_are_found_by_name_in_one_company(world):
    Person.objects.get_queryset().update(name="王芳")
    found = {actor.person_id for actor in actors_named({"王芳"}, world.ours.root.path)}
    assert found == {person.pk for person in (*world.ours.people.values(), world.ours.rival_manager)}
    assert actors_named({"李强"}, world.ours.root.path) == []


def test_people_seen_by_an_administrator(world, actor):
    assert names(person_list(actor("group_admin"))) == names([*world.ours.people.values(), world.ours.rival_manager])


def test_people_seen_from_a_project_office(world, actor):
    assert names(person_list(actor("estate_manager"))) == names(
        [world.person("estate_manager"), world.person("quality_inspector")]
    )


@pytest.mark.parametrize("role", ["vendor_manager", "outside_counsel", "stranger"])
def test_people_are_not_listed_for_everybody(world, actor, role):
    with pytest.raises(NotAllowed):
        person_list(actor(role))


def test_everybody_sees_themselves(world, actor):
    assert person_get(actor("vendor_worker"), world.person("vendor_worker").username) == world.person("vendor_worker")
    assert person_self(actor("stranger")) == world.stranger


def test_person_of_another_company_is_not_found(world, actor):
    with pytest.raises(NotFound):
        person_get(actor("group_admin"), world.person("their finance").username)
    with pytest.raises(NotFound):
        grant_get(actor("group_admin"), world.person("their finance"), world.person("their finance").grants.get().pk)


def test_nobody_is_nobody(world):
    from duban.orgs.middleware import NOBODY

    with pytest.raises(NotFound):
        person_self(NOBODY)


def test_roles_of_a_person(world, actor):
    finance = world.person("finance")
    assert grants_of(actor("finance"), finance) == grants_of(actor("group_admin"), finance) == [finance.grants.get()]
    assert grants_of(actor("their group_admin"), finance) == []
    assert grant_get(actor("group_admin"), finance, finance.grants.get().pk) == finance.grants.get()


def test_who_may_change_a_person(world, actor):
    assert may_edit(actor("group_admin"), world.person("finance"))
    assert not may_edit(actor("finance"), world.person("finance"))
    assert not may_edit(actor("group_admin"), world.stranger)


def test_places_of_somebody_who_left(world):
    finance = world.person("finance")
    finance.grants.update(until_on=timezone.localdate() - timedelta(days=1))
    assert paths_of_person(finance) == [world.ours.root.path]


def test_tree_in_order_with_head_counts(world, actor):
    rows = tree_page(actor("group_admin"))
    assert [(row.unit.name, row.depth) for row in rows] == [
        ("甲物业集团", 0),
        ("甲上海公司", 1),
        ("甲一项目部", 2),
        ("甲二项目部", 2),
        ("甲子保洁", 1),
        ("甲丑保洁", 1),
    ]
    assert {row.unit.name: row.people_count for row in rows}["甲一项目部"] == 2
    assert [(row.unit.name, row.depth) for row in tree_page(actor("estate_manager"))] == [("甲一项目部", 0)]


def test_unit_by_code(world, actor):
    assert unit_get(actor("finance"), world.ours.city.code) == world.ours.city
    with pytest.raises(NotFound):
        unit_get(actor("their finance"), world.ours.city.code)
    assert [unit.name for unit in unit_list(actor("vendor_manager"))] == ["甲子保洁"]


def test_units_at_which_a_right_is_held(world, actor):
    assert units_for(actor("group_admin"), "orgs.edit").count() == 6
    assert units_for(actor("finance"), "orgs.edit").count() == 0


def test_names_of_units(world):
    assert unit_names([world.ours.project.path, world.ours.root.path]) == ["甲物业集团", "甲一项目部"]


def test_matrix_says_what_the_table_of_rights_says(world, actor):
    groups = {group.name: {row.code: row for row in group.rows} for group in permission_matrix()}
    row = groups["Scorecards"]["scorecards.close"]
    assert [role for role, is_held in zip(Role, row.held, strict=True) if is_held] == [Role.QUALITY_MANAGER]
    assert row.label == "Close appraisal periods"
    assert role_names()[0] == "Group administrator"


def test_every_right_has_a_name():
    from duban.project.rights import LABELS, RIGHTS

    assert {code for codes in RIGHTS.values() for code in codes} - set(LABELS) == set()


def test_rights_held(world, actor):
    assert held_codes(actor("vendor_worker")) == [
        ("attendance.punch", "Check in and out at posts, walk patrols"),
        ("standards.view", "See standards"),
    ]


def test_demo_accounts_only_in_demo_mode(world, settings):
    Person.objects.get_queryset().filter(pk__in=[world.person("finance").pk, world.person("group_admin").pk]).update(
        is_demo=True
    )
    assert demo_accounts() == []
    settings.DUBAN_DEMO = True
    assert [(account.role, account.place) for account in demo_accounts()] == [
        ("Group administrator", "甲物业集团"),
        ("Finance", "甲物业集团"),
    ]


def test_search_stays_inside_the_company(world, actor):
    finance = world.person("finance")
    assert [(hit.kind, hit.title, hit.url) for hit in search_people(actor("auditor"), finance.username, 5)] == [
        ("Person", finance.name, f"/orgs/people/{finance.username}/")
    ]
    assert [hit.title for hit in search_units(actor("auditor"), "项目部", 5)] == ["甲一项目部", "甲二项目部"]
    assert len(search_units(actor("auditor"), "项目部", 1)) == 1
    assert search_people(actor("their auditor"), finance.username, 5) == []
    assert search_people(actor("vendor_manager"), "manager", 5) == search_units(actor("vendor_manager"), "甲", 5) == []


def test_people_of_one_side_only(world):
    path = world.ours.vendor.unit.path
    assert {person.name for person in people_with("settlement.count", path, is_vendor=True)} == {
        world.person("vendor_manager").name
    }
    assert world.person("vendor_manager") not in people_with("settlement.count", path, is_vendor=False)


def test_who_holds_a_role_alone_is_its_owner(world):
    path = world.ours.vendor.unit.path
    foreman = world.person("vendor_foreman")
    assert people_in_role(Role.VENDOR_FOREMAN, path) == [foreman]
    assert sole_holders(Role.VENDOR_FOREMAN, [path, world.ours.rival.unit.path]) == {path: foreman.pk}
    RoleGrant.objects.create(
        person=world.stranger, unit=world.ours.vendor.unit, role=Role.VENDOR_FOREMAN, from_on=timezone.localdate()
    )
    assert sole_holders(Role.VENDOR_FOREMAN, [path]) == {}
