"""Audits of a year, their teams, meetings and findings."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.inspections.domain.audits import GRADE_LABELS, MEETING_LABELS, Attendee, TeamRole
from duban.inspections.domain.states import AUDIT_FINDING_STATES, AUDIT_STATES
from duban.inspections.models.findings import Finding
from duban.inspections.models.paths import line_paths
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within

AUDIT_GRADE_CHOICES = [(str(key), _(label)) for key, label in GRADE_LABELS.items()]
MEETING_CHOICES = [(str(key), _(label)) for key, label in MEETING_LABELS.items()]
TEAM_CHOICES = [(str(TeamRole.LEAD), _("Lead auditor")), (str(TeamRole.MEMBER), _("Member of the audit team"))]
OUT = ("issued", "closed")
"""States of an audit in which its report is out."""


class AuditProgrammeQuerySet(ScopedQuerySet["AuditProgramme"]):
    def for_actor(self, actor: Actor) -> Self:
        """Programmes of the actor's offices and of the offices above them; nothing a vendor sees."""
        paths = actor.office_paths()
        above = {"/".join(path.split("/")[:depth]) + "/" for path in paths for depth in range(2, path.count("/") + 1)}
        return self.filter(within("office__path", paths) | models.Q(office__path__in=sorted(above)))


class AuditProgramme(Record):
    """The audit programme (审核方案) of an office for a year: what its audits are to achieve, and what could hinder them."""

    CODE_PREFIX: ClassVar[str] = "AQ"

    office = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    objectives = models.TextField(max_length=2000)
    risks = models.TextField(max_length=2000, blank=True)

    objects = AuditProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "year"], name="audit_programme_unique")]

    def __str__(self) -> str:
        return f"{self.year} {self.office}"

    def audit_scope(self) -> str:
        return self.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        """The office that runs the programme."""
        return (self.office.path,)


class AuditQuerySet(ScopedQuerySet["Audit"]):
    def for_actor(self, actor: Actor) -> Self:
        """Audits run by the actor's offices, of what lies in them, or with the actor on the team.

        A vendor sees those that looked at its own contract lines, once the report is out.
        """
        lines = Audit.lines.through.objects.filter(contractline__in=ContractLine.objects.for_actor(actor)).values("audit")
        if actor.is_vendor:
            return self.filter(pk__in=lines, state__in=OUT)
        paths = actor.office_paths()
        units = Audit.units.through.objects.filter(within("unit__path", paths)).values("audit")
        teams = AuditMember.objects.filter(person=actor.person_id or 0).values("audit")
        mine = models.Q(pk__in=lines) | models.Q(pk__in=units) | models.Q(pk__in=teams)
        seen = within("programme__office__path", paths) | mine
        return self.filter(seen, within("programme__office__path", (actor.tenant_path,)))


