"""Input about plans and tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.estates.models import SERVICE_LINE_CHOICES, Place, PlaceKind
from duban.estates.selectors import estates_of, offices_of
from duban.inspections.domain.plans import Below, Frequency, PlanInput, SamplingMode, Span, Trust
from duban.inspections.domain.sampling import AQLS, Level
from duban.inspections.models import InspectionPlan
from duban.inspections.models.plans import BELOW_CHOICES, SAMPLING_CHOICES, SPAN_CHOICES, TRUST_CHOICES
from duban.inspections.permissions import Code
from duban.inspections.selectors import places_to_check
from duban.inspections.selectors.plans import checklists_to_plan, lines_to_plan, places_by_tag
from duban.kernel.actor import Actor
from duban.orgs.models import Person
from duban.orgs.selectors import office_roles_with
from duban.platform.forms import SectionedForm

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME_INPUT = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WEEKDAY_CHOICES = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
FREQUENCY_CHOICES = [
    (str(Frequency.TIMES), _("So many times a period")),
    (str(Frequency.RISK), _("By risk")),
    (str(Frequency.CALENDAR), _("On fixed days")),
]
AQL_CHOICES = [("0", _("0: accept nothing")), *((str(aql), str(aql)) for aql in AQLS)]
MANY = {"estates": "estate_ids", "lines": "line_ids"}
SECTIONS = (
    (_("What is inspected"), ("office", "name", "service_line", "checklist", "estates", "lines", "place_kind", "place_tags")),
    (
        _("When and how often"),
        (
            *("starts_on", "ends_on", "frequency", "times", "span", "times_min", "times_max", "season_months"),
            *("weekdays", "every_weeks", "month_days", "window_days", "window_from", "window_to"),
        ),
    ),
    (_("How many places"), ("sampling", "sample_count", "level", "aql_major", "aql_minor", "reduced_allowed")),
    (_("Who, and what the vendor knows"), ("roles", "is_announced")),
    (
        _("What a record must show"),
        ("needs_checkin", "signature_needed", "gallery_allowed", "score_trust", "money_trust", "below_trust"),
    ),
)
COUNTED, BY_RISK, FIXED = str(Frequency.TIMES), str(Frequency.RISK), str(Frequency.CALENDAR)
BY_COUNT, BY_AQL = str(SamplingMode.COUNT), str(SamplingMode.AQL)
ONLY_WHEN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("times", "span"), ("frequency", (COUNTED, BY_RISK))),
    **dict.fromkeys(("times_min", "times_max", "season_months"), ("frequency", (BY_RISK,))),
    **dict.fromkeys(("weekdays", "every_weeks", "month_days"), ("frequency", (FIXED,))),
    "sample_count": ("sampling", (BY_COUNT,)),
    **dict.fromkeys(("level", "aql_major", "aql_minor", "reduced_allowed"), ("sampling", (BY_AQL,))),
}


if TYPE_CHECKING:
    LinesField = forms.ModelMultipleChoiceField[ContractLine]
else:
    LinesField = forms.ModelMultipleChoiceField


class LineChoices(LinesField):
    """Several contract lines by estate, service and vendor."""

    def label_from_instance(self, obj: Any) -> str:
        return line_label(obj)


class InspectionPlanForm(SectionedForm):
    """A plan: what, where, how often, how many places, what a record needs."""

    SECTIONS = SECTIONS
    ONLY_WHEN = ONLY_WHEN

    office: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Office"), queryset=None)
    name = forms.CharField(label=_("Name"), max_length=80)
    service_line = forms.ChoiceField(label=_("Service line"), choices=SERVICE_LINE_CHOICES)
    checklist: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Checklist"), queryset=None, required=False, empty_label=_("All items of the standard")
    )
    estates: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Estates"), queryset=None, required=False, help_text=_("None chosen: all of the office.")
    )
    lines = LineChoices(
        label=_("Contract lines"), queryset=None, required=False, help_text=_("None chosen: all of the service line.")
    )
    place_kind = forms.ChoiceField(
        label=_("Kind of place"),
        choices=[("", _("The line as a whole")), *PlaceKind.choices],
        required=False,
    )
    place_tags = forms.CharField(
        label=_("Only these places"),
        required=False,
        help_text=_("Codes on the wall, separated by commas; with all below them."),
    )
    starts_on = forms.DateField(label=_("From"), widget=DAY_INPUT)
    ends_on = forms.DateField(label=_("Until"), widget=DAY_INPUT, required=False)
    frequency = forms.TypedChoiceField(label=_("How often"), choices=FREQUENCY_CHOICES, coerce=Frequency)
    times = forms.IntegerField(label=_("Times"), min_value=1, max_value=31, initial=1)
    span = forms.TypedChoiceField(label=_("Period"), choices=SPAN_CHOICES, coerce=Span, initial=Span.WEEK)
    times_min = forms.IntegerField(
        label=_("At least"), min_value=1, max_value=31, initial=1, help_text=_("By risk: never fewer rounds a period.")
    )
    times_max = forms.IntegerField(
        label=_("At most"), min_value=1, max_value=31, initial=8, help_text=_("By risk: never more rounds a period.")
    )
    season_months = forms.TypedMultipleChoiceField(
        label=_("Months to look more often"),
        choices=[(month, str(month)) for month in range(1, 13)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By risk: the rainy season, falling leaves, the days before a feast."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=WEEKDAY_CHOICES, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    every_weeks = forms.IntegerField(label=_("Every so many weeks"), min_value=1, max_value=52, initial=1)
    month_days = forms.TypedMultipleChoiceField(
        label=_("Days of the month"),
        choices=[(day, str(day)) for day in range(1, 32)],
        coerce=int,
        required=False,
        help_text=_("31 is the last day of any month."),
    )
    window_days = forms.IntegerField(label=_("Days to do it in"), min_value=0, max_value=60, initial=2)
    window_from = forms.TimeField(label=_("Not before"), widget=TIME_INPUT, required=False)
    window_to = forms.TimeField(label=_("Not after"), widget=TIME_INPUT, required=False)
    sampling = forms.TypedChoiceField(label=_("Sampling"), choices=SAMPLING_CHOICES, coerce=SamplingMode)
    sample_count = forms.IntegerField(label=_("Places per task"), min_value=1, max_value=2000, initial=10)
    level = forms.TypedChoiceField(
        label=_("Inspection level"), choices=[(str(level), str(level)) for level in Level], coerce=Level, initial=Level.II
    )
    aql_major = forms.TypedChoiceField(label=_("AQL for major items"), choices=AQL_CHOICES, coerce=Decimal, initial="2.5")
    aql_minor = forms.TypedChoiceField(label=_("AQL for minor items"), choices=AQL_CHOICES, coerce=Decimal, initial="6.5")
    reduced_allowed = forms.BooleanField(
        label=_("Reduced inspection allowed"),
        required=False,
        help_text=_("After many good lots fewer places are drawn; one failed lot ends it."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Who makes the rounds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everybody who may record checks there."),
    )
    is_announced = forms.BooleanField(
        label=_("Announced to the vendor"),
        required=False,
        initial=True,
        help_text=_("Otherwise the vendor sees nothing before somebody has checked in on site, and the days are drawn."),
    )
    needs_checkin = forms.BooleanField(label=_("Check-in on site needed"), required=False, initial=True)
    gallery_allowed = forms.BooleanField(label=_("Photos from the gallery allowed"), required=False)
    signature_needed = forms.BooleanField(label=_("Signature needed"), required=False)
    score_trust = forms.TypedChoiceField(
        label=_("Counts for the score"),
        choices=TRUST_CHOICES,
        coerce=Trust,
        initial=Trust.LOW,
        help_text=_("Every record from a phone is graded A to D with reasons. What is low is always shown in the review."),
    )
    money_trust = forms.TypedChoiceField(label=_("Counts for money"), choices=TRUST_CHOICES, coerce=Trust, initial=Trust.MEDIUM)
    below_trust = forms.TypedChoiceField(
        label=_("Records below that"),
        choices=BELOW_CHOICES,
        coerce=Below,
        initial=Below.WAIT,
        required=False,
        empty_value=Below.WAIT,
    )

    def __init__(self, actor: Actor, *args: Any, plan: InspectionPlan | None = None, **kwargs: Any) -> None:
        if plan is not None:
            kwargs["initial"] = plan_initial(plan)
        super().__init__(*args, **kwargs)
        querysets = {
            "office": offices_of(actor, Code.PLAN),
            "checklist": checklists_to_plan(actor),
            "estates": estates_of(actor),
            "lines": lines_to_plan(actor),
        }
        for name, rows in querysets.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        roles = [(str(role), gettext(role.label)) for role in office_roles_with(Code.EDIT)]
        cast("forms.MultipleChoiceField", self.fields["roles"]).choices = roles
        self.actor = actor
        if plan is not None:
            del self.fields["office"]

    def clean_place_tags(self) -> tuple[int, ...]:
        tags = [tag for tag in self.cleaned_data["place_tags"].replace("，", ",").replace("、", ",").split(",") if tag.strip()]
        wanted = {tag.strip() for tag in tags}
        found = places_by_tag(self.actor, wanted)
        if wanted - found.keys():
            raise forms.ValidationError(
                _("No place has the code %(tags)s."), params={"tags": ", ".join(sorted(wanted - found.keys()))}
            )
        return tuple(sorted(found.values()))

    def entry(self) -> PlanInput:
        """The plan for the service."""
        cleaned = self.cleaned_data
        known = {field.name for field in fields_of(PlanInput)}
        values: dict[str, Any] = {name: value for name, value in cleaned.items() if name in known}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        many: dict[str, Any] = {target: tuple(row.pk for row in cleaned[name]) for name, target in MANY.items()}
        checklist = cleaned["checklist"]
        return PlanInput(
            **{**values, **many},
            place_ids=cleaned["place_tags"],
            checklist_id=checklist.pk if checklist is not None else None,
        )


def plan_initial(plan: InspectionPlan) -> dict[str, Any]:
    """What the form shows of a stored plan."""
    names = [name for name in InspectionPlanForm.base_fields if hasattr(plan, name) and name not in {"estates", "lines"}]
    tags = plan.places.order_by("tag").values_list("tag", flat=True)
    return {
        **{name: getattr(plan, name) for name in names},
        "aql_major": _plain(plan.aql_major),
        "aql_minor": _plain(plan.aql_minor),
        "estates": list(plan.estates.all()),
        "lines": list(plan.lines.all()),
        "place_tags": ", ".join(tags),
    }


def _plain(aql: Any) -> str:
    """The AQL as the standard writes it, `2.500` → `2.5`."""
    return next((str(known) for known in AQLS if known == aql), "0")


class TaskEntryForm(forms.Form):
    """Results of a task: the day, the place they are about, and whether the round is over."""

    day = forms.DateField(label=_("Day"), widget=DAY_INPUT)
    place = forms.TypedChoiceField(label=_("Place"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    is_finished = forms.BooleanField(label=_("This ends the task"), required=False)

    def __init__(self, line: ContractLine, places: Sequence[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(places_to_check(line)) if not places else {place.pk: str(place) for place in places}
        first = [] if places else [("", "–")]
        cast("forms.ChoiceField", self.fields["place"]).choices = [*first, *known.items()]
        self.fields["place"].required = bool(places)


class AssignTasksForm(forms.Form):
    """Who makes a round; nobody chosen means whoever has the right."""

    inspectors = forms.TypedMultipleChoiceField(label=_("Inspectors"), coerce=int, required=False)

    def __init__(self, people: Mapping[int, Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["inspectors"]).choices = [(pk, person.name) for pk, person in people.items()]
