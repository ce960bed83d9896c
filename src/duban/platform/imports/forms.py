from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.platform.imports.importer import Importer


class UploadForm(forms.Form):
    """One ledger to bring in."""

    kind = forms.ChoiceField(label=_("What the file holds"))
    file = forms.FileField(label=_("File"), help_text=_("Excel (.xlsx, .xls) or CSV (UTF-8 or GBK)."))

    def __init__(self, *args: Any, importers: list[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.kind, item.label) for item in importers]
        self.fields["kind"] = forms.ChoiceField(label=_("What the file holds"), choices=choices)
        self.order_fields(["kind", "file"])
