"""What the pages of inspections share: the links between its lists."""

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.inspections.permissions import Code, does_calibration
from duban.kernel.actor import Actor
from duban.platform.ui.components import Action, Link


def section_links(current: str) -> list[Link]:
    """Links to the other lists."""
    pages = [
        ("tasks", _("Tasks")),
        ("task_board", _("Board of rounds")),
        ("list", _("Visits")),
        ("results", _("Check results")),
        ("findings", _("Findings")),
        ("board", _("Board")),
        ("plan", _("Plan of findings")),
        ("notices", _("Notices")),
        ("praises", _("Praise")),
        ("audits", _("Quality audits")),
        ("limits", _("Times allowed")),
    ]
    return [Link(label, reverse(f"inspections:{name}")) for name, label in pages if name != current]


def task_links(actor: Actor) -> list[Link]:
    """Where to go from the checks made twice."""
    compared = [Link(_("Inspector calibration"), reverse("inspections:calibration"))] if does_calibration(actor) else []
    return [*compared, Link(_("Visits"), reverse("inspections:list"))]


def plan_links(actor: Actor, current: str) -> list[Link]:
    """Links to the other lists, the plans among them for whoever is no vendor."""
    links = section_links(current)
    if current == "plans" or actor.is_vendor:
        return links
    return [Link(_("Inspection plans"), reverse("inspections:plans")), *links]


def calibration_links(actor: Actor) -> list[Link]:
    """Links to the comparison of inspectors and to checks made twice, for those they are for."""
    found = [Link(_("Inspector calibration"), reverse("inspections:calibration"))] if does_calibration(actor) else []
    if found or actor.office_paths(Code.EDIT):
        found.append(Link(_("Checks made twice"), reverse("inspections:reinspections")))
    return found


def record_actions(actor: Actor) -> list[Action]:
    """The button that starts a visit, for those who may."""
    if not actor.office_paths(Code.EDIT):
        return []
    return [Action(_("Record a visit"), reverse("inspections:visit_new"), method="get", tone="primary", symbol="plus")]
