"""Rights of the cockpit."""

from enum import StrEnum


class Code(StrEnum):
    """Codes of this app."""

    VIEW = "insight.view"
