"""What good service is: versioned standards, their items, checklists drawn from them, and licence rules."""

from duban.standards.models.forms import FormDefinition
from duban.standards.models.standards import (
    SEVERITY_CHOICES,
    Checklist,
    LicenceRule,
    Standard,
    StandardItem,
    in_reader_language,
)

__all__ = ["SEVERITY_CHOICES", "Checklist", "FormDefinition", "LicenceRule", "Standard", "StandardItem", "in_reader_language"]
