from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.orgs.services import (
    NewPerson,
    language_choose,
    person_activate,
    person_create,
    person_deactivate,
    person_edit,
    person_reset_password,
    profile_edit,
    role_grant,
    role_revoke,
    tenant_create,
    unit_create,
    unit_edit,
    unit_move,
)
from duban.platform.audit.models import AuditEntry

TODAY = date(2026, 11, 23)


def actions(record):
    return list(AuditEntry.objects.about(record).values_list("action", flat=True))


def paths(*units):
    for unit in units:
        unit.refresh_from_db()
    return [unit.path for unit in units]


def new(world, **changes):
    values = {"username": "li.na", "name": "李娜", "unit": world.ours.project, "role": Role.QUALITY_INSPECTOR, "from_on": TODAY}
    return NewPerson(**{**values, **changes})


# Units


def test_tenant_is_founded_by_the_system(db, world, actor):
    unit = tenant_create(actor=system_actor("/"), name="丙物业集团")
    assert (unit.path, unit.kind, actions(unit)) == (f"/{unit.pk}/", "group", ["create"])
    with pytest.raises(NotAllowed):
        tenant_create(actor=actor("group_admin"), name="丁物业集团")


def test_unit_is_founded_below_another(world, actor):
    unit = unit_create(actor=actor("group_admin"), parent=world.ours.city, kind="project", name="三项目部", city="上海")
    assert (unit.path, unit.parent, unit.audit_scope()) == (
        f"{world.ours.city.path}{unit.pk}/",
        world.ours.city,
        world.ours.root.path,
    )
    assert actions(unit) == ["create"]


@pytest.mark.parametrize("role", ["finance", "city_manager", "vendor_manager", "their group_admin", "stranger"])
def test_unit_is_founded_only_with_the_right(world, actor, role):
    before = Unit.objects.count()
    with pytest.raises(NotAllowed):
        unit_create(actor=actor(role), parent=world.ours.city, kind="project", name="三项目部")
    assert Unit.objects.count() == before


def test_unit_of_the_wrong_kind_is_refused(world, actor):
    with pytest.raises(Invalid):
        unit_create(actor=actor("group_admin"), parent=world.ours.project, kind="city", name="某城市公司")


def test_unit_is_renamed(world, actor):
    unit_edit(actor=actor("group_admin"), unit=world.ours.project, name="新名", city="苏州")
    entry = AuditEntry.objects.about(world.ours.project).get()
    assert entry.changes == {"name": ["甲一项目部", "新名"], "city": ["上海", "苏州"]}
    with pytest.raises(NotAllowed):
        unit_edit(actor=actor("finance"), unit=world.ours.project, name="别名")


def test_unit_moves_with_everything_below(world, actor, django_assert_num_queries):
    ours, admin = world.ours, actor("group_admin")
    region = unit_create(actor=admin, parent=ours.root, kind="region", name="华东")
    unit_move(actor=admin, unit=ours.city, parent=region)
    base = f"{region.path}{ours.city.pk}/"
    assert paths(ours.city, ours.project, ours.project_two) == [
        base,
        f"{base}{ours.project.pk}/",
        f"{base}{ours.project_two.pk}/",
    ]
    assert ours.city.parent == region
    assert actions(ours.city) == ["move"]
    assert actor("estate_manager").office_paths() == (ours.project.path,)


@pytest.mark.parametrize(("unit", "parent"), [("city", "project"), ("city", "city"), ("root", "city"), ("vendor", "city")])
def test_impossible_move_is_refused(world, actor, unit, parent):
    places = {"city": world.ours.city, "project": world.ours.project, "root": world.ours.root, "vendor": world.ours.vendor.unit}
    before = paths(*places.values())
    with pytest.raises(Invalid):
        unit_move(actor=actor("group_admin"), unit=places[unit], parent=places[parent])
    assert paths(*places.values()) == before


def test_unit_does_not_leave_its_company(world, actor):
    with pytest.raises(NotAllowed):
        unit_move(actor=actor("group_admin"), unit=world.ours.project, parent=world.theirs.city)
    with pytest.raises(Invalid):
        unit_move(actor=system_actor("/"), unit=world.ours.project, parent=world.theirs.city)


# People


def test_account_is_made_with_its_first_role(world, actor):
    person, password = person_create(actor=actor("group_admin"), new=new(world))
    assert authenticate(username="li.na", password=password) == person
    grant = person.grants.get()
    assert (grant.role, grant.unit, grant.from_on, grant.until_on) == ("quality_inspector", world.ours.project, TODAY, None)
    assert (actions(person), actions(grant)) == (["create"], ["grant"])
    assert "password" not in AuditEntry.objects.about(person).get().changes
    assert (str(person), person.get_full_name(), person.code, str(grant)) == (
        "李娜",
        "李娜",
        "li.na",
        "李娜 quality_inspector 甲一项目部",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "Li Na"}, "username"),
        ({"username": "x"}, "username"),
        ({"role": Role.VENDOR_MANAGER}, "role"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
    ],
)
def test_bad_account_is_refused(world, actor, changes, field):
    before = Person.objects.count()
    with pytest.raises(Invalid) as refused:
        person_create(actor=actor("group_admin"), new=new(world, **changes))
    assert {error.field for error in refused.value.errors} == {field}
    assert (Person.objects.count(), RoleGrant.objects.filter(from_on=TODAY).count()) == (before, 0)


def test_user_name_is_taken_once(world, actor):
    person_create(actor=actor("group_admin"), new=new(world))
    with pytest.raises(Invalid):
        person_create(actor=actor("group_admin"), new=new(world))


