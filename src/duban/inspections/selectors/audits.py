"""Audits for the pages, the API and the report: the programme of a year, one audit, one finding."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.inspections.domain.audits import (
    NONCONFORMITIES,
    OWED,
    UNVERIFIED,
    HeldRole,
    MeetingKind,
    Subject,
    TeamRole,
    by_grade,
)
from duban.inspections.models import Audit, AuditFinding, AuditMeeting, AuditMember, AuditProgramme
from duban.inspections.permissions import Code, audit_conflict, can_answer_audit, can_run_audit, can_work_on, has_acted
from duban.inspections.selectors.results import shown_history
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.orgs.selectors import people_inside
from duban.platform.files.models import Attachment
from duban.platform.files.selectors import attachment_views, attachments_of, photos_of
from duban.platform.records import get_by_code
from duban.platform.scope import within
from duban.platform.ui.components import Attachment as AttachmentView
from duban.platform.ui.components import Photo, TimelineEntry
from duban.standards.models import Checklist, Standard, StandardItem

LINE_PATHS = ("estate__office", "contract__office", "contract__vendor__unit")
FINDING_PATHS = ("audit__programme__office", *(f"line__{name}" for name in LINE_PATHS), "unit", "item", "place__parent")
ANSWER = "answer"
"""Marks an attachment of a finding as proof that the auditee gave."""


@dataclass(frozen=True)
class ProgrammePage:
    """The audits of a year, month by month, and what is still owed after them."""

    year: int
    years: tuple[int, ...]
    programmes: tuple[AuditProgramme, ...]
    months: tuple[tuple[Audit, ...], ...]
    done: int
    planned: int
    open_findings: int
    overdue_findings: int
    can_run: bool


@dataclass(frozen=True)
class AuditPage:
    """What the page of an audit shows."""

    audit: Audit
    team: tuple[AuditMember, ...]
    units: tuple[Unit, ...]
    lines: tuple[ContractLine, ...]
    standards: tuple[Standard, ...]
    checklists: tuple[Checklist, ...]
    meetings: dict[str, AuditMeeting]
    findings: tuple[AuditFinding, ...]
    grades: dict[str, int]
    timeline: tuple[TimelineEntry, ...]
    can_run: bool
    can_work: bool
    is_insider: bool

    @property
    def lead(self) -> str:
        """Name of the lead auditor."""
        return next((member.person.name for member in self.team if member.role == TeamRole.LEAD), "")


@dataclass(frozen=True)
class AuditFindingPage:
    """What the page of an audit's finding shows."""

    finding: AuditFinding
    photos: tuple[Photo, ...]
    papers: tuple[AttachmentView, ...]
    proof_photos: tuple[Photo, ...]
    proof_papers: tuple[AttachmentView, ...]
    timeline: tuple[TimelineEntry, ...]
    has_acted: bool
    can_answer: bool
    can_judge: bool
    can_edit: bool
    can_rectify: bool


def audit_list(actor: Actor) -> "QuerySet[Audit]":
    """Audits the actor may see with the counts of findings; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    seen = AuditFinding.objects.for_actor(actor).exclude(state="withdrawn").values("pk")
    rows = Audit.objects.for_actor(actor).select_related("programme__office")
    issued = Q(findings__in=seen)
    return rows.annotate(
        finding_count=Count("findings", filter=issued, distinct=True),
        unverified_count=Count("findings", filter=issued & Q(findings__state__in=UNVERIFIED), distinct=True),
    )


def audit_get(actor: Actor, code: str) -> Audit:
    """One audit of the actor's scope, or `NotFound`."""
    return get_by_code(audit_list(actor), code)


def audit_to_run(actor: Actor, code: str) -> Audit:
    """One audit the actor may steer, or `NotFound` where it is not even seen; `NotAllowed` without the right."""
    audit = audit_get(actor, code)
    if not can_run_audit(actor, audit):
        raise NotAllowed
    return audit


def audit_to_work_on(actor: Actor, code: str) -> Audit:
    """One audit whose meetings and findings the actor may write down, or `NotFound`; `NotAllowed` off the team."""
    audit = audit_get(actor, code)
    if not can_work_on(actor, audit, team_of(audit)):
        raise NotAllowed
    return audit


