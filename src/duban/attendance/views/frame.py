"""What the pages of attendance share: the links between its lists."""

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.attendance.permissions import Code
from duban.attendance.selectors import review_count
from duban.attendance.tables import SLOTS
from duban.kernel.actor import Actor
from duban.platform.ui.components import Link


def links_for(actor: Actor, current: str) -> list[Link]:
    """The same for somebody who may only check in, and so has no other list."""
    return section_links(current) if actor.can(Code.VIEW) else []


def section_links(current: str) -> list[Link]:
    """Links to the other lists."""
    pages = (
        ("list", _("Coverage")),
        ("slots", _("All slots")),
        ("rosters", _("Rosters")),
        ("posts", _("Posts")),
        ("rounds", _("Patrol rounds")),
        ("routes", _("Patrol routes")),
        ("ledger", _("Post ledger")),
        ("ledger_findings", _("Exceptions of the ledger")),
    )
    return [Link(label, reverse(f"attendance:{name}")) for name, label in pages if name != current]


def review_link(actor: Actor) -> Link:
    """How many slots wait for a decision, and where."""
    count = review_count(actor)
    return Link(_("To be reviewed: %(count)d") % {"count": count}, SLOTS.url("attendance:slots", state="review"))
