"""Telling people about findings. Each function hears one event, by job; repeating it tells again, nothing worse."""

from django.urls import reverse

from duban.contracts.models import ContractLine
from duban.inspections.domain.events import FindingReopened, FindingsOpened
from duban.inspections.models import Finding
from duban.inspections.permissions import Code
from duban.kernel.text import mark
from duban.orgs.selectors import people_with
from duban.platform.notices.services import notify

KIND = "inspections.finding"


def tell_opened(event: FindingsOpened) -> None:
    """Tell each vendor how many findings wait for it: one notice for each contract line."""
    counts = dict(event.counts)
    lines = ContractLine.objects.filter(pk__in=counts).select_related("contract__vendor__unit", "estate").order_by("pk")
    for line in lines:
        url = reverse("inspections:finding", args=[event.code]) if event.code else _list_url(line)
        notify(
            people=people_with(Code.RECTIFY, line.contract.vendor.unit.path),
            kind=KIND,
            title=mark("{count} findings at {estate} must be put right."),
            params={"count": counts[line.pk], "estate": line.estate.name},
            url=url,
        )


def tell_reopened(event: FindingReopened) -> None:
    """Tell the vendor that a re-check did not accept the work."""
    findings = Finding.objects.select_related("line__contract__vendor__unit", "line__estate", "item")
    finding = findings.filter(code=event.code).first()
    if finding is not None:
        notify(
            people=people_with(Code.RECTIFY, finding.line.contract.vendor.unit.path),
            kind=KIND,
            title=mark("{finding} at {estate} was reopened: {reason}"),
            params={"finding": finding.code, "estate": finding.line.estate.name, "reason": event.reason},
            url=reverse("inspections:finding", args=[finding.code]),
        )


def _list_url(line: ContractLine) -> str:
    return f"{reverse('inspections:findings')}?state=open&line={line.pk}"
