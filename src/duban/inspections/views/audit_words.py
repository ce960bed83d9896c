"""What the pages say about audits, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.inspections.domain.audits import (
    GRADE_LABELS,
    GRADE_TONES,
    MEETING_LABELS,
    AuditGrade,
    MeetingKind,
    TeamRole,
    is_overdue,
)
from duban.inspections.domain.states import AUDIT_FINDING_STATES, AUDIT_STATES
from duban.inspections.models import Audit, AuditFinding, AuditMeeting
from duban.inspections.permissions import sees_names
from duban.inspections.selectors.audit_reports import answering_words, criteria_words, criterion_words, place_of, scope_words
from duban.inspections.selectors.audits import AuditFindingPage, AuditPage, ProgrammePage
from duban.inspections.tables import audit_grade_badge
from duban.inspections.views.words import Header
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact, Link, badge_of

WITH_REPORT = frozenset({"reporting", "issued", "closed"})
JUDGED_BY = {"answered": ("accept", "send_back"), "done": ("verify", "not_effective"), "effective": ("reopen",)}
"""Which moves of a judge stand on the page as a form, by state."""


@dataclass(frozen=True)
class MonthCard:
    """One month of the programme with its audits."""

    name: str
    note: str
    audits: tuple["AuditRow", ...]


@dataclass(frozen=True)
class AuditRow:
    """One audit in its month."""

    title: str
    url: str
    days: str
    state: Badge


@dataclass(frozen=True)
class MeetingCard:
    """One meeting on the page of its audit, held or still to come."""

    name: str
    meeting: AuditMeeting | None
    at: str
    url: str
    label: str


@dataclass(frozen=True)
class FindingRow:
    """One finding on the page of its audit."""

    code: str
    url: str
    number: int
    grade: Badge
    statement: str
    who: str
    due_on: str
    is_late: bool
    state: Badge


@dataclass(frozen=True)
class Step:
    """A step of the follow-up that the reader may take: where its form goes, and how the button is called."""

    name: str
    label: str
    url: str
    tone: str


def programme_links() -> list[Link]:
    """Links between the pages of audits."""
    pages = [
        ("audits", _("Programme of the year")),
        ("audits_all", _("All audits")),
        ("audits_findings", _("Findings of audits")),
    ]
    return [
        *(Link(label, reverse(f"inspections:{name}")) for name, label in pages),
        Link(_("Visits"), reverse("inspections:list")),
    ]


def programme_actions(page: ProgrammePage) -> list[Action]:
    """Buttons of the programme for those who run one."""
    if not page.can_run:
        return []
    query = f"?year={page.year}"
    edit = Action(_("Edit the programme"), reverse("inspections:audits_programme") + query, method="get", symbol="edit")
    new = Action(_("Plan an audit"), reverse("inspections:audits_new") + query, method="get", tone="primary", symbol="plus")
    return [edit, new] if page.programmes else [edit]


def programme_tiles(page: ProgrammePage) -> list[tuple[str, str, str, str]]:
    """Label, figure, note and address of the tiles."""
    findings = reverse("inspections:audits_findings")
    unverified = "&".join(f"state={state}" for state in ("open", "answered", "accepted", "done"))
    share = _("of %(planned)d planned") % {"planned": page.planned}
    return [
        (_("Audits carried out"), str(page.done), share, ""),
        (_("Nonconformities to be verified"), str(page.open_findings), "", f"{findings}?{unverified}"),
        (_("Actions overdue"), str(page.overdue_findings), "", f"{findings}?late=1"),
    ]


def month_cards(page: ProgrammePage) -> list[MonthCard]:
    """The twelve months with their audits."""
    today = timezone.localdate()
    return [
        MonthCard(
            name=formatting.month(f"{page.year}-{number:02d}"),
            note=_("this month") if (page.year, number) == (today.year, today.month) else "",
            audits=tuple(_audit_row(audit) for audit in audits),
        )
        for number, audits in enumerate(page.months, start=1)
    ]


def year_links(page: ProgrammePage) -> list[tuple[int, str, bool]]:
    """Year, address, and whether it is the one shown."""
    return [(year, f"{reverse('inspections:audits')}?year={year}", year == page.year) for year in page.years]


def audit_header(actor: Actor, page: AuditPage) -> Header:
    """Head of an audit's page."""
    audit = page.audit
    subtitle = f"{audit.code} · {audit.programme.office.name} · {audit.programme.year}"
    return Header(audit.title, badge_of(AUDIT_STATES, audit.state), subtitle, list(_audit_actions(actor, page)))


