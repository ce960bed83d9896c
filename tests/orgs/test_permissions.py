import pytest

from duban.orgs.domain.roles import Role
from duban.orgs.models import Unit
from duban.orgs.permissions import OrgsCode, can_edit_person, can_edit_unit, fits


def test_codes_are_in_the_table_of_rights():
    from duban.project.rights import RIGHTS

    assert {code.value for code in OrgsCode} <= {code for codes in RIGHTS.values() for code in codes}


def test_unit_is_edited_by_who_holds_the_right_there(world, actor):
    assert can_edit_unit(actor("group_admin"), world.ours.project)
    assert not can_edit_unit(actor("group_admin"), world.theirs.project)
    assert not can_edit_unit(actor("estate_manager"), world.ours.project)


def test_right_over_one_office_does_not_reach_another(world, actor):
    admin = actor("group_admin")
    assert can_edit_person(admin, [world.ours.project.path, world.ours.city.path])
    assert not can_edit_person(admin, [world.ours.project.path, world.theirs.city.path])
    assert not can_edit_person(admin, [])


@pytest.mark.parametrize(
    ("role", "kind", "does"),
    [
        (Role.FINANCE, "city", True),
        (Role.FINANCE, "vendor", False),
        (Role.VENDOR_WORKER, "vendor", True),
        (Role.VENDOR_WORKER, "group", False),
    ],
)
def test_role_fits_its_kind_of_unit(role, kind, does):
    assert fits(role, Unit(kind=kind)) is does
