"""Who may do what, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.platform.tables_by_name import wired


def held_codes(actor: Actor) -> list[tuple[str, str]]:
    """Every right the actor holds anywhere, with its name, for choices in forms."""
    labels = cast("Mapping[str, str]", wired("DUBAN_RIGHT_LABELS"))
    codes = sorted({code for grant in actor.grants for code in grant.codes})
    return [(code, gettext(labels.get(code, code))) for code in codes]


@dataclass(frozen=True)
class MatrixRow:
    """One right and, role by role in the order of `Role`, whether the role holds it."""

    code: str
    label: str
    held: tuple[bool, ...]


@dataclass(frozen=True)
class MatrixGroup:
    """The rights of one app."""

    name: str
    rows: tuple[MatrixRow, ...]


def permission_matrix() -> tuple[MatrixGroup, ...]:
    """Role × right, grouped by app, from the one table that also makes the actors."""
    rights = cast("Mapping[Role, frozenset[str]]", wired("DUBAN_RIGHTS"))
    labels = cast("Mapping[str, str]", wired("DUBAN_RIGHT_LABELS"))
    groups: dict[str, list[MatrixRow]] = {}
    for code in sorted({code for codes in rights.values() for code in codes}):
        held = tuple(code in rights.get(role, frozenset()) for role in Role)
        row = MatrixRow(code, gettext(labels[code]) if code in labels else code, held)
        groups.setdefault(code.split(".")[0], []).append(row)
    return tuple(MatrixGroup(gettext(labels.get(name, name)), tuple(rows)) for name, rows in groups.items())


def role_names() -> list[str]:
    """Names of the roles in the order of `Role`."""
    return [gettext(role.label) for role in Role]