def audit_facts(actor: Actor, page: AuditPage) -> list[Fact]:
    """Facts of an audit's page."""
    audit = page.audit
    members = [member.person.name for member in page.team if member.role != TeamRole.LEAD]
    found = [
        Fact(_("Objective"), audit.objective),
        Fact(_("What was audited"), "；".join(scope_words(page))),
        Fact(_("Criteria"), "；".join(criteria_words(page))),
        Fact(_("Audit days"), f"{formatting.day(audit.starts_on)} – {formatting.day(audit.ends_on)}"),
        Fact(_("Lead auditor"), page.lead),
        Fact(_("Audit team"), "、".join(members) if sees_names(actor) else ""),
        Fact(_("Report issued"), formatting.minute(audit.issued_at) if audit.issued_at else ""),
        Fact(_("Closed on"), formatting.day(audit.closed_on) if audit.closed_on else ""),
        Fact(_("Conclusion"), audit.conclusion),
    ]
    return [fact for fact in found if fact.value]


def grade_tiles(page: AuditPage) -> list[tuple[str, int, str]]:
    """Label, count and tone of each grade."""
    return [
        (_(GRADE_LABELS[AuditGrade(grade)]), count, str(GRADE_TONES[AuditGrade(grade)])) for grade, count in page.grades.items()
    ]


def meeting_cards(actor: Actor, page: AuditPage) -> list[MeetingCard]:
    """The two meetings; a vendor, who reads no minutes, sees none."""
    return [] if actor.is_vendor else [_meeting_card(page, kind) for kind in MeetingKind]


def finding_rows(findings: Sequence[AuditFinding]) -> list[FindingRow]:
    """Findings, ready to be drawn."""
    today = timezone.localdate()
    return [
        FindingRow(
            code=row.code,
            url=reverse("inspections:audit_finding", args=[row.code]),
            number=row.number,
            grade=audit_grade_badge(row),
            statement=row.statement,
            who=answering_words(row),
            due_on=formatting.day(row.due_on) if row.due_on else "",
            is_late=is_overdue(row.grade, row.state, row.due_on, today),
            state=badge_of(AUDIT_FINDING_STATES, row.state),
        )
        for row in findings
    ]


def finding_header(actor: Actor, page: AuditFindingPage) -> Header:
    """Head of a finding's page."""
    finding = page.finding
    actions = []
    if page.can_edit:
        actions.append(
            Action(_("Edit"), reverse("inspections:audit_finding_edit", args=[finding.code]), method="get", symbol="edit")
        )
    if page.can_rectify:
        question = _("The vendor gets it as a finding to be rectified, with its time running. Go on?")
        rectify = reverse("inspections:audit_finding_rectify", args=[finding.code])
        actions.append(Action(_("Have it rectified"), rectify, confirm=question))
    if page.can_judge and any(move.name == "withdraw" for move in allowed_moves(finding, actor)):
        url = reverse("inspections:audit_finding_move", args=[finding.code, "withdraw"])
        actions.append(Action(_("Cancel the finding"), url, needs_note=True))
    title = f"{finding.number}. {audit_grade_badge(finding).label}"
    subtitle = f"{finding.code} · {finding.audit.code} {finding.audit.title}"
    return Header(title, badge_of(AUDIT_FINDING_STATES, finding.state), subtitle, actions)


def finding_facts(page: AuditFindingPage) -> list[Fact]:
    """Facts of a finding's page."""
    finding = page.finding
    made = finding.finding
    found = [
        Fact(_("Audit"), finding.audit.title, url=reverse("inspections:audit", args=[finding.audit.code])),
        Fact(_("Criterion"), criterion_words(finding)),
        Fact(_("Who answers"), answering_words(finding)),
        Fact(_("Place"), place_of(finding)),
        Fact(_("Noted"), formatting.day(finding.noted_on)),
        Fact(_("Action by"), formatting.day(finding.due_on) if finding.due_on else ""),
        Fact(
            _("Rectification"), made.code if made else "", url=reverse("inspections:finding", args=[made.code]) if made else ""
        ),
    ]
    return [fact for fact in found if fact.value]


