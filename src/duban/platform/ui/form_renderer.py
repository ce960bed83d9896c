"""Inputs and selects of forms, written in Python; every other widget by Django's own templates.

A page of filters has ten inputs and two hundred options. Each drawn by a template of its own, they cost more than the query
behind the page; the HTML is the same.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

WIDGETS = "django/forms/widgets"
OPTION = f"{WIDGETS}/select_option.html"
INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "input")

Widget = Mapping[str, Any]


class PlainRenderer(DjangoTemplates):
    """The renderer of all forms (`FORM_RENDERER`)."""

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> str:
        """The element as HTML; every name and value is escaped unless it is marked as HTML."""
        draw = DRAWN.get(template_name)
        if draw is None or not _is_plain(context["widget"]):
            return super().render(template_name, dict(context), request)
        return draw(context["widget"])


def _is_plain(widget: Widget) -> bool:
    """Whether no option asks for a template of its own."""
    groups = widget.get("optgroups", ())
    return all(option["template_name"] == OPTION for _name, options, _index in groups for option in options)


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    shown = "" if value is None else f' value="{conditional_escape(value)}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{shown}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    inside = "".join(map(_option, options))
    return f'\n<optgroup label="{conditional_escape(name)}">{inside}\n</optgroup>' if name else inside


def _option(widget: Widget) -> str:
    value = conditional_escape(widget["value"])
    return f'\n<option value="{value}"{_attributes(widget["attrs"])}>{conditional_escape(widget["label"])}</option>'


DRAWN: Mapping[str, Callable[[Widget], str]] = {
    **{f"{WIDGETS}/{name}.html": _input for name in INPUTS},
    f"{WIDGETS}/select.html": _select,
    f"{WIDGETS}/textarea.html": _textarea,
}
