"""Forms of the organisation. Choices are narrowed to what the actor may use."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.orgs.models import Person, Unit, UnitKind
from duban.orgs.permissions import OrgsCode
from duban.orgs.selectors import units_for

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _roles() -> list[tuple[str, str]]:
    return [(role.value, gettext(role.label)) for role in Role]


class UnitChoice(forms.ModelChoiceField[Unit]):
    """A unit, indented by its depth."""

    def label_from_instance(self, unit: Unit) -> str:
        """The unit's name below its parents."""
        return f"{'　' * max(unit.path.count('/') - 2, 0)}{unit.name}"


def _choices_of(form: forms.Form, name: str) -> UnitChoice:
    return cast("UnitChoice", form.fields[name])


class UnitForm(forms.Form):
    """A unit's own facts."""

    name = forms.CharField(label=_("Name"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=24, required=False)
    city = forms.CharField(label=_("City"), max_length=24, required=False)


class NewUnitForm(UnitForm):
    """A unit to be founded."""

    parent = UnitChoice(label=_("Below"), queryset=None, to_field_name="code")
    kind = forms.ChoiceField(label=_("Kind"), choices=[choice for choice in UnitKind.choices if choice[0] != UnitKind.GROUP])

    field_order = ("parent", "kind", "name", "short_name", "city")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices_of(self, "parent").queryset = units_for(actor, OrgsCode.EDIT).exclude(kind=UnitKind.VENDOR)


class MoveUnitForm(forms.Form):
    """Where a unit goes."""

    parent = UnitChoice(label=_("Below"), queryset=None, to_field_name="code")

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = units_for(actor, OrgsCode.EDIT).exclude(kind=UnitKind.VENDOR)
        _choices_of(self, "parent").queryset = places.exclude(path__startswith=unit.path)


class GrantForm(forms.Form):
    """A role at a unit, from a day on."""

    unit = UnitChoice(label=_("Org unit"), queryset=None, to_field_name="code")
    role = forms.ChoiceField(label=_("Role"), choices=_roles)
    from_on = forms.DateField(label=_("Valid from"), widget=DAY, initial=timezone.localdate)
    until_on = forms.DateField(
        label=_("Valid until"),
        widget=DAY,
        required=False,
        help_text=_("The first day on which it no longer holds; empty is open."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices_of(self, "unit").queryset = units_for(actor, OrgsCode.GRANT)

    def clean_role(self) -> Role:
        """The role as the services take it."""
        return Role(self.cleaned_data["role"])


class NewPersonForm(GrantForm):
    """An account with its first role."""

    username = forms.CharField(
        label=_("User name"), max_length=64, help_text=_("Small letters, figures, dot, hyphen, underscore.")
    )
    name = forms.CharField(label=_("Name"), max_length=40)
    email = forms.EmailField(label=_("Mail address"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Person._meta.get_field("language").choices or ())

    field_order = ("username", "name", "email", "language", "unit", "role", "from_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        del self.fields["until_on"]


class PersonForm(forms.ModelForm[Person]):
    """What others keep about a person."""

    class Meta:
        model = Person
        fields = ("name", "email", "language")


class ProfileForm(forms.ModelForm[Person]):
    """What a person keeps about themselves."""

    class Meta:
        model = Person
        fields = ("email", "language")


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("What the token is for."))
    expires_on = forms.DateField(label=_("Expires on"), widget=DAY, help_text=_("The first day on which it no longer works."))
    codes = forms.MultipleChoiceField(
        label=_("Rights"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None chosen means all of yours.")
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["codes"]).choices = choices


class ReasonForm(forms.Form):
    """Why something is done."""

    note = forms.CharField(max_length=300)
