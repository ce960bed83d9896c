"""Input about audits: the programme, an audit, its meetings, findings, answers."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.estates.selectors import offices_of
from duban.inspections.domain.audits import (
    MOST_ATTENDEES,
    NONCONFORMITIES,
    Attendee,
    AuditGrade,
    AuditInput,
    FindingInput,
    TeamRole,
    attendee_text,
    attendees_of,
)
from duban.inspections.forms.evidence import DAY_INPUT, LineChoice, PhotosField
from duban.inspections.models import Audit, AuditFinding, AuditMeeting
from duban.inspections.models.audits import AUDIT_GRADE_CHOICES
from duban.inspections.permissions import Code
from duban.inspections.selectors.audits import LINE_PATHS, audit_items, audit_people, programmes_to_fill, units_to_audit
from duban.inspections.selectors.plans import checklists_to_plan, lines_to_plan, places_by_tag
from duban.kernel.actor import Actor
from duban.standards.models import StandardItem
from duban.standards.selectors import standards_in_force

MOMENT_INPUT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LONG = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})

if TYPE_CHECKING:
    LinesField = forms.ModelMultipleChoiceField[ContractLine]
    ItemField = forms.ModelChoiceField[StandardItem]
else:
    LinesField = forms.ModelMultipleChoiceField
    ItemField = forms.ModelChoiceField


class LineChoices(LinesField):
    """Several contract lines by estate, service and vendor."""

    def label_from_instance(self, obj: Any) -> str:
        return line_label(obj)


class ItemChoice(ItemField):
    """Items of standards with the name of the standard."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.standard.title} · {obj}"


class ProgrammeForm(forms.Form):
    """What the audits of an office are to achieve in a year."""

    office: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Office"), queryset=None)
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    objectives = forms.CharField(label=_("Objectives of the programme"), max_length=2000, widget=LONG)
    risks = forms.CharField(
        label=_("What could hinder it, and what is done about that"), max_length=2000, widget=LONG, required=False
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["office"]).queryset = offices_of(actor, Code.AUDIT)


class AuditForm(forms.Form):
    """An audit: what, against which criteria, when, by whom."""

    programme: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Programme"), queryset=None)
    title = forms.CharField(label=_("Title of the audit"), max_length=120)
    objective = forms.CharField(label=_("What the audit is to find out"), max_length=1000, widget=SHORT)
    starts_on = forms.DateField(label=_("From"), widget=DAY_INPUT)
    ends_on = forms.DateField(label=_("Until"), widget=DAY_INPUT)
    lines = LineChoices(label=_("Audited contract lines"), queryset=None, required=False)
    units: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Audited offices"), queryset=None, required=False
    )
    standards: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Standards"), queryset=None, required=False
    )
    checklists: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Checklists"), queryset=None, required=False
    )
    criteria = forms.CharField(
        label=_("Other criteria"),
        max_length=1000,
        widget=SHORT,
        required=False,
        help_text=_("Clauses of contracts, laws, own rules. The contracts of the audited lines are criteria by themselves."),
    )
    lead = forms.TypedChoiceField(
        label=_("Lead auditor"),
        coerce=int,
        help_text=_("Nobody audits the own office or a vendor the person belongs to, buys from or pays."),
    )
    members = forms.TypedMultipleChoiceField(label=_("Audit team"), coerce=int, required=False)

    def __init__(self, actor: Actor, year: int, *args: Any, audit: Audit | None = None, **kwargs: Any) -> None:
        if audit is not None:
            kwargs["initial"] = audit_initial(audit)
        super().__init__(*args, **kwargs)
        querysets = {
            "programme": programmes_to_fill(actor, year),
            "lines": lines_to_plan(actor),
            "units": units_to_audit(actor),
            "standards": standards_in_force(actor),
            "checklists": checklists_to_plan(actor),
        }
        for name, rows in querysets.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        people = [(person.pk, person.name) for person in audit_people(actor)]
        cast("forms.ChoiceField", self.fields["lead"]).choices = [("", "–"), *people]
        cast("forms.ChoiceField", self.fields["members"]).choices = people
        if audit is not None:
            del self.fields["programme"]

    def entry(self) -> AuditInput:
        """The audit for the service."""
        cleaned = self.cleaned_data
        keys = {name: tuple(row.pk for row in cleaned[name]) for name in ("units", "lines", "standards", "checklists")}
        return AuditInput(
            title=cleaned["title"],
            objective=cleaned["objective"],
            criteria=cleaned["criteria"],
            starts_on=cleaned["starts_on"],
            ends_on=cleaned["ends_on"],
            lead_id=cleaned["lead"],
            member_ids=tuple(cleaned["members"]),
            unit_ids=keys["units"],
            line_ids=keys["lines"],
            standard_ids=keys["standards"],
            checklist_ids=keys["checklists"],
        )


