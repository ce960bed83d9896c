from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from duban.platform.notices.models import Delivery
from duban.platform.notices.selectors import notice_kinds


class PreferencesForm(forms.Form):
    """One choice for each kind of notice."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in notice_kinds().items():
            # A dot in a field name would break the label's address in the page.
            self.fields[kind.replace(".", "__")] = forms.ChoiceField(
                label=gettext(label), choices=Delivery.choices, initial=chosen.get(kind, Delivery.IN_APP)
            )

    def chosen(self) -> dict[str, str]:
        """Kind → delivery, once valid."""
        return {name.replace("__", "."): value for name, value in self.cleaned_data.items()}