@pytest.mark.parametrize("role", ["finance", "city_manager", "vendor_manager", "their group_admin", "stranger"])
def test_account_is_made_only_with_the_right(world, actor, role):
    with pytest.raises(NotAllowed):
        person_create(actor=actor(role), new=new(world))
    assert not Person.objects.filter(username="li.na").exists()


def test_person_is_changed(world, actor):
    finance = world.person("finance")
    person_edit(actor=actor("group_admin"), person=finance, name="王芳", email="wf@example.com", language="zh-hans")
    assert set(AuditEntry.objects.about(finance).get().changes) == {"name", "email", "language"}


@pytest.mark.parametrize("role", ["finance", "auditor", "their group_admin", "stranger"])
def test_person_is_changed_only_with_the_right(world, actor, role):
    person = world.person("quality_manager")
    for write in (
        lambda: person_edit(actor=actor(role), person=person, name="x", email="", language="en"),
        lambda: person_deactivate(actor=actor(role), person=person, reason="x"),
        lambda: person_activate(actor=actor(role), person=person),
        lambda: person_reset_password(actor=actor(role), person=person),
    ):
        with pytest.raises(NotAllowed):
            write()
    person.refresh_from_db()
    assert (person.is_active, person.password, actions(person)) == (True, "!", [])


def test_closed_account_does_not_sign_in(world, actor):
    person, password = person_create(actor=actor("group_admin"), new=new(world))
    person_deactivate(actor=actor("group_admin"), person=person, reason="离职")
    assert authenticate(username="li.na", password=password) is None
    assert AuditEntry.objects.about(person).first().reason == "离职"
    person_activate(actor=actor("group_admin"), person=person)
    assert authenticate(username="li.na", password=password) == person


def test_nobody_closes_their_own_account(world, actor):
    with pytest.raises(Invalid):
        person_deactivate(actor=actor("group_admin"), person=world.person("group_admin"), reason="x")


def test_new_password_ends_open_sessions(world, actor, client):
    person, password = person_create(actor=actor("group_admin"), new=new(world))
    client.login(username="li.na", password=password)
    assert client.get("/orgs/me/").status_code == 200
    fresh = person_reset_password(actor=actor("group_admin"), person=person)
    assert client.get("/orgs/me/").status_code == 302
    assert authenticate(username="li.na", password=fresh) == person


def test_own_profile(world, actor):
    person = world.person("vendor_manager")
    profile_edit(actor=actor("vendor_manager"), person=person, email="v@example.com", language="zh-hans")
    language_choose(actor=actor("vendor_manager"), language="en")
    person.refresh_from_db()
    assert (person.email, person.language) == ("v@example.com", "en")
    with pytest.raises(NotAllowed):
        profile_edit(actor=actor("finance"), person=person, email="", language="en")
    with pytest.raises(Invalid):
        language_choose(actor=actor("finance"), language="fr")


# Roles


def grant(actor, world, *, person="finance", role=Role.AUDITOR, unit=None, from_on=TODAY, until_on=None):
    return role_grant(
        actor=actor, person=world.person(person), unit=unit or world.ours.city, role=role, from_on=from_on, until_on=until_on
    )


def test_role_holds_from_its_day_until_its_end(world, actor):
    made = grant(actor("group_admin"), world, from_on=TODAY, until_on=TODAY + timedelta(days=1))
    assert actor("finance").roles == ("finance", "auditor")
    made.from_on, made.until_on = TODAY - timedelta(days=2), TODAY
    made.save()
    assert actor("finance").roles == ("finance",)
    assert made.audit_scope() == world.ours.root.path


@pytest.mark.parametrize(
    "changes",
    [
        {"role": Role.VENDOR_MANAGER},
        {"until_on": TODAY},
        {"person": "their finance"},
    ],
)
def test_bad_grant_is_refused(world, actor, changes):
    before = RoleGrant.objects.count()
    with pytest.raises(Invalid):
        grant(actor("group_admin"), world, **changes)
    assert RoleGrant.objects.count() == before


def test_office_role_is_not_held_at_a_vendor(world, actor):
    with pytest.raises(Invalid):
        grant(actor("group_admin"), world, unit=world.ours.vendor.unit)


def test_same_role_is_not_held_twice(world, actor):
    grant(actor("group_admin"), world)
    with pytest.raises(Invalid):
        grant(actor("group_admin"), world, from_on=TODAY + timedelta(days=3))


def test_nobody_grants_a_role_to_themselves(world, actor):
    with pytest.raises(NotAllowed):
        grant(actor("group_admin"), world, person="group_admin", role=Role.FINANCE)


@pytest.mark.parametrize("role", ["finance", "city_manager", "their group_admin", "stranger"])
def test_role_is_granted_and_ended_only_with_the_right(world, actor, role):
    held = world.person("auditor").grants.get()
    with pytest.raises(NotAllowed):
        grant(actor(role), world, person="auditor", role=Role.FINANCE)
    with pytest.raises(NotAllowed):
        role_revoke(actor=actor(role), grant=held)
    held.refresh_from_db()
    assert held.until_on is None


def test_role_ends_today(world, actor):
    held = world.person("finance").grants.get()
    role_revoke(actor=actor("group_admin"), grant=held, reason="调岗")
    assert (held.until_on, actor("finance").grants) == (timezone.localdate(), ())
    assert (actions(held), AuditEntry.objects.about(held).get().reason) == (["revoke"], "调岗")
    with pytest.raises(Invalid):
        role_revoke(actor=actor("group_admin"), grant=held)


def test_role_that_has_not_begun_ends_before_it_begins(world, actor):
    made = grant(actor("group_admin"), world, from_on=TODAY + timedelta(days=9))
    assert role_revoke(actor=actor("group_admin"), grant=made).until_on == made.from_on


def test_kinds_have_names():
    assert UnitKind.VENDOR.label == "Vendor company"
