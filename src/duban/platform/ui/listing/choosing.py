"""The choice among many records in a filter."""

from collections.abc import Mapping, Sequence
from html import escape as plain_escape
from typing import Any, cast

from django import forms
from django.utils.html import conditional_escape, format_html
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


class LongChoiceField(forms.ChoiceField):
    """One of many pairs given as such: Django looks into each of a thousand for groups and lazy parts, twice."""

    widget = LongSelect

    def __init__(self, *, pairs: Sequence[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(**options)
        self._choices = pairs
        cast("LongSelect", self.widget)._choices = pairs  # type: ignore[attr-defined]  # noqa: SLF001 - its setter would search


def _option(key: object, label: object, chosen: str) -> str:
    marked = " selected" if str(key) == chosen else ""
    words = plain_escape(label) if type(label) is str else conditional_escape(str(label))
    return f'<option value="{plain_escape(str(key))}"{marked}>{words}</option>'