def audit_page(actor: Actor, audit: Audit) -> AuditPage:
    """Everything the page shows: eight statements besides the audit."""
    members = tuple(audit.members.select_related("person").order_by("role", "pk"))
    units = tuple(audit.units.order_by("path"))
    lines = lines_of(actor, audit)
    findings = tuple(audit_finding_list(actor).filter(audit=audit).exclude(state="withdrawn").order_by("number"))
    meetings = AuditMeeting.objects.for_actor(actor).filter(audit=audit)
    team = {member.person_id for member in members}
    is_insider = bool(audit_conflict(actor, subject_of(units, lines)))
    return AuditPage(
        audit=audit,
        team=members,
        units=() if actor.is_vendor else units,
        lines=lines,
        standards=tuple(audit.standards.order_by("key", "version")),
        checklists=tuple(audit.checklists.order_by("code")),
        meetings={meeting.kind: meeting for meeting in meetings},
        findings=findings,
        grades={str(grade): count for grade, count in by_grade([row.grade for row in findings]).items()},
        timeline=shown_history(actor, audit),
        can_run=can_run_audit(actor, audit),
        can_work=can_work_on(actor, audit, team) and not is_insider,
        is_insider=is_insider,
    )


def lines_of(actor: Actor, audit: Audit) -> tuple[ContractLine, ...]:
    """The audited contract lines the actor sees; a vendor sees its own only."""
    rows = audit.lines.all()
    if actor.is_vendor:
        rows = rows.filter(pk__in=ContractLine.objects.for_actor(actor))
    return tuple(rows.select_related(*LINE_PATHS).order_by("estate__name", "service_line", "pk"))


def subject_of(units: Iterable[Unit], lines: Iterable[ContractLine]) -> Subject:
    """What is audited, for the question who is independent of it. Needs the paths of the lines loaded."""
    rows = tuple(lines)
    return Subject(
        offices=frozenset(unit.path for unit in units) | frozenset(line.estate.office.path for line in rows),
        vendors=frozenset(line.contract.vendor.unit.path for line in rows),
        contracts=frozenset(line.contract.office.path for line in rows),
    )


def stored_subject(audit: Audit) -> Subject:
    """The same of a stored audit, whoever looks: two statements."""
    return subject_of(audit.units.all(), audit.lines.select_related(*LINE_PATHS))


def team_of(audit: Audit) -> frozenset[int]:
    """Keys of the people on the team."""
    return frozenset(audit.members.values_list("person_id", flat=True))


def held_roles(people: Collection[int]) -> dict[int, list[HeldRole]]:
    """The roles each of these people holds today: one statement."""
    found: dict[int, list[HeldRole]] = {key: [] for key in people}
    rows = RoleGrant.objects.in_force(timezone.localdate()).filter(person__in=people).order_by("pk")
    for person, role, path in rows.values_list("person_id", "role", "unit__path"):
        found[person].append(HeldRole(role, path))
    return found


def audit_people(actor: Actor) -> list[Person]:
    """Who may be on a team: everybody of the own company who sees inspections; no vendor."""
    return people_inside(Code.VIEW, actor.tenant_path)


def programme_page(actor: Actor, year: int) -> ProgrammePage:
    """The audits of a year, month by month: five statements."""
    today = timezone.localdate()
    audits = list(audit_list(actor).filter(programme__year=year).order_by("starts_on", "pk"))
    held = [audit for audit in audits if audit.state in {"issued", "closed"}]
    owed = audit_finding_list(actor).filter(audit__programme__year=year, grade__in=NONCONFORMITIES)
    counts = owed.order_by().aggregate(
        unverified=Count("pk", filter=Q(state__in=UNVERIFIED)),
        late=Count("pk", filter=Q(state__in=OWED, due_on__lt=today)),
    )
    programmes = () if actor.is_vendor else tuple(programme_list(actor))
    return ProgrammePage(
        year=year,
        years=tuple(sorted({today.year, today.year + 1, year, *(row.year for row in programmes)})),
        programmes=tuple(row for row in programmes if row.year == year),
        months=tuple(tuple(audit for audit in audits if audit.starts_on.month == month) for month in range(1, 13)),
        done=len(held),
        planned=sum(1 for audit in audits if audit.state != "cancelled"),
        open_findings=counts["unverified"],
        overdue_findings=counts["late"],
        can_run=bool(actor.office_paths(Code.AUDIT)),
    )


def programme_list(actor: Actor) -> "QuerySet[AuditProgramme]":
    """Programmes the actor may see, the newest year first."""
    actor.require(Code.VIEW)
    return AuditProgramme.objects.for_actor(actor).select_related("office").order_by("-year", "office__path")


def programme_get(actor: Actor, code: str) -> AuditProgramme:
    """One programme of the actor's scope, or `NotFound`."""
    return get_by_code(programme_list(actor), code)


def programme_for(actor: Actor, year: int) -> dict[str, object]:
    """What the form of a year's programme starts with: the one the actor keeps already, if there is one."""
    known = programmes_to_fill(actor, year).first()
    if known is None:
        return {"year": year}
    return {"office": known.office_id, "year": year, "objectives": known.objectives, "risks": known.risks}