class Audit(StatefulRecord):
    """A quality audit (质量审核): what is looked at, against which criteria, by whom, and what came of it.

    Audited are `lines` (a vendor's service at an estate) and `units` (offices). Criteria are versions of standards,
    checklists drawn from them, the contracts of the lines, and clauses in words.
    """

    CODE_PREFIX: ClassVar[str] = "AU"
    STATES = AUDIT_STATES

    programme = models.ForeignKey(AuditProgramme, models.PROTECT, related_name="audits")
    title = models.CharField(max_length=120)
    objective = models.TextField(max_length=1000)
    criteria = models.TextField(max_length=1000, blank=True)
    units = models.ManyToManyField("orgs.Unit", related_name="+", blank=True)
    lines = models.ManyToManyField(ContractLine, related_name="audits", blank=True)
    standards = models.ManyToManyField("standards.Standard", related_name="+", blank=True)
    checklists = models.ManyToManyField("standards.Checklist", related_name="+", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    conclusion = models.TextField(max_length=2000, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    closed_on = models.DateField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="audit_ends_after_start"),
            state_constraint(AUDIT_STATES, "audit_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "starts_on"], name="audit_programme_start")]

    def audit_scope(self) -> str:
        return self.programme.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        """The office that runs the programme; the audited have no say in the course of an audit."""
        return (self.programme.office.path,)


class AuditMember(models.Model):
    """One person on the team of an audit."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="members")
    person = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=TEAM_CHOICES, default=TeamRole.MEMBER)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["audit", "person"], name="audit_member_unique")]

    def __str__(self) -> str:
        return f"{self.audit_id}/{self.person_id}"


class AuditMeetingQuerySet(ScopedQuerySet["AuditMeeting"]):
    def for_actor(self, actor: Actor) -> Self:
        """Meetings of the audits the actor sees; minutes may speak of several vendors, so none of them reads these."""
        return self.none() if actor.is_vendor else self.filter(audit__in=Audit.objects.for_actor(actor))


class AuditMeeting(ScopedModel):
    """The opening or closing meeting (首次会议, 末次会议): when, where, who came, what was said.

    `attendees` is a list of `[name, function, organisation]`.
    """

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=8, choices=MEETING_CHOICES)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    attendees = models.JSONField(default=list)
    minutes = models.TextField(max_length=4000)

    objects = AuditMeetingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["audit", "kind"], name="audit_meeting_unique")]
        ordering: ClassVar = ["held_at"]

    def __str__(self) -> str:
        return f"{self.audit_id}/{self.kind}"

    def audit_scope(self) -> str:
        return self.audit.audit_scope()

    @property
    def people(self) -> tuple[Attendee, ...]:
        """Who came."""
        return tuple(Attendee(*row) for row in self.attendees)


class AuditFindingQuerySet(ScopedQuerySet["AuditFinding"]):
    def for_actor(self, actor: Actor) -> Self:
        """Findings of the audits the actor sees; what is not issued yet only on the side of the auditors.

        A vendor sees the issued ones on its own contract lines.
        """
        audits = Audit.objects.for_actor(actor)
        if actor.is_vendor:
            return self.filter(audit__in=audits, line__in=ContractLine.objects.for_actor(actor)).exclude(
                state__in=("draft", "withdrawn")
            )
        teams = AuditMember.objects.filter(person=actor.person_id or 0).values("audit")
        inside = within("audit__programme__office__path", actor.office_paths()) | models.Q(audit__in=teams)
        return self.filter(audit__in=audits).filter(inside | models.Q(audit__state__in=OUT))


class AuditFinding(StatefulRecord):
    """What an audit found: graded, with its criterion and evidence, followed up until the action is verified as effective.

    `criterion` says the clause in words, `item` names the item of the standard. Who answers: the vendor of `line`, or the
    office `unit`. `finding` is the one of inspections it was turned into. Of the answer the latest is kept here, earlier
    ones in the audit trail. `reminded_on` is when its owner was last told that the action is due.
    """

    CODE_PREFIX: ClassVar[str] = "AF"
    STATES = AUDIT_FINDING_STATES

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=12, choices=AUDIT_GRADE_CHOICES)
    criterion = models.CharField(max_length=200, blank=True)
    item = models.ForeignKey("standards.StandardItem", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    line = models.ForeignKey(ContractLine, models.PROTECT, null=True, blank=True, related_name="audit_findings")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    place = models.ForeignKey("estates.Place", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    statement = models.TextField(max_length=1000)
    evidence = models.TextField(max_length=1000)
    noted_on = models.DateField()
    noted_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(null=True, blank=True)
    finding = models.OneToOneField(Finding, models.PROTECT, null=True, blank=True, related_name="audit_finding")

    cause = models.TextField(max_length=1000, blank=True)
    correction = models.TextField(max_length=1000, blank=True)
    action = models.TextField(max_length=1000, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    done_note = models.TextField(max_length=1000, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    verified_note = models.TextField(max_length=1000, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = AuditFindingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audit", "number"], name="audit_finding_number_unique"),
            state_constraint(AUDIT_FINDING_STATES, "audit_finding_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="audit_finding_due")]

    def audit_scope(self) -> str:
        return self.audit.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        """The office that runs the programme, then those who answer: estate, signing office, vendor; or the audited office."""
        answering = line_paths(self.line) if self.line else ()
        return (*self.audit.permission_paths(), *answering, *((self.unit.path,) if self.unit else ()))
