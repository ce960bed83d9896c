"""Input of attendance."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.attendance.domain.fences import Method, Point, Reading
from duban.attendance.domain.routes import MOST_POINTS, PointPlan, RoutePlan
from duban.attendance.domain.rows import PunchRow
from duban.attendance.models import Assignment
from duban.attendance.selectors import line_choices
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.vendors.models import Worker


class RosterOpenForm(forms.Form):
    """Which line a roster is made for, and for which week."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int)
    day = forms.DateField(
        label=_("A day of the week"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The roster runs from Monday to Sunday."),
    )

    def __init__(self, *args: Any, lines: Sequence[ContractLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in lines}
        cast("forms.ChoiceField", self.fields["line"]).choices = [(key, line_label(line)) for key, line in self.lines.items()]

    @property
    def chosen(self) -> ContractLine:
        """The line that was chosen."""
        return self.lines[self.cleaned_data["line"]]


class SwapForm(forms.Form):
    """Who changes with whom; places and people are offered by their public names."""

    assignment = forms.ChoiceField(label=_("Place on the roster"))
    other = forms.ChoiceField(label=_("Changes places with"), required=False, help_text=_("Leave it empty for a stand-in."))
    worker = forms.ChoiceField(label=_("Stands in"), required=False, help_text=_("Leave it empty for a change of places."))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, *args: Any, places: Mapping[str, tuple[str, Assignment]], workers: Mapping[str, Worker], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places, self.workers = places, workers
        offered = [(key, label) for key, (label, _place) in places.items()]
        people = [(code, f"{worker.name} {code}") for code, worker in workers.items()]
        if not offered:
            self.fields["assignment"].help_text = _("No day of this week is left to swap on.")
        for name, choices in (("assignment", offered), ("other", [("", "–"), *offered]), ("worker", [("", "–"), *people])):
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def proposal(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        chosen = self.cleaned_data
        return {
            "assignment": self.places[chosen["assignment"]][1],
            "other": self.places[chosen["other"]][1] if chosen["other"] else None,
            "worker": self.workers[chosen["worker"]] if chosen["worker"] else None,
            "reason": chosen["reason"],
        }


class PunchForm(forms.Form):
    """A check-in or check-out from a web page: the code at the post, typed or come with the address, or the position."""

    direction = forms.ChoiceField(label=_("What"), choices=[("in", _("Check-in")), ("out", _("Check-out"))])
    token = forms.CharField(
        label=_("Code at the post"),
        max_length=200,
        required=False,
        help_text=_("It stands on the label of the place. Leave it empty to check in by position only."),
    )
    worker = forms.ChoiceField(label=_("Who it was"), required=False)
    latitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    accuracy = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=100_000)
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, workers: Sequence[Worker], scanned: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scanned = scanned
        people = [(worker.code, f"{worker.name} {worker.code}") for worker in workers]
        cast("forms.ChoiceField", self.fields["worker"]).choices = [("", _("Myself")), *people]

    def row(self, post: Post) -> PunchRow:
        """What was entered, as the service takes it; the moment is the server's."""
        chosen = self.cleaned_data
        return PunchRow(
            chosen["client_id"],
            post.code,
            chosen["direction"],
            self._method(),
            timezone.now(),
            token=chosen["token"],
            worker=chosen["worker"],
            reading=self._reading(),
        )

    def _method(self) -> Method:
        token = self.cleaned_data["token"]
        if not token:
            return Method.POSITION
        return Method.QR if token == self.scanned else Method.TYPED

    def _reading(self) -> Reading | None:
        latitude, longitude = self.cleaned_data["latitude"], self.cleaned_data["longitude"]
        if latitude is None or longitude is None:
            return None
        return Reading(Point(latitude.quantize(MICRO), longitude.quantize(MICRO)), self.cleaned_data["accuracy"] or 0)


MICRO = Decimal("0.000001")


class CoverageForm(forms.Form):
    """Which line and which month the coverage grid shows."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int, required=False)
    month = forms.CharField(
        label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})
    )

    def __init__(self, actor: Actor, *args: Any, lines: Mapping[int, ContractLine] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in line_choices(actor)} if lines is None else lines
        cast("forms.ChoiceField", self.fields["line"]).choices = [(key, line_label(line)) for key, line in self.lines.items()]

    def choice(self, month: Period) -> tuple[ContractLine | None, Period]:
        """The line and month to show: what was asked for where it makes sense, else the first line and `month`."""
        chosen = self.cleaned_data if self.is_valid() else {}
        line = self.lines.get(chosen.get("line") or 0) or next(iter(self.lines.values()), None)
        return line, chosen.get("month") or month

    def clean_month(self) -> Period | None:
        """The month, or nothing if it is left empty."""
        text = self.cleaned_data["month"]
        try:
            return Period.parse(text) if text else None
        except Invalid as error:
            raise forms.ValidationError(_("Write a month as 2026-10.")) from error


class RouteLineForm(forms.Form):
    """Which line a route is drawn for."""

    line = forms.TypedChoiceField(label=_("Contract line"), coerce=int)

    def __init__(self, *args: Any, lines: Mapping[int, ContractLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["line"]).choices = [(key, line_label(line)) for key, line in lines.items()]


class RouteForm(forms.Form):
    """What a route is called, when its rounds begin, and whether its points are walked in order."""

    name = forms.CharField(label=_("Name"), max_length=60)
    starts = forms.CharField(
        label=_("Rounds begin at"), max_length=160, help_text=_("Times of the day, as 22:00 02:00; one round for each.")
    )
    order = forms.ChoiceField(
        label=_("Order of the points"),
        choices=[("strict", _("Strict: as they stand here")), ("free", _("Free: any order within the windows"))],
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    gap = forms.IntegerField(
        label=_("Planned gap, minutes from point to point"), required=False, min_value=0, max_value=120, initial=12
    )
    window = forms.IntegerField(label=_("Each window is open, minutes"), required=False, min_value=1, max_value=720, initial=30)

    def plan(self, points: Sequence[PointPlan]) -> RoutePlan:
        """What was entered, as the service takes it."""
        chosen = self.cleaned_data
        starts = tuple(chosen["starts"].replace(",", " ").replace("，", " ").replace("：", ":").split())
        return RoutePlan(chosen["name"], starts, tuple(points), chosen["order"] == "strict", chosen["is_active"])


class PointForm(forms.Form):
    """One point of a route; times are minutes after the round begins."""

    place = forms.TypedChoiceField(label=_("Place"), coerce=int)
    opens = forms.IntegerField(label=_("Opens, minute"), min_value=0, max_value=720)
    closes = forms.IntegerField(label=_("Closes, minute"), min_value=1, max_value=720)
    metres = forms.IntegerField(label=_("Metres from the point before"), required=False, min_value=1, max_value=5000)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", "–"), *places]

    def point(self) -> PointPlan:
        """What was entered, as the service takes it."""
        chosen = self.cleaned_data
        return PointPlan(chosen["place"], chosen["opens"], chosen["closes"], chosen["metres"])


PointForms = forms.formset_factory(PointForm, extra=0, max_num=MOST_POINTS, absolute_max=MOST_POINTS)
POINT_FIELDS = tuple(PointForm.base_fields)
