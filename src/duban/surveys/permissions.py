"""Rights of surveys."""

from enum import StrEnum


class Code(StrEnum):
    """What a role may hold here."""

    VIEW = "surveys.view"
    EDIT = "surveys.edit"
