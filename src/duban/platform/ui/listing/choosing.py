"""The choice among many records in a filter."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe


class LongSelect(forms.Select):
    """A select that writes its options itself: a thousand of them by a template each cost a tenth of a second."""

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The element; options without groups, the chosen one marked."""
        del renderer
        chosen = "" if value is None else str(value)
        attributes = {**self.attrs, **(attrs or {}), "name": name}
        written = mark_safe("".join(format_html(' {}="{}"', key, text) for key, text in attributes.items()))  # noqa: S308 - escaped by format_html
        options = "".join(_option(key, label, chosen) for key, label in self.choices)
        return format_html("<select{}>{}</select>", written, mark_safe(options))  # noqa: S308 - each went through conditional_escape


def _option(key: object, label: object, chosen: str) -> str:
    marked = " selected" if str(key) == chosen else ""
    return f'<option value="{escape(key)}"{marked}>{conditional_escape(str(label))}</option>'
