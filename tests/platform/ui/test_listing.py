"""The list helper, tried on estates."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest
from django import forms
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from duban.estates.models import Estate, EstateKind
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.requests import ActorRequest
from duban.platform.ui.components import ListingPage
from duban.platform.ui.listing import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    MonthFilter,
    NumberFilter,
    ReferenceFilter,
    TextFilter,
    back_to_list,
    selected_codes,
)
from duban.platform.ui.listing.choosing import LongSelect
from duban.platform.ui.listing.models import SavedView
from duban.platform.ui.listing.selectors import saved_views
from duban.platform.ui.listing.services import MOST_PER_LIST, view_delete, view_save
from tests.cast import World

pytestmark = pytest.mark.django_db


def _offices(actor: Actor) -> list[tuple[str, str]]:
    return [(path, path) for path in actor.office_paths()]


ESTATES = Listing(
    name="tests.estates",
    columns=(
        Column("code", "Code", sort="code", link=lambda row: f"/e/{row.code}"),
        Column("name", "Name", sort="name"),
        Column("office", "Office", path="office.name", sort="office__name"),
        Column("kind", "Kind", choices=dict(EstateKind.choices)),
        Column("area_m2", "Area", kind=Kind.NUMBER, places=2, unit="m²", sort="area_m2"),
        Column("grade_rank", "Rank", kind=Kind.NUMBER, sort="grade_rank", phone=False),
        Column("created_at", "Created", kind=Kind.DATETIME, sort="created_at", screen=False),
    ),
    filters=(
        ChoiceFilter("kind", "Kind", choices=EstateKind),
        ReferenceFilter("office", "Office", options=_offices, field="office__path"),
        DateFilter("created", "Created", field="created_at"),
        MonthFilter("month", "Month", field="created_at"),
        NumberFilter("area", "Area", field="area_m2"),
        TextFilter("city", "City"),
        BooleanFilter("ranked", "Ranked", apply=lambda rows, value: rows.filter(grade_rank__isnull=not value)),
    ),
    search=("name", "code", "office__name"),
    order="-area_m2",
    page_size=3,
    empty_title="No estate yet",
)


@pytest.fixture
def ask(world: World) -> Callable[..., HttpRequest]:
    """`ask(sort="name")`: a request of our group admin to the list."""

    def build(path: str = "/estates/", **query: str) -> HttpRequest:
        request = RequestFactory().get(path, query)
        cast("ActorRequest", request).actor = world.ours.actor("group_admin")
        return request

    return build


@pytest.fixture
def rows(world: World) -> Any:
    """Nine estates of ours with doubled areas and missing ranks; the two of the cast are left out."""
    Estate.objects.all().delete()
    for index in range(9):
        Estate.objects.create(
            office=world.ours.project if index % 2 else world.ours.project_two,
            name=f"翠湖{index}期",
            city="上海" if index < 5 else "苏州",
            kind=EstateKind.MALL if index == 4 else EstateKind.RESIDENTIAL,
            area_m2=Decimal(index // 2 * 100),
            grade_rank=index % 3 or None,
        )
    return Estate.objects.select_related("office")


def _follow(request: HttpRequest, url: str) -> HttpRequest:
    following = RequestFactory().get(url)
    cast("ActorRequest", following).actor = cast("ActorRequest", request).actor
    return following


def _keys(page: ListingPage) -> list[str]:
    return [row.key for row in page.rows]


@pytest.mark.parametrize(
    "sort",
    ["", "code", "-code", "name", "area_m2", "-area_m2", "grade_rank", "-grade_rank", "office", "-office", "-created_at"],
)
def test_paging_walks_all_rows_once_in_both_directions(ask: Callable[..., HttpRequest], rows: Any, sort: str) -> None:
    request = ask(**({"sort": sort} if sort else {}))
    pages = [ESTATES.page(request, rows)]
    while pages[-1].older_url:
        pages.append(ESTATES.page(_follow(request, pages[-1].older_url), rows))
    forward = [_keys(page) for page in pages]
    assert [len(keys) for keys in forward] == [3, 3, 3]
    assert len({key for keys in forward for key in keys}) == 9
    backward, page = [forward[-1]], pages[-1]
    while page.newer_url:
        page = ESTATES.page(_follow(request, page.newer_url), rows)
        backward.insert(0, _keys(page))
    assert backward == forward


@pytest.mark.parametrize("sort", ["", "-name", "office"])
def test_a_long_list_shows_the_same_pages(ask: Callable[..., HttpRequest], rows: Any, sort: str) -> None:
    long = replace(ESTATES, is_long=True)
    seen, request = [], ask(sort=sort)
    while True:
        plain, page = ESTATES.page(request, rows), long.page(request, rows.select_related("office"))
        assert _keys(page) == _keys(plain)
        assert page.total == plain.total
        seen += _keys(page)
        if not page.older_url:
            break
        request = _follow(request, page.older_url)
    assert len(seen) == len(set(seen)) == rows.count()


def test_empty_sort_values_come_last_both_ways(ask: Callable[..., HttpRequest], rows: Any) -> None:
    listing_rows = [row.grade_rank for row in ESTATES.narrowed(rows, ESTATES.read(ask())).order_by("pk")]
    assert listing_rows.count(None) == 3
    for sort in ("grade_rank", "-grade_rank"):
        page = ESTATES.page(ask(sort=sort), rows)
        assert all(row.cells[5].value != "–" for row in page.rows)


def test_page_after_inserted_row_neither_repeats_nor_skips(ask: Callable[..., HttpRequest], rows: Any, world: World) -> None:
    request = ask(sort="name")
    first = ESTATES.page(request, rows)
    Estate.objects.create(office=world.ours.project, name="一期", city="上海")
    second = ESTATES.page(_follow(request, first.older_url), rows)
    assert [row.cells[1].value for row in second.rows] == ["翠湖3期", "翠湖4期", "翠湖5期"]


def test_altered_cursor_shows_the_first_page(ask: Callable[..., HttpRequest], rows: Any) -> None:
    first = ESTATES.page(ask(), rows)
    assert _keys(ESTATES.page(ask(after="nonsense"), rows)) == _keys(first)
    of_another_order = ESTATES.page(ask(sort="name"), rows).older_url.split("after=")[1]
    assert _keys(ESTATES.page(ask(after=of_another_order), rows)) == _keys(first)


def test_cells_are_formatted_and_units_stand_in_the_head(ask: Callable[..., HttpRequest], rows: Any) -> None:
    page = ESTATES.page(ask(sort="name"), rows)
    assert [head.label for head in page.columns] == ["Code", "Name", "Office", "Kind", "Area (m²)", "Rank"]
    area = page.rows[2].cells[4]
    assert (area.value, area.align) == ("100.00", "end")
    assert page.rows[0].cells[0].url == f"/e/{page.rows[0].key}"
    assert [head.sorted for head in page.columns if head.sorted] == ["ascending"]
    assert page.columns[5].phone is False


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "翠湖4"}, 1),
        ({"q": "翠湖 二项目部"}, 5),
        ({"q": "a\x00b"}, 0),
        ({"kind": "mall"}, 1),
        ({"kind": "nonsense"}, 9),
        ({"area_from": "100", "area_to": "200"}, 4),
        ({"created_from": "2026-11-23", "created_to": "2026-11-23"}, 9),
        ({"created_to": "2026-11-22"}, 0),
        ({"created_from": "no date"}, 9),
        ({"created_to": "9999-12-31"}, 9),
        ({"created_from": "0001-01-01"}, 9),
        ({"month": "2026-11"}, 9),
        ({"month": "2026-10"}, 0),
        ({"month": "2026-13"}, 9),
        ({"city": "苏"}, 4),
        ({"ranked": "yes"}, 6),
        ({"ranked": "no"}, 3),
    ],
)
def test_filters_narrow(ask: Callable[..., HttpRequest], rows: Any, query: dict[str, str], count: int) -> None:
    assert ESTATES.page(ask(**query), rows).total == count


def test_reference_filter_offers_what_the_selector_gives(ask: Callable[..., HttpRequest], rows: Any, world: World) -> None:
    path = world.ours.root.path
    page = ESTATES.page(ask(office=path), rows)
    assert page.total == 0
    assert [chip.label for chip in page.chips] == [f"Office: {path}"]
    assert ESTATES.page(ask(office=world.theirs.root.path), rows).total == 9


def test_chips_remove_one_filter_and_keep_the_rest(ask: Callable[..., HttpRequest], rows: Any) -> None:
    page = ESTATES.page(ask(q="翠湖", kind="mall", created_from="2026-01-01", sort="name"), rows)
    assert [chip.label for chip in page.chips] == ["“翠湖”", "Kind: Shopping centre", "Created: 2026-01-01 – …"]
    assert page.chips[1].url == "/estates/?q=%E7%BF%A0%E6%B9%96&created_from=2026-01-01&sort=name"


def test_empty_filters_do_not_clutter_addresses(ask: Callable[..., HttpRequest], rows: Any) -> None:
    page = ESTATES.page(ask(q="", kind="mall", city=""), rows)
    assert page.exports[0].url == "/estates/?kind=mall&export=xlsx"


def test_wrong_filter_value_is_named(ask: Callable[..., HttpRequest], rows: Any) -> None:
    page = ESTATES.page(ask(created_from="no date"), rows)
    assert page.filter_form.errors == {"created_from": ["Enter a valid date."]}


def test_empty_list_tells_what_to_do_only_without_filters(ask: Callable[..., HttpRequest], rows: Any) -> None:
    assert ESTATES.page(ask(), rows.none()).empty_title == "No estate yet"
    assert ESTATES.page(ask(q="x"), rows).empty_title == ""


def test_total_is_capped(ask: Callable[..., HttpRequest], rows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duban.platform.ui.listing.listing.COUNTED_UP_TO", 5)
    page = ESTATES.page(ask(), rows)
    assert (page.total, page.is_total_more) == (5, True)


def test_queries_are_flat(ask: Callable[..., HttpRequest], rows: Any) -> None:
    counts = []
    for narrow in ({"name": "翠湖1期"}, {}):
        with CaptureQueriesContext(connection) as captured:
            ESTATES.page(ask(), rows.filter(**narrow))
        counts.append(len([query for query in captured if "role" not in query["sql"]]))
    assert counts == [2, 3]


def test_csv_export_holds_all_filtered_rows(ask: Callable[..., HttpRequest], rows: Any) -> None:
    Estate.objects.filter(name="翠湖8期").update(name="=1+1")
    response = ESTATES.answer(ask(export="csv", sort="-name", city="苏"), rows, "unused.html")
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(cast("Any", response.streaming_content)).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert table[0] == ["Code", "Name", "Office", "Kind", "Area (m²)", "Rank", "Created"]
    assert [line[1] for line in table[1:]] == ["翠湖7期", "翠湖6期", "翠湖5期", "'=1+1"]
    assert table[1][4] == "300.00"


def test_excel_export_keeps_types(ask: Callable[..., HttpRequest], rows: Any) -> None:
    Estate.objects.filter(name="翠湖0期").update(name="=1+1")
    response = ESTATES.answer(ask(export="xlsx", sort="code"), rows, "unused.html")
    assert isinstance(response, FileResponse)
    content = io.BytesIO(b"".join(cast("Any", response.streaming_content)))
    response.close()
    table = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert len(table) == 10
    assert table[1][1] == "=1+1"
    assert table[4][4] == 100.0


def test_export_above_the_limit_is_refused(ask: Callable[..., HttpRequest], rows: Any, settings: Any) -> None:
    settings.DUBAN_EXPORT_ROW_LIMIT = 8
    with pytest.raises(Invalid, match="more than 8 rows"):
        ESTATES.answer(ask(export="xlsx"), rows, "unused.html")


def test_fragment_for_htmx(ask: Callable[..., HttpRequest], rows: Any) -> None:
    request = ask()
    request.META["HTTP_HX_TARGET"] = "div#listing-results"
    response = cast("HttpResponse", ESTATES.answer(request, rows, "unused.html"))
    text = response.content.decode()
    assert text.count("<tr") == 4
    assert "<html" not in text
    assert "HX-Target" in response["Vary"]
    assert 'class="num phone-hide"' in text


def test_bulk_action_is_drawn_for_holders_only(ask: Callable[..., HttpRequest], rows: Any) -> None:
    listing = Listing(
        name="tests.bulk",
        columns=(Column("code", "Code"),),
        order="code",
        bulk=(
            BulkAction("one", "One", url_name="listings:save", permission="estates.edit"),
            BulkAction("two", "Two", url_name="listings:save", permission="nobody.holds"),
        ),
    )
    assert [action.label for action in listing.page(ask(), rows).bulk_actions] == ["One"]


def test_selected_codes_are_bounded() -> None:
    chosen = RequestFactory().post("/", {"selected": ["B", "A", "B", ""]})
    assert selected_codes(chosen) == ("B", "A")
    with pytest.raises(Invalid):
        selected_codes(RequestFactory().post("/", {}))
    with pytest.raises(Invalid):
        selected_codes(RequestFactory().post("/", {"selected": [str(number) for number in range(501)]}))


def test_back_to_list_keeps_the_filters_and_never_leaves_the_site() -> None:
    def back(referer: str) -> str:
        request = RequestFactory().post("/", headers={"Referer": referer})
        SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
        MessageMiddleware(lambda _request: HttpResponse()).process_request(request)
        return back_to_list(request, "listings:save", message="Done")["Location"]

    assert back("http://testserver/views/save/?q=x") == "http://testserver/views/save/?q=x"
    assert back("http://evil.example/views/save/") == "/views/save/"


def test_url_of_a_filtered_list() -> None:
    assert ESTATES.url("listings:save", kind="mall", q="") == "/views/save/?kind=mall"


def test_saved_view_is_kept_and_deleted(client_as: Callable[[str], Any], world: World) -> None:
    client = client_as("finance")
    sent = {"listing": "tests.estates", "title": " 上海  商场 ", "query": "kind=mall", "path": "/estates/"}
    assert client.post("/views/save/", sent)["Location"] == "/estates/?kind=mall"
    client.post("/views/save/", {**sent, "query": "kind=office"})
    view = SavedView.objects.get()
    assert (view.title, view.query, view.person_id) == ("上海 商场", "kind=office", world.ours.person("finance").pk)
    assert client_as("auditor").post(f"/views/{view.pk}/delete/", {"path": "/estates/"}).status_code == 404
    assert SavedView.objects.count() == 1
    assert client.post(f"/views/{view.pk}/delete/", {"path": "//evil.example/"})["Location"] == "/"
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 61}, {"query": "x" * 2001}])
def test_saved_view_is_refused(client_as: Callable[[str], Any], wrong: dict[str, str]) -> None:
    sent = {"listing": "tests.estates", "title": "A", "query": "", "path": "/estates/", **wrong}
    assert client_as("finance").post("/views/save/", sent).status_code == 422
    assert SavedView.objects.count() == 0


def test_saved_views_are_offered_on_the_page(ask: Callable[..., HttpRequest], rows: Any, world: World) -> None:
    mine = world.ours.person("group_admin")
    SavedView.objects.create(person=mine, listing="tests.estates", title="商场", query="kind=mall")
    SavedView.objects.create(person=world.ours.person("finance"), listing="tests.estates", title="其他", query="")
    page = ESTATES.page(ask(kind="mall"), rows)
    assert page.saved is not None
    assert [(link.label, link.url, link.is_current) for link in page.saved.links] == [("商场", "/estates/?kind=mall", True)]


class Choosing(forms.Form):
    line = forms.ChoiceField(choices=[("", "All"), ("1", "A & B"), ("2", "<C>")], required=False, widget=LongSelect)


def test_a_long_choice_escapes_its_options_and_marks_the_chosen_one():
    assert str(Choosing({"line": "2"})["line"]) == (
        '<select id="id_line" name="line"><option value="">All</option><option value="1">A &amp; B</option>'
        '<option value="2" selected>&lt;C&gt;</option></select>'
    )
    assert '<option value="" selected>All</option>' in str(Choosing()["line"])


def test_views_belong_to_people(world: World) -> None:
    system = system_actor(world.ours.root.path)
    assert saved_views(system, "x.list", "/x/", "a=1") is None
    with pytest.raises(NotAllowed):
        view_save(actor=system, listing="x.list", title="x", query="a=1")
    with pytest.raises(NotFound):
        view_delete(actor=system, key=1)


def test_a_list_keeps_so_many_views_and_no_more(world: World) -> None:
    finance = world.ours.actor("finance")
    for number in range(MOST_PER_LIST):
        view_save(actor=finance, listing="x.list", title=f"v{number}", query="a=1")
    with pytest.raises(Invalid):
        view_save(actor=finance, listing="x.list", title="one more", query="a=1")
    view_save(actor=finance, listing="x.list", title="v0", query="a=2")
    assert SavedView.objects.filter(listing="x.list").count() == MOST_PER_LIST
