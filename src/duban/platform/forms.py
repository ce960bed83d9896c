"""Refusals of services shown where they belong: beside the field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from duban.kernel.errors import Invalid
from duban.platform.requests import error_message, field_messages


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