def audit_initial(audit: Audit) -> dict[str, Any]:
    """What the form shows of a stored audit."""
    team = list(audit.members.order_by("pk"))
    return {
        **{name: getattr(audit, name) for name in ("title", "objective", "criteria", "starts_on", "ends_on")},
        **{name: list(getattr(audit, name).all()) for name in ("lines", "units", "standards", "checklists")},
        "lead": next((member.person_id for member in team if member.role == TeamRole.LEAD), None),
        "members": [member.person_id for member in team if member.role != TeamRole.LEAD],
    }


class MeetingForm(forms.Form):
    """The opening or closing meeting of an audit."""

    held_at = forms.DateTimeField(label=_("Held at"), widget=MOMENT_INPUT)
    place = forms.CharField(label=_("Where"), max_length=120)
    attendees = forms.CharField(
        label=_("Who came"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One person a line: name, function, organisation, parted by commas."),
    )
    minutes = forms.CharField(label=_("What was said and agreed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, meeting: AuditMeeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            kwargs["initial"] = {
                "held_at": timezone.localtime(meeting.held_at),
                "place": meeting.place,
                "attendees": attendee_text(meeting.people),
                "minutes": meeting.minutes,
            }
        super().__init__(*args, **kwargs)

    def clean_attendees(self) -> tuple[Attendee, ...]:
        return attendees_of(self.cleaned_data["attendees"])[: MOST_ATTENDEES + 1]


class AuditFindingForm(forms.Form):
    """One finding of an audit."""

    grade = forms.TypedChoiceField(label=_("Grade"), choices=AUDIT_GRADE_CHOICES, coerce=AuditGrade)
    statement = forms.CharField(label=_("What the audit found"), max_length=1000, widget=LONG)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=1000,
        widget=LONG,
        help_text=_("Records seen, people asked, places visited: so that somebody else would come to the same."),
    )
    item = ItemChoice(label=_("Item of the standard"), queryset=None, required=False)
    criterion = forms.CharField(
        label=_("Clause"), max_length=200, required=False, help_text=_("Clause of the contract, law or rule it is measured by.")
    )
    line = LineChoice(label=_("Contract line"), queryset=None, required=False)
    unit: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Office"), queryset=None, required=False)
    place = forms.CharField(
        label=_("Place"), max_length=24, required=False, help_text=_("The code on the wall, if it was one place.")
    )
    due_on = forms.DateField(
        label=_("Action by"),
        widget=DAY_INPUT,
        required=False,
        help_text=_("Nonconformities only: until then the action is done."),
    )
    attachments = PhotosField(label=_("Evidence files"), required=False)

    def __init__(self, actor: Actor, audit: Audit, *args: Any, finding: AuditFinding | None = None, **kwargs: Any) -> None:
        if finding is not None:
            names = ("grade", "statement", "evidence", "item", "criterion", "line", "unit", "due_on")
            kwargs["initial"] = {name: getattr(finding, name) for name in names}
            kwargs["initial"]["place"] = finding.place.tag if finding.place else ""
        super().__init__(*args, **kwargs)
        self.actor = actor
        querysets: dict[str, Any] = {
            "item": audit_items(audit),
            "line": audit.lines.select_related(*LINE_PATHS).order_by("pk"),
            "unit": audit.units.order_by("path"),
        }
        for name, rows in querysets.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def clean_place(self) -> int | None:
        tag = self.cleaned_data["place"].strip()
        found = places_by_tag(self.actor, {tag}) if tag else {}
        if tag and tag not in found:
            raise forms.ValidationError(_("No place has the code %(tags)s."), params={"tags": tag})
        return found.get(tag)

    def entry(self) -> FindingInput:
        """The finding for the service; a day only where somebody owes an action."""
        cleaned = self.cleaned_data
        keys = {name: cleaned[name].pk if cleaned[name] else None for name in ("item", "line", "unit")}
        return FindingInput(
            grade=cleaned["grade"],
            statement=cleaned["statement"],
            evidence=cleaned["evidence"],
            criterion=cleaned["criterion"],
            item_id=keys["item"],
            line_id=keys["line"],
            unit_id=keys["unit"],
            place_id=cleaned["place"],
            due_on=cleaned["due_on"] if cleaned["grade"] in NONCONFORMITIES else None,
        )


class ConclusionForm(forms.Form):
    """What the audit concludes; with it the report is issued."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Does the service meet the criteria? Where is it strong, where at risk?"),
    )


class AnswerForm(forms.Form):
    """The auditee's answer to a nonconformity."""

    cause = forms.CharField(label=_("Cause"), max_length=1000, widget=LONG)
    correction = forms.CharField(label=_("Put right at once"), max_length=1000, widget=SHORT, required=False)
    action = forms.CharField(label=_("What keeps it from coming back"), max_length=1000, widget=LONG)
    planned_on = forms.DateField(label=_("Done by"), widget=DAY_INPUT)
    attachments = PhotosField(label=_("Files"), required=False)


class StepForm(forms.Form):
    """A step of the follow-up with its reason and proof."""

    note = forms.CharField(label=_("What was done, or seen"), max_length=1000, widget=SHORT, required=False)
    attachments = PhotosField(label=_("Files"), required=False)
