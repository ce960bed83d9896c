"""Input of surveys."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.actor import Actor
from duban.surveys.domain.rows import ScoreInput
from duban.surveys.models import SurveyMethod
from duban.surveys.selectors import estates_to_choose


def _services() -> list[tuple[str, str]]:
    return [(key, gettext(label)) for key, label in SERVICE_LINE_LABELS.items()]


class ScoreForm(forms.Form):
    """The summed answers of one round."""

    estate: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Estate"), queryset=None)
    service_line = forms.ChoiceField(label=_("Service line"), choices=_services)
    day = forms.DateField(label=_("Last day of the round"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    method = forms.ChoiceField(label=_("Method"), choices=SurveyMethod.choices)
    invited = forms.IntegerField(label=_("People asked"), min_value=0, required=False)
    respondents = forms.IntegerField(label=_("Valid answers"), min_value=1)
    score_sum = forms.DecimalField(
        label=_("Sum of the scores"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=_("Each answer on a scale of 0 to 100; an average of 87.5 from 40 answers is 3500."),
    )
    source = forms.CharField(label=_("Source"), max_length=120, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["estate"]).queryset = estates_to_choose(actor)

    def entry(self) -> ScoreInput:
        """The score for the service."""
        values = dict(self.cleaned_data)
        return ScoreInput(estate_id=values.pop("estate").pk, **values)
