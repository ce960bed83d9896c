"""Telling people about findings. Each function hears one event, by job; repeating it tells again, nothing worse."""

from itertools import groupby

from django.urls import reverse

from duban.contracts.models import ContractLine
from duban.inspections.domain.escalation import LEVEL_ROLES
from duban.inspections.domain.events import (
    FindingReopened,
    FindingsEscalated,
    FindingsOpened,
    NoticeAnswered,
    NoticeSent,
    PraiseGiven,
    VisitsDrawn,
)
from duban.inspections.models import Finding, Praise, RectificationNotice, Reinspection
from duban.inspections.permissions import Code
from duban.kernel.text import mark
from duban.orgs.selectors import people_in_role, people_with
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


def tell_sent(event: NoticeSent) -> None:
    """Tell the vendor that a rectification notice is out."""
    notice = _notice(event.code)
    if notice is not None:
        notify(
            people=people_with(Code.RECTIFY, notice.line.contract.vendor.unit.path),
            kind="inspections.notice",
            title=mark("Rectification notice {notice} for {estate}: please answer."),
            params={"notice": notice.code, "estate": notice.line.estate.name},
            url=reverse("inspections:notice", args=[notice.code]),
        )


def tell_answered(event: NoticeAnswered) -> None:
    """Tell those who check at the estate that a notice is answered in full."""
    notice = _notice(event.code)
    if notice is not None:
        notify(
            people=people_with(Code.EDIT, notice.line.estate.office.path),
            kind="inspections.answered",
            title=mark("Notice {notice} for {estate} is answered and waits for the re-check."),
            params={"notice": notice.code, "estate": notice.line.estate.name},
            url=reverse("inspections:notice", args=[notice.code]),
        )


def tell_drawn(event: VisitsDrawn) -> None:
    """Tell each second inspector how many visits are waiting; not whose they were."""
    tasks = Reinspection.objects.filter(draw__code=event.code).select_related("inspector").order_by("inspector_id", "pk")
    for _key, own in groupby(tasks, key=lambda task: task.inspector_id):
        rows = list(own)
        notify(
            people=[rows[0].inspector],
            kind="inspections.reinspection",
            title=mark("{count} visits are yours to check again by {day}."),
            params={"count": len(rows), "day": min(task.due_on for task in rows).isoformat()},
            url=reverse("inspections:reinspections"),
        )


def tell_escalated(event: FindingsEscalated) -> None:
    """Tell the people of each level, one notice for each contract line and level."""
    levels = dict(event.levels)
    findings = Finding.objects.filter(code__in=levels).select_related("line__contract__vendor__unit", "line__estate__office")
    groups: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings.order_by("pk"):
        groups.setdefault((finding.line_id, levels[finding.code]), []).append(finding)
    for (line_id, level), rows in groups.items():
        line = rows[0].line
        path = line.contract.vendor.unit.path if LEVEL_ROLES[level].startswith("vendor") else line.estate.office.path
        notify(
            people=people_in_role(LEVEL_ROLES[level], path),
            kind="inspections.escalated",
            title=mark("{count} findings at {estate} stay open too long."),
            params={"count": len(rows), "estate": line.estate.name},
            url=f"{reverse('inspections:findings')}?line={line_id}&level={level}",
        )


def tell_praised(event: PraiseGiven) -> None:
    """Tell the vendor that its work was praised."""
    praises = Praise.objects.filter(code=event.code).select_related("line__contract__vendor__unit", "line__estate")
    praise = praises.first()
    if praise is not None:
        notify(
            people=people_with(Code.VIEW, praise.line.contract.vendor.unit.path),
            kind="inspections.praise",
            title=mark("Praise for {estate}: {text}"),
            params={"estate": praise.line.estate.name, "text": praise.text},
            url=reverse("inspections:praise", args=[praise.code]),
        )


def _notice(code: str) -> RectificationNotice | None:
    rows = RectificationNotice.objects.filter(code=code)
    return rows.select_related("line__contract__vendor__unit", "line__estate__office").first()


def _list_url(line: ContractLine) -> str:
    return f"{reverse('inspections:findings')}?state=open&line={line.pk}"
