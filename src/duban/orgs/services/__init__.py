"""Writes of the organisation, by what they change."""

from duban.orgs.services.grants import role_grant, role_revoke
from duban.orgs.services.people import (
    NewPerson,
    language_choose,
    person_activate,
    person_create,
    person_deactivate,
    person_edit,
    person_reset_password,
    profile_edit,
)
from duban.orgs.services.units import tenant_create, unit_create, unit_edit, unit_move

__all__ = [
    "NewPerson",
    "language_choose",
    "person_activate",
    "person_create",
    "person_deactivate",
    "person_edit",
    "person_reset_password",
    "profile_edit",
    "role_grant",
    "role_revoke",
    "tenant_create",
    "unit_create",
    "unit_edit",
    "unit_move",
]