def answer_facts(actor: Actor, page: AuditFindingPage) -> list[Fact]:
    """What was answered, done and verified so far."""
    finding = page.finding
    names = sees_names(actor)
    verifier = f" · {finding.verified_by.name}" if finding.verified_by and names else ""
    found = [
        Fact(_("Cause"), finding.cause),
        Fact(_("Put right at once"), finding.correction),
        Fact(_("What keeps it from coming back"), finding.action),
        Fact(_("Done by"), formatting.day(finding.planned_on) if finding.planned_on else ""),
        Fact(_("Answered"), formatting.minute(finding.answered_at) if finding.answered_at else ""),
        Fact(_("Reported as done"), _said(finding.done_note, formatting.minute(finding.done_at)) if finding.done_at else ""),
        Fact(
            _("Effect verified"),
            _said(finding.verified_note, formatting.minute(finding.verified_at) + verifier) if finding.verified_at else "",
        ),
    ]
    return [fact for fact in found if fact.value]


def steps_of(page: AuditFindingPage) -> list[Step]:
    """The steps the reader may take now, beside answering."""
    names: Iterable[str] = JUDGED_BY.get(page.finding.state, ()) if page.can_judge else ()
    if page.can_answer and page.finding.state == "accepted":
        names = ("complete",)
    return [_step(page, name) for name in names]


def _step(page: AuditFindingPage, name: str) -> Step:
    finding = page.finding
    move = finding.STATES.move(name, finding.state)
    url = reverse("inspections:audit_finding_move", args=[finding.code, name])
    return Step(name, _(move.label), url, "danger" if name in {"send_back", "not_effective", "reopen"} else "primary")


def _audit_row(audit: Audit) -> AuditRow:
    days = f"{audit.starts_on:%m-%d} – {audit.ends_on:%m-%d}"
    return AuditRow(audit.title, reverse("inspections:audit", args=[audit.code]), days, badge_of(AUDIT_STATES, audit.state))


def _audit_actions(actor: Actor, page: AuditPage) -> Iterable[Action]:
    audit, code = page.audit, page.audit.code
    if audit.state in WITH_REPORT:
        for language, label in (("zh", _("Report (Chinese)")), ("en", _("Report (English)"))):
            yield Action(label, reverse("inspections:audit_paper", args=[code, language]), method="get", symbol="download")
    if page.can_run and audit.state in {"planned", "under_way"}:
        yield Action(_("Edit"), reverse("inspections:audit_edit", args=[code]), method="get", symbol="edit")
    if page.can_work and audit.state in {"under_way", "reporting"}:
        note = reverse("inspections:audit_note", args=[code])
        yield Action(_("Note a finding"), note, method="get", tone="primary", symbol="plus")
    if page.is_insider:
        return
    for move in allowed_moves(audit, actor):
        if move.name == "issue":
            yield Action(_(move.label), reverse("inspections:audit_report", args=[code]), method="get", tone="primary")
        else:
            yield Action(_(move.label), reverse("inspections:audit_move", args=[code, move.name]), needs_note=move.needs_note)


def _meeting_card(page: AuditPage, kind: MeetingKind) -> MeetingCard:
    meeting = page.meetings.get(kind)
    open_in = {MeetingKind.OPENING: ("planned", "under_way"), MeetingKind.CLOSING: ("under_way", "reporting")}[kind]
    may = page.can_work and page.audit.state in open_in
    return MeetingCard(
        name=_(MEETING_LABELS[kind]),
        meeting=meeting,
        at=f"{formatting.minute(meeting.held_at)} · {meeting.place}" if meeting else "",
        url=reverse("inspections:audit_meeting", args=[page.audit.code, kind]) if may else "",
        label=_("Edit") if meeting else _("Write it down"),
    )


def _said(note: str, when: str) -> str:
    return f"{note} ({when})" if note else when
