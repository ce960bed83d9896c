"""Forms in sections, and refusals of services shown where they belong: beside the field."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.forms import BaseForm, Form

from duban.kernel.errors import Invalid
from duban.platform.requests import error_message, field_messages
from duban.platform.ui.components import AskedField, FormSection


class SectionedForm(Form):
    """A long form under headings, where a field may be asked for only by an answer before it.

    `SECTIONS` are headings with the names of their fields. `ONLY_WHEN` maps a field to the asking field and the answers
    that ask for it; where it is not asked for, what was posted is ignored and its initial value stands.
    """

    SECTIONS: ClassVar[Sequence[tuple[Any, tuple[str, ...]]]] = ()
    ONLY_WHEN: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            for name, (asking, answers) in self.ONLY_WHEN.items():
                self.fields[name].disabled = self.data.get(asking) not in answers

    def sections(self) -> list[FormSection]:
        """The fields under their headings; one that the form does not offer to this actor is left out."""
        return [FormSection(title, self._asked(names)) for title, names in self.SECTIONS]

    def _asked(self, names: Sequence[str]) -> list[AskedField]:
        return [AskedField(self[name], *self.ONLY_WHEN.get(name, ("", ()))) for name in names if name in self.fields]


@contextmanager
def apply_errors(form: BaseForm) -> Iterator[None]:
    """Turn an `Invalid` raised in the block into errors of the form's fields; the caller then shows the form again."""
    try:
        yield
    except Invalid as error:
        found = field_messages(error)
        for name, message in found:
            form.add_error(name if name in form.fields else None, message)
        if not found:
            form.add_error(None, error_message(error))
