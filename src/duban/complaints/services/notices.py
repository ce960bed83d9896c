"""Telling people about complaints. Each function hears one event, by job; repeating it tells again, nothing worse."""

from django.urls import reverse

from duban.complaints.domain.events import ComplaintReopened, ComplaintRouted
from duban.complaints.models import Complaint
from duban.complaints.permissions import Code
from duban.kernel.text import mark
from duban.orgs.selectors import people_with
from duban.platform.notices.services import notify

KIND = "complaints.assigned"


def tell_routed(event: ComplaintRouted) -> None:
    """Tell the vendor that a complaint waits for its answer."""
    _tell(event.code, mark("{complaint} at {estate} waits for your answer."), "")


def tell_reopened(event: ComplaintReopened) -> None:
    """Tell the vendor that the owner was not content."""
    _tell(event.code, mark("{complaint} at {estate} was reopened: {reason}"), event.reason)


def _tell(code: str, title: str, reason: str) -> None:
    complaint = Complaint.objects.select_related("estate", "line__contract__vendor__unit").filter(code=code).first()
    if complaint is not None and complaint.line is not None:
        notify(
            people=people_with(Code.REPLY, complaint.line.contract.vendor.unit.path),
            kind=KIND,
            title=title,
            params={"complaint": complaint.code, "estate": complaint.estate.name, "reason": reason},
            url=reverse("complaints:detail", args=[code]),
        )