def programmes_to_fill(actor: Actor, year: int) -> "QuerySet[AuditProgramme]":
    """Programmes of a year into which the actor may put audits."""
    return programme_list(actor).filter(within("office__path", actor.office_paths(Code.AUDIT)), year=year)


def audit_finding_list(actor: Actor) -> "QuerySet[AuditFinding]":
    """Findings of audits the actor may see; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    over = Q(due_on__lt=timezone.localdate(), state__in=OWED, grade__in=NONCONFORMITIES)
    late = Case(When(over, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    return AuditFinding.objects.for_actor(actor).select_related(*FINDING_PATHS).annotate(is_late=late)


def audit_finding_get(actor: Actor, code: str) -> AuditFinding:
    """One finding of an audit in the actor's scope, or `NotFound`."""
    people = ("noted_by", "answered_by", "done_by", "verified_by")
    return get_by_code(audit_finding_list(actor).select_related(*FINDING_PATHS, *people, "finding"), code)


def audit_finding_to_edit(actor: Actor, code: str) -> AuditFinding:
    """One finding the actor may change, as long as it is not issued, or `NotFound`; `NotAllowed` off the team."""
    finding = audit_finding_get(actor, code)
    if not can_work_on(actor, finding.audit, team_of(finding.audit)):
        raise NotAllowed
    return finding


def audit_finding_page(actor: Actor, finding: AuditFinding) -> AuditFindingPage:
    """Everything the page shows: five statements besides the finding."""
    hung = tuple(attachments_of(finding))
    evidence, proof = [row for row in hung if row.note != ANSWER], [row for row in hung if row.note == ANSWER]
    is_outsider = not audit_conflict(actor, stored_subject(finding.audit))
    works = can_work_on(actor, finding.audit, team_of(finding.audit)) and is_outsider
    runs = can_run_audit(actor, finding.audit) and is_outsider
    return AuditFindingPage(
        finding=finding,
        photos=_photos(finding, evidence),
        papers=_papers(evidence),
        proof_photos=_photos(finding, proof),
        proof_papers=_papers(proof),
        timeline=shown_history(actor, finding),
        has_acted=has_acted(actor, finding),
        can_answer=can_answer_audit(actor, finding),
        can_judge=runs and not (finding.state == "done" and has_acted(actor, finding)),
        can_edit=works and finding.state == "draft",
        can_rectify=runs and may_become_rectification(finding),
    )


def _photos(finding: AuditFinding, hung: list[Attachment]) -> tuple[Photo, ...]:
    return tuple(photos_of(finding, [row.file for row in hung]))


def _papers(hung: list[Attachment]) -> tuple[AttachmentView, ...]:
    return attachment_views([row for row in hung if not row.file.is_image])


def may_become_rectification(finding: AuditFinding) -> bool:
    """Whether a finding of an audit can be turned into one to be rectified: issued, on a line, about an item, not yet."""
    is_ready = finding.finding_id is None and finding.state in UNVERIFIED and finding.grade in NONCONFORMITIES
    return is_ready and finding.line_id is not None and finding.item_id is not None


def audit_items(audit: Audit) -> "QuerySet[StandardItem]":
    """Items of the standards, checklists and contract lines an audit looks at."""
    keys = set(audit.standards.values_list("pk", flat=True))
    keys |= set(audit.checklists.values_list("standard_id", flat=True))
    keys |= set(audit.lines.exclude(standard=None).values_list("standard_id", flat=True))
    return StandardItem.objects.filter(standard__in=keys).select_related("standard").order_by("standard_id", "id")


def units_to_audit(actor: Actor) -> "QuerySet[Unit]":
    """Offices the actor may have audited."""
    return Unit.objects.for_actor(actor).exclude(kind=UnitKind.VENDOR).order_by("path")


def meeting_of(actor: Actor, audit: Audit, kind: str) -> AuditMeeting | None:
    """A meeting as far as it was held; `NotFound` for a kind there is not."""
    if kind not in set(MeetingKind):
        raise NotFound
    return AuditMeeting.objects.for_actor(actor).filter(audit=audit, kind=kind).first()


def actions_due(today: date, until: date, told_before: date) -> list[AuditFinding]:
    """Actions due until a day of which nobody was told since another; for the clock."""
    rows = AuditFinding.objects.filter(state__in=OWED, due_on__lte=until, grade__in=NONCONFORMITIES)
    told = Q(reminded_on__isnull=True) | Q(reminded_on__lte=told_before)
    return list(rows.filter(told, audit__state="issued").exclude(reminded_on=today).order_by("pk"))
