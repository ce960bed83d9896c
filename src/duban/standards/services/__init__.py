"""Every write of standards, checklists and licence rules."""

from duban.standards.services.checklists import checklist_create, checklist_remove, checklist_update
from duban.standards.services.defaults import install_defaults
from duban.standards.services.licences import licence_rule_create, licence_rule_remove, licence_rule_update
from duban.standards.services.versions import (
    item_remove,
    item_save,
    standard_create,
    standard_enact,
    standard_new_version,
    standard_withdraw,
)

__all__ = [
    "checklist_create",
    "checklist_remove",
    "checklist_update",
    "install_defaults",
    "item_remove",
    "item_save",
    "licence_rule_create",
    "licence_rule_remove",
    "licence_rule_update",
    "standard_create",
    "standard_enact",
    "standard_new_version",
    "standard_withdraw",
]
