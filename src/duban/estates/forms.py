"""Input of estates, places and posts."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.estates.domain.details import EstateDetails, PlaceDetails, PostDetails
from duban.estates.domain.grades import GRADE_SCHEMES
from duban.estates.domain.places import DEFAULT_RADIUS_M, RADIUS_LIMIT_M
from duban.estates.domain.posts import REQUIREMENT_LABELS
from duban.estates.models import (
    FENCE_CHOICES,
    PATTERN_CHOICES,
    SERVICE_LINE_CHOICES,
    Estate,
    EstateKind,
    Place,
    PlaceKind,
    Post,
)
from duban.estates.selectors import offices_of, place_parents
from duban.kernel.actor import Actor
from duban.orgs.models import Unit

NOT_CHOSEN = ("", "–")


class EstateForm(forms.Form):
    """All fields of an estate; the office only when it is entered."""

    name = forms.CharField(label=_("Name"), max_length=60)
    short_name = forms.CharField(label=_("Short name"), max_length=24, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=EstateKind.choices)
    city = forms.CharField(label=_("City"), max_length=24)
    address = forms.CharField(label=_("Address"), max_length=160, required=False)
    area_m2 = forms.DecimalField(label=_("Area (m²)"), min_value=0, max_digits=12, decimal_places=2)
    household_count = forms.IntegerField(label=_("Households"), min_value=0, initial=0)
    service_fee_per_m2 = forms.DecimalField(
        label=_("Service fee (CNY per m² and month)"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    grade_scheme = forms.ChoiceField(
        label=_("Grade scheme"), choices=[NOT_CHOSEN, *((name, name) for name in GRADE_SCHEMES)], required=False
    )
    grade_level = forms.CharField(
        label=_("Grade level"),
        max_length=20,
        required=False,
        help_text=_("As the scheme calls it; the rank is worked out from it."),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-90, max_value=90, max_digits=9, decimal_places=6, required=False
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=-180, max_value=180, max_digits=9, decimal_places=6, required=False
    )
    external_number = forms.CharField(label=_("Number in your own books"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scheme = GRADE_SCHEMES.get(cleaned.get("grade_scheme", ""))
        level = cleaned.get("grade_level", "")
        if scheme is not None and level not in scheme.levels:
            self.add_error("grade_level", _("This scheme knows: %(levels)s") % {"levels": "、".join(scheme.levels)})
        return cleaned

    def details(self) -> EstateDetails:
        """What was entered."""
        names = EstateDetails.__dataclass_fields__
        return EstateDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @classmethod
    def initial_of(cls, estate: Estate) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(estate, name) for name in cls.base_fields}


class NewEstateForm(EstateForm):
    """An estate that is entered, with the office it belongs to."""

    office: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(queryset=None, label=_("Office"))

    field_order = ("office", "name")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["office"]).queryset = offices_of(actor)


class PlaceForm(forms.Form):
    """A place and where it hangs."""

    parent: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        queryset=None, label=_("Lies in"), required=False, empty_label=_("The estate itself")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PlaceKind.choices)
    name = forms.CharField(label=_("Name"), max_length=80)
    number = forms.CharField(label=_("Place number"), max_length=40, required=False)
    household_count = forms.IntegerField(label=_("Households"), min_value=0, initial=0)
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-90, max_value=90, max_digits=9, decimal_places=6, required=False
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=-180, max_value=180, max_digits=9, decimal_places=6, required=False
    )
    radius_m = forms.IntegerField(
        label=_("Radius (m)"),
        min_value=1,
        max_value=RADIUS_LIMIT_M,
        initial=DEFAULT_RADIUS_M,
        required=False,
        help_text=_("A phone within it counts as being at the place."),
    )
    is_rotating = forms.BooleanField(
        label=_("Changing code"), required=False, help_text=_("The code is shown by a screen and changes every half minute.")
    )
    plan_x = forms.DecimalField(
        label=_("On the plan, from the left (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    plan_y = forms.DecimalField(
        label=_("On the plan, from the top (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, estate: Estate, place: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = place_parents(estate)
        cast("forms.ModelChoiceField[Any]", self.fields["parent"]).queryset = (
            parents.exclude(path__startswith=place.path) if place else parents
        )

    def details(self) -> PlaceDetails:
        """What was entered, without the parent."""
        names = PlaceDetails.__dataclass_fields__
        found = {name: value for name, value in self.cleaned_data.items() if name in names}
        return PlaceDetails(**{**found, "radius_m": found["radius_m"] or DEFAULT_RADIUS_M})

    @classmethod
    def initial_of(cls, place: Place) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(place, name) for name in cls.base_fields}


class PostForm(forms.Form):
    """A post and the place where it stands."""

    service_line = forms.ChoiceField(label=_("Service line"), choices=SERVICE_LINE_CHOICES)
    name = forms.CharField(label=_("Name"), max_length=60)
    place: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(queryset=None, label=_("Place"), required=False)
    hours_per_week = forms.DecimalField(label=_("Hours per week"), min_value=0, max_value=168, max_digits=5, decimal_places=1)
    heads = forms.DecimalField(
        label=_("Heads"), min_value=0, max_digits=5, decimal_places=1, initial=1, help_text=_("How many man it at once.")
    )
    crew_size = forms.DecimalField(
        label=_("Crew"),
        min_value=0,
        max_digits=5,
        decimal_places=1,
        initial=0,
        help_text=_("How many people share the post by contract; the staffing check compares it with the hours."),
    )
    pattern = forms.ChoiceField(label=_("Shifts"), choices=PATTERN_CHOICES)
    first_shift_at = forms.TimeField(
        label=_("First shift begins"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Empty: 08:00, for a night post 20:00."),
    )
    fence = forms.ChoiceField(label=_("Check-in outside the post's circle"), choices=FENCE_CHOICES, initial="exception")
    required_credentials = forms.MultipleChoiceField(
        label=_("Credentials asked for"),
        choices=[(str(key), _(label)) for key, label in REQUIREMENT_LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grace_minutes = forms.IntegerField(
        label=_("Grace minutes"),
        min_value=0,
        max_value=240,
        required=False,
        help_text=_("Empty: as the contract line says, else T17."),
    )
    free_misses = forms.IntegerField(
        label=_("Missed punches free a month"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Empty: as the contract line says, else T17."),
    )
    is_night = forms.BooleanField(label=_("Night post"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, estate: Estate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["place"]).queryset = place_parents(estate)

    def details(self) -> PostDetails:
        """What was entered, without the place."""
        names = PostDetails.__dataclass_fields__
        return PostDetails(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @classmethod
    def initial_of(cls, post: Post) -> dict[str, Any]:
        """The stored fields, for changing them."""
        return {name: getattr(post, name) for name in cls.base_fields}
