"""What is written in Python is what Django's templates would have written."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from duban.platform.ui.form_renderer import DRAWN, PlainRenderer

CHOICES = [("", "全部"), ("a", "甲 & 乙"), ("组 <1>", [("b", "丙"), ("c", mark_safe("<b>丁</b>"))])]
WIDGETS: tuple[tuple[forms.Widget, Any], ...] = (
    (forms.TextInput({"placeholder": '"尺寸" <m²>'}), "a & b"),
    (forms.TextInput(), None),
    (forms.NumberInput({"min": 0, "step": 0.5}), 12.5),
    (forms.EmailInput(), "a@example.cn"),
    (forms.URLInput(), "https://example.cn/?a=1&b=2"),
    (forms.PasswordInput(), "secret"),
    (forms.HiddenInput(), 7),
    (forms.DateInput({"type": "date"}, format="%Y-%m-%d"), "2026-10-31"),
    (forms.DateTimeInput(), "2026-10-31 09:30"),
    (forms.TimeInput(), "09:30"),
    (forms.CheckboxInput({"disabled": True}), True),
    (forms.CheckboxInput({"disabled": False}), False),
    (forms.Textarea({"rows": 4}), "一行\n</textarea><script>"),
    (forms.Textarea(), ""),
    (forms.Select(choices=CHOICES), "a"),
    (forms.Select(choices=()), None),
    (forms.SelectMultiple(choices=CHOICES), ["b", "c"]),
    (forms.NullBooleanSelect(), True),
)


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_same_html_as_by_templates(widget: forms.Widget, value: Any) -> None:
    ours, theirs = (
        widget.render("名称", value, {"id": "id_x", "required": True}, renderer=renderer)
        for renderer in (PlainRenderer(), DjangoTemplates())
    )
    assert parse_html(ours) == parse_html(theirs)


@given(name=st.text(), value=st.text(), label=st.text())
def test_nothing_a_person_wrote_becomes_an_element(name: str, value: str, label: str) -> None:
    select = forms.Select({"title": label}, choices=[(value, label)])
    html = select.render(name, value, renderer=PlainRenderer())
    assert (html.count("<"), html.count(">")) == (4, 4)
    assert html.count('"') == 6


def test_an_option_with_a_template_of_its_own_keeps_it() -> None:
    class Marked(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    ours, theirs = (
        Marked(choices=[("a", "甲")]).render("x", "a", renderer=made()) for made in (PlainRenderer, DjangoTemplates)
    )
    assert ours == theirs != forms.Select(choices=[("a", "甲")]).render("x", "a", renderer=PlainRenderer())


def test_other_widgets_are_left_to_templates() -> None:
    assert "django/forms/widgets/radio.html" not in DRAWN
    assert 'type="radio"' in forms.RadioSelect(choices=[("a", "甲")]).render("x", "a", renderer=PlainRenderer())
