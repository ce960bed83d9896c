"""Telling people about audits. Each function hears one event, by job; repeating it tells again, nothing worse."""

from collections.abc import Iterable

from django.urls import reverse

from duban.inspections.domain.audits import NONCONFORMITIES
from duban.inspections.domain.events import AuditActionsDue, AuditFindingMoved, AuditIssued, AuditPlanned
from duban.inspections.models import Audit, AuditFinding
from duban.inspections.permissions import Code
from duban.inspections.selectors.audits import FINDING_PATHS, LINE_PATHS
from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.orgs.selectors import people_in_role, people_with
from duban.platform.notices.services import notify

TO_AUDITORS = {
    "answered": mark("{finding} of {audit} is answered: is the plan good enough?"),
    "done": mark("{finding} of {audit} is reported as done: verify that it works."),
}
TO_AUDITEES = {
    "open": mark("{finding} of {audit} came back and waits for an answer."),
    "accepted": mark("The plan for {finding} of {audit} is accepted; report when it is done."),
    "effective": mark("{finding} of {audit} is verified as effective."),
}


def tell_planned(event: AuditPlanned) -> None:
    """Tell the team and those who run the audited offices when the audit takes place."""
    audit = _audit(event.code)
    if audit is None:
        return
    params = {"title": audit.title, "day": audit.starts_on.isoformat()}
    url = reverse("inspections:audit", args=[audit.code])
    team = [member.person for member in audit.members.select_related("person").order_by("pk")]
    notify(
        people=team,
        kind="inspections.audit",
        title=mark("You are on the team of the audit “{title}” from {day}."),
        params=params,
        url=url,
    )
    offices = {unit.path for unit in audit.units.all()}
    offices |= {line.estate.office.path for line in audit.lines.select_related("estate__office")}
    notify(
        people=_managers(offices),
        kind="inspections.audit",
        title=mark("The audit “{title}” begins on {day}."),
        params=params,
        url=url,
    )


def tell_issued(event: AuditIssued) -> None:
    """Tell whoever must answer a nonconformity, once each, and the other audited vendors that the report is out."""
    audit = _audit(event.code)
    if audit is None:
        return
    rows = audit.findings.filter(grade__in=NONCONFORMITIES, state="open").select_related(*FINDING_PATHS)
    owing = {person.pk: person for row in rows for person in _auditees(row)}
    url = reverse("inspections:audit", args=[audit.code])
    notify(
        people=list(owing.values()),
        kind="inspections.audit_action",
        title=mark("The report of {audit} is out; please answer its findings."),
        params={"audit": audit.code},
        url=url,
    )
    vendors = {line.contract.vendor.unit.path for line in audit.lines.select_related(*LINE_PATHS)}
    readers = {person.pk: person for path in sorted(vendors) for person in people_with(Code.RECTIFY, path, is_vendor=True)}
    notify(
        people=[person for key, person in readers.items() if key not in owing],
        kind="inspections.audit",
        title=mark("The report of {audit} is out."),
        params={"audit": audit.code},
        url=url,
    )


def tell_moved(event: AuditFindingMoved) -> None:
    """Tell the side on which a finding waits now."""
    finding = AuditFinding.objects.filter(code=event.code).select_related(*FINDING_PATHS).first()
    title = TO_AUDITORS.get(event.state) or TO_AUDITEES.get(event.state)
    if finding is None or title is None:
        return
    notify(
        people=_auditors(finding) if event.state in TO_AUDITORS else _auditees(finding),
        kind="inspections.audit_action",
        title=title,
        params={"finding": finding.code, "audit": finding.audit.code},
        url=reverse("inspections:audit_finding", args=[finding.code]),
    )


def tell_due(event: AuditActionsDue) -> None:
    """Remind whoever owes an action, and let the lead auditor know."""
    rows = AuditFinding.objects.filter(code__in=event.codes).select_related(*FINDING_PATHS).order_by("pk")
    for finding in rows:
        notify(
            people=[*_auditees(finding), *_leads(finding.audit)],
            kind="inspections.audit_action",
            title=mark("{finding} of {audit} is due on {day}."),
            params={
                "finding": finding.code,
                "audit": finding.audit.code,
                "day": finding.due_on.isoformat() if finding.due_on else "",
            },
            url=reverse("inspections:audit_finding", args=[finding.code]),
        )


def _audit(code: str) -> Audit | None:
    return Audit.objects.filter(code=code).select_related("programme__office").first()


def _auditees(finding: AuditFinding) -> list[Person]:
    if finding.line is not None:
        return people_with(Code.RECTIFY, finding.line.contract.vendor.unit.path, is_vendor=True)
    return _managers({finding.unit.path}) if finding.unit is not None else []


def _auditors(finding: AuditFinding) -> list[Person]:
    team = [member.person for member in finding.audit.members.select_related("person").order_by("pk")]
    known = {person.pk for person in team}
    return [*team, *(person for person in _runners(finding.audit) if person.pk not in known)]


def _runners(audit: Audit) -> list[Person]:
    return people_with(Code.AUDIT, audit.programme.office.path)


def _leads(audit: Audit) -> list[Person]:
    return [member.person for member in audit.members.filter(role="lead").select_related("person")]


def _managers(offices: Iterable[str]) -> list[Person]:
    found = {person.pk: person for path in sorted(offices) for person in people_in_role("estate_manager", path)}
    return list(found.values())
