"""What is said about an item of a standard when it is entered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemDetails:
    """All fields of an item that a person enters; the block is the part of `key` before the dot."""

    key: str
    name: str
    frequency: str
    name_en: str = ""
    frequency_en: str = ""
    target: str = ""
    target_en: str = ""
    unit: str = ""
    method: str = ""
    method_en: str = ""
    severity: str = "minor"
    is_red_line: bool = False
    source: str = ""

    @property
    def block(self) -> str:
        """The block of the key."""
        return self.key.split(".", 1)[0]
