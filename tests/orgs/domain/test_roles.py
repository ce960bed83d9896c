from duban.orgs.domain.roles import LABELS, VENDOR_ROLES, Role


def test_every_role_has_a_name():
    assert set(LABELS) == set(Role)
    assert Role.FINANCE.label == "Finance"


def test_vendor_roles():
    assert (
        {role for role in Role if role.is_vendor}
        == VENDOR_ROLES
        == {Role.VENDOR_MANAGER, Role.VENDOR_FOREMAN, Role.VENDOR_WORKER}
    )
