"""Every write of standards, checklists and licence rules."""

from duban.standards.services.checklists import checklist_create, checklist_remove, checklist_update
from duban.standards.services.defaults import install_defaults
from duban.standards.services.forms import FormReading, form_give_up, form_import, form_read
from duban.standards.services.licences import licence_rule_create, licence_rule_remove, licence_rule_update
from duban.standards.services.pictures import SIDES, item_picture_drop, item_picture_set
from duban.standards.services.versions import (
    item_remove,
    item_save,
    standard_create,
    standard_enact,
    standard_new_version,
    standard_withdraw,
)

__all__ = [
    "SIDES",
    "FormReading",
    "checklist_create",
    "checklist_remove",
    "checklist_update",
    "form_give_up",
    "form_import",
    "form_read",
    "install_defaults",
    "item_picture_drop",
    "item_picture_set",
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
