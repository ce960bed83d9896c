"""Input about checks, findings, notices, praise."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.limits import MOST_HOURS, UNIT_LABELS, Unit
from duban.inspections.domain.links import MOST_DAYS
from duban.inspections.domain.verdicts import GRADE_LABELS, VERDICT_LABELS, Grade, Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.selectors import checklist_options, items_to_check, lines_to_inspect, places_to_check
from duban.inspections.selectors.reinspections import ReinspectionPage, TwiceRow
from duban.kernel.actor import Actor
from duban.standards.models import Checklist, StandardItem

PHOTO_LIMIT = 12
DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _verdicts() -> list[tuple[str, str]]:
    order = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE)
    return [(str(verdict.value), gettext(VERDICT_LABELS[verdict])) for verdict in order]


def _grades() -> list[tuple[str, str]]:
    return [(str(grade.value), gettext(label)) for grade, label in GRADE_LABELS.items()]


if TYPE_CHECKING:
    LineField = forms.ModelChoiceField[ContractLine]
else:
    LineField = forms.ModelChoiceField


class LineChoice(LineField):
    """Contract lines by estate, service and vendor."""

    def label_from_instance(self, obj: Any) -> str:
        return line_label(obj)


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several pictures at once; the service looks at what they really are."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> tuple["UploadedFile[Any]", ...]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > PHOTO_LIMIT:
            raise forms.ValidationError(_("At most %(limit)d photos at once."), params={"limit": PHOTO_LIMIT})
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return tuple(super(PhotosField, self).clean(file, initial) for file in files)


class VisitForm(forms.Form):
    """What a visit is about: the line, the day, the checklist."""

    line = LineChoice(label=_("Contract line"), queryset=None)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    checklist: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Checklist"), queryset=None, required=False)
    is_announced = forms.BooleanField(label=_("The vendor knew of it"), required=False)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, actor: Actor, line: ContractLine | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["line"]).queryset = lines_to_inspect(actor)
        cast("forms.ModelChoiceField[Any]", self.fields["checklist"]).empty_label = _("All items of the standard")
        cast("forms.ModelChoiceField[Any]", self.fields["checklist"]).queryset = checklist_options(actor, line)

    def chosen_checklist(self) -> Checklist | None:
        """The checklist chosen so far, whether or not the rest is filled in."""
        try:
            chosen: Checklist | None = self.fields["checklist"].clean(self["checklist"].value())
        except forms.ValidationError:
            return None
        return chosen


class ItemForm(forms.Form):
    """One item of the grid; an item without a verdict was not checked."""

    verdict = forms.TypedChoiceField(
        label=_("Verdict"), coerce=lambda value: Verdict(int(value)), empty_value=None, widget=forms.RadioSelect, required=False
    )
    severity = forms.TypedChoiceField(
        label=_("Severity"), coerce=lambda value: Grade(int(value)), empty_value=None, required=False
    )
    place = forms.TypedChoiceField(label=_("Place"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    photos = PhotosField(label=_("Photos"), required=False)

    def __init__(self, item: StandardItem, places: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"item-{item.pk}"})
        self.item = item
        cast("forms.ChoiceField", self.fields["verdict"]).choices = _verdicts()
        cast("forms.ChoiceField", self.fields["severity"]).choices = [("", "–"), *_grades()]
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", "–"), *places]

    def found(self) -> VisitLine | None:
        """What was found, or nothing if the item was left out."""
        if self.cleaned_data["verdict"] is None:
            return None
        return VisitLine(
            item_id=self.item.pk,
            verdict=self.cleaned_data["verdict"],
            severity=self.cleaned_data["severity"],
            place_id=self.cleaned_data["place"],
            note=self.cleaned_data["note"],
            photos=self.cleaned_data["photos"],
        )


class VisitGrid:
    """The grid of items of one visit: one small form for each."""

    def __init__(
        self,
        line: ContractLine,
        checklist: Checklist | None,
        posted: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    ) -> None:
        places = places_to_check(line)
        self.forms = [ItemForm(item, places, posted, files) for item in items_to_check(line, checklist)]

    def is_valid(self) -> bool:
        """Whether every item is; all are looked at, so that all errors show."""
        return sum(not form.is_valid() for form in self.forms) == 0

    def entry(self, cleaned: Mapping[str, Any]) -> VisitInput:
        """The visit for the service."""
        checklist = cleaned["checklist"]
        return VisitInput(
            day=cleaned["day"],
            checklist_id=checklist.pk if checklist is not None else None,
            is_announced=cleaned["is_announced"],
            note=cleaned["note"],
            lines=tuple(item for form in self.forms if (item := form.found()) is not None),
        )


class CorrectionForm(forms.Form):
    """A recorded result changed afterwards, with the reason."""

    verdict = forms.TypedChoiceField(label=_("Verdict"), coerce=lambda value: Verdict(int(value)), choices=_verdicts)
    severity = forms.TypedChoiceField(label=_("Severity"), coerce=lambda value: Grade(int(value)), choices=_grades)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Why it is changed"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Kept in the audit trail.")
    )


class PhotosForm(forms.Form):
    """Photos to be added."""

    photos = PhotosField(label=_("Photos"))


class ReplyForm(forms.Form):
    """The vendor's answer to a finding."""

    cause = forms.CharField(label=_("Why it happened"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    photos = PhotosField(label=_("Photos"), required=False)


class RecheckForm(forms.Form):
    """The re-check of a finding."""

    is_accepted = forms.TypedChoiceField(
        label=_("The fault is gone"),
        choices=(("1", _("Yes, close it")), ("0", _("No, reopen it"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Needed where the fault is not gone.")
    )
    photos = PhotosField(label=_("Photos"), required=False)


class AssignForm(forms.Form):
    """Who sees to the chosen findings."""

    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, owners: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["owner"]).choices = [("", _("Nobody")), *owners.items()]


class ExtendForm(forms.Form):
    """More time for the chosen findings."""

    until = forms.DateTimeField(
        label=_("Rectify by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Kept in the audit trail."))


class CloseForm(forms.Form):
    """The re-check of several findings accepted."""

    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class NoticeForm(forms.Form):
    """A rectification notice over the chosen findings."""

    text = forms.CharField(
        label=_("What else the notice says"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_sent = forms.BooleanField(label=_("Send at once"), required=False, initial=True)


class LinkForm(forms.Form):
    """A link for somebody without an account."""

    recipient = forms.CharField(label=_("For whom"), max_length=60)
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=MOST_DAYS, initial=7)


class PraiseForm(forms.Form):
    """Something done better than agreed."""

    line = LineChoice(label=_("Contract line"), queryset=None)
    place = forms.TypedChoiceField(label=_("Place"), coerce=int, empty_value=None, required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    text = forms.CharField(label=_("What was done well"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label=_("Photos"), required=False)

    def __init__(self, actor: Actor, line: ContractLine | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["line"]).queryset = lines_to_inspect(actor)
        places = places_to_check(line) if line is not None else []
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", "–"), *places]


class LimitForm(forms.Form):
    """One limit, and what it rests on."""

    amount = forms.IntegerField(label=_("Time allowed"), min_value=0, max_value=MOST_HOURS)
    unit = forms.TypedChoiceField(
        label=_("Unit"), coerce=Unit, choices=[(str(key), _(label)) for key, label in UNIT_LABELS.items()]
    )
    ends_at = forms.TimeField(
        label=_("The last working day ends at"), initial="18:00", widget=forms.TimeInput(attrs={"type": "time"})
    )
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The clause or rule this comes from."))


class PlanForm(forms.Form):
    """The plan picture of an estate."""

    picture = forms.FileField(label=_("Plan picture"))


class DrawForm(forms.Form):
    """How many visits of which days are checked again, by when, with which seed."""

    start = forms.DateField(label=_("Visits from"), widget=DAY_INPUT)
    end = forms.DateField(label=_("to"), widget=DAY_INPUT)
    count = forms.IntegerField(label=_("How many visits"), min_value=1, max_value=200, initial=8)
    due_on = forms.DateField(label=_("To be checked by"), widget=DAY_INPUT)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        help_text=_("Chance chooses by this text; kept, so that anybody can prove the draw. A date or a drawn number will do."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day lies before the first."))
        return cleaned


class TwiceForm(forms.Form):
    """One check of a re-inspection: verdict, severity where it fails, remark."""

    verdict = forms.TypedChoiceField(label=_("Verdict"), coerce=lambda value: Verdict(int(value)), widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(
        label=_("Severity"), coerce=lambda value: Grade(int(value)), empty_value=None, required=False
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, row: TwiceRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"item-{row.key}"})
        self.row = row
        cast("forms.ChoiceField", self.fields["verdict"]).choices = _verdicts()
        cast("forms.ChoiceField", self.fields["severity"]).choices = [("", "–"), *_grades()]

    def clean_severity(self) -> Grade:
        return self.cleaned_data["severity"] or Grade.MINOR


class TwiceGrid:
    """The checks of a re-inspection, one small form for each; empty where the actor may not answer."""

    def __init__(self, page: ReinspectionPage, posted: Mapping[str, Any] | None = None) -> None:
        self.is_bound = posted is not None
        self.forms = [TwiceForm(row, posted) for row in page.rows] if page.may_answer else []

    def is_valid(self) -> bool:
        """Whether every check has its answer; all are looked at, so that all errors show."""
        return sum(not form.is_valid() for form in self.forms) == 0

    def opinions(self) -> dict[int, Opinion]:
        """The answers for the service."""
        return {form.row.key: Opinion(**form.cleaned_data) for form in self.forms}
