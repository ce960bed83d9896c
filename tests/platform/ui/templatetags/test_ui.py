from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from duban.platform.ui.components import Action, Badge


def render(source: str, **values: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 1234.5|money }}", "1,234.50"),
        ('{{ 1234.5|money:"CNY" }}', "¥1,234.50"),
        ("{{ 123450|fen }}", "1,234.50"),
        ("{{ 2860000|compact_money }}", "¥2.86M"),
        ("{{ 0.941|percent }}", "94.1%"),
        ("{{ 80.25|points }}", "80.3"),
        ("{{ 1.1|signed }}", "+1.1"),
        ("{{ 1982|count }}", "1,982"),
        ('{{ "2026-10"|month }}', "Oct 2026"),
        ("{{ nothing|default_if_none:None|day }}", "–"),
        ("{{ 2|tone_of_change }}", "good"),
        ("{{ -2|tone_of_change }}", "bad"),
        ("{{ 0|tone_of_change }}", "neutral"),
        ("{{ 1.7|share_width }}", "100.0"),
    ],
)
def test_filters(source: str, text: str) -> None:
    assert render(source, nothing=None) == text


def test_badge_takes_words_or_a_badge() -> None:
    assert 'class="badge badge-good"' in render("{% state_badge badge %}", badge=Badge("Final", "good"))
    assert "Draft" in render('{% state_badge "Draft" %}')


def test_tile_says_its_change_by_sign_and_tone() -> None:
    html = render('{% tile "Score" "84.7" delta="+0.9" note="60 lines" %}')
    assert '<span class="text-good">▲ +0.9</span>' in html
    assert '<span class="text-bad">▼ −0.9</span>' in render('{% tile "Score" "84.7" delta="−0.9" %}')


def test_card_escapes_its_title_and_keeps_its_content() -> None:
    html = render("{% card title %}<b>{{ text }}</b>{% endcard %}", title="a<b", text="1<2")
    assert "<h2>a&lt;b</h2>" in html
    assert "<b>1&lt;2</b>" in html


def test_action_kinds() -> None:
    actions = [
        Action("Open", "/o/", method="get"),
        Action("Send", "/s/"),
        Action("Return", "/r/", needs_note=True),
        Action("Close", "/c/", disabled_reason="8 open"),
    ]
    html = render("{% action_bar actions %}", actions=actions, csrf_token="t")
    assert '<a class="btn btn-default" href="/o/">' in html
    assert html.count("<form") == 2
    assert 'name="note" rows="4" required' in html
    assert "8 open" in html
    assert "/c/" not in html


def test_bar_is_held_between_its_ends() -> None:
    assert 'width="100.0"' in render("{% bar 3 2 %}")
    assert 'width="0.0"' in render("{% bar -1 %}")
    assert 'width="0.0"' in render("{% bar nothing %}", nothing=None)


def test_no_data_says_what_is_missing() -> None:
    assert "9 of 30 needed" in render("{% no_data have=9 need=30 %}")


def test_icon_is_silent_without_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    assert 'role="img" aria-label="Notices"' in render('{% icon "bell" label="Notices" %}')


def test_fields_link_help_and_errors() -> None:
    class Sample(forms.Form):
        name = forms.CharField(help_text="As in the contract")
        proof = forms.FileField(required=False)
        agreed = forms.BooleanField()
        answer = forms.ChoiceField(choices=[("y", "Yes")], widget=forms.RadioSelect)

    html = render("{% form_fields form %}", form=Sample({}))
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'data-drop><input type="file"' in html
    assert '<label class="check" for="id_agreed">' in html
    assert "<fieldset" in html


def test_pager_shows_only_what_exists() -> None:
    class Page:
        newer_url = ""
        older_url = "?after=3"

    html = render("{% pager page %}", page=Page())
    assert "Next" in html
    assert "Previous" not in html
