"""The small registers the open data needs: one operator, one standard of four items."""

from duban.kernel.actor import Actor
from duban.orgs.models import Unit
from duban.project.real.scores import CONTRACT_START
from duban.standards.domain.details import ItemDetails
from duban.standards.models import Standard
from duban.standards.services.versions import item_save, standard_create, standard_enact

STANDARD = "hygiene"
OPERATOR = {
    "credit_code": "91310000MA1FL0AA0R",
    "name": "Operators of food businesses",
    "short_name": "Operators",
    "size_class": "small",
    "service_lines": "cleaning",
}
ITEMS = (
    ("restroom.visit", "Inspection took place", "minor"),
    ("restroom.high", "High risk violation", "critical"),
    ("restroom.moderate", "Moderate risk violation", "major"),
    ("restroom.low", "Low risk violation", "minor"),
)


def build_standard(actor: Actor, root: Unit) -> Standard:
    """A standard with one item for the visit and one for each risk class, in force from the first day."""
    standard = standard_create(
        actor=actor,
        tenant=root,
        office=root,
        service_line="cleaning",
        key=STANDARD,
        name="Food hygiene",
        name_en="Food hygiene",
    )
    for key, name, severity in ITEMS:
        details = ItemDetails(key=key, name=name, name_en=name, frequency="each inspection", severity=severity)
        item_save(actor=actor, standard=standard, details=details)
    return standard_enact(actor=actor, standard=standard, on=CONTRACT_START)
