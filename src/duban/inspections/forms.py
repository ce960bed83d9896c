"""Input of inspections."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.inspections.domain.verdicts import GRADE_LABELS, VERDICT_LABELS, Grade, Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.selectors import checklist_options, items_to_check, lines_to_inspect, places_to_check
from duban.kernel.actor import Actor
from duban.standards.models import Checklist, StandardItem

PHOTO_LIMIT = 12


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
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
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
