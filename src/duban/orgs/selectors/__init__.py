"""Reads of the organisation."""

from duban.orgs.selectors.acting import actor_for_person, actors_named, people_in_role, people_with, sole_holders, tenant_roots
from duban.orgs.selectors.people import (
    DemoAccount,
    demo_accounts,
    grant_get,
    grants_of,
    may_edit,
    paths_of_person,
    people_inside,
    person_by_username,
    person_get,
    person_list,
    person_self,
    roles_now,
)
from duban.orgs.selectors.rights import MatrixGroup, MatrixRow, held_codes, permission_matrix, role_names
from duban.orgs.selectors.search import search_people, search_units
from duban.orgs.selectors.units import TreeRow, tree_page, unit_get, unit_list, unit_names, units_for

__all__ = [
    "DemoAccount",
    "MatrixGroup",
    "MatrixRow",
    "TreeRow",
    "actor_for_person",
    "actors_named",
    "demo_accounts",
    "grant_get",
    "grants_of",
    "held_codes",
    "may_edit",
    "paths_of_person",
    "people_in_role",
    "people_inside",
    "people_with",
    "permission_matrix",
    "person_by_username",
    "person_get",
    "person_list",
    "person_self",
    "role_names",
    "roles_now",
    "search_people",
    "search_units",
    "sole_holders",
    "tenant_roots",
    "tree_page",
    "unit_get",
    "unit_list",
    "unit_names",
    "units_for",
]
