"""Rows of a list as HTML: everything escaped, links, badges, bars, phones, bulk boxes."""

from decimal import Decimal

from django.utils.html import format_html

from duban.platform.ui.components import Action, Badge, Cell, ColumnHead, ListingPage, Row
from duban.platform.ui.table_rows import bar_html, table_rows

HEADS = (ColumnHead("a", "Name"), ColumnHead("b", "Score", phone=False))


def drawn(*cells, row_url="", bulk=(), **row):
    page = ListingPage(columns=HEADS, rows=(Row("A-1", cells, url=row_url, **row),), bulk_actions=bulk)
    return table_rows(page)


def test_a_row_carries_the_labels_of_its_columns():
    assert drawn(Cell("x"), Cell("7", align="end")) == (
        '\n<tr>\n<td data-label="Name" class=""><div class="cell"><span class="nowrap">x</span></div></td>'
        '\n<td data-label="Score" class="num phone-hide"><div class="cell"><span class="nowrap">7</span></div></td></tr>'
    )


def test_values_are_escaped_unless_they_are_html():
    html = drawn(Cell("<script>"), Cell(format_html("<b>{}</b>", "<")), tone='a"b')
    assert "&lt;script&gt;" in html
    assert "<b>&lt;</b>" in html
    assert '<tr class="is-a&quot;b">' in html


def test_the_first_cell_opens_the_record_and_others_only_where_they_say_so():
    html = drawn(Cell("x"), Cell("y"), row_url="/a/?b&c")
    assert html.count("<a ") == 1
    assert '<a href="/a/?b&amp;c">x</a>' in html
    assert '<a href="/own/">y</a>' in drawn(Cell("x"), Cell("y", url="/own/"), row_url="/a/")


def test_nothing_is_a_dash_and_small_text_and_tone_show():
    html = drawn(Cell(None), Cell("1", tone="bad", small="of <2>"))
    assert "<span>–</span>" in html
    assert '<span class="text-bad nowrap">1</span><span class="cell-small">of &lt;2&gt;</span>' in html


def test_a_badge_says_its_word_and_a_bar_its_share():
    html = drawn(Cell(badge=Badge("Late <", "bad")), Cell(bar=Decimal("0.5")))
    assert 'class="badge badge-bad"' in html
    assert "Late &lt;" in html
    assert 'width="50.0"' in html
    assert 'width="100.0"' in bar_html(7)


def test_a_box_to_choose_stands_first_where_something_can_be_done_with_many():
    html = drawn(Cell("x"), Cell("y"), bulk=(Action("Close", "/close/"),), selected=True)
    assert '<input type="checkbox" name="selected" value="A-1" checked>' in html
    assert "checkbox" not in drawn(Cell("x"), Cell("y"))


def test_codes_days_and_figures_stand_on_one_line_and_sentences_do_not():
    html = drawn(Cell("CR-2026-000001"), Cell("楼梯扶手擦拭"))
    html += drawn(Cell("a sentence that goes on"), Cell("电梯"))
    assert html.count("nowrap") == 1
    assert '<span class="nowrap">CR-2026-000001</span>' in html
