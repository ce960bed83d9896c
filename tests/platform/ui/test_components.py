from duban.kernel.states import Move, StateTable, Tone
from duban.platform.ui.components import Action, Badge, ColumnHead, ListingPage, actions_of, badge_of, stations

TABLE = StateTable(
    name="thing",
    labels={"draft": "Draft", "done": "Done"},
    tones={"draft": Tone.NEUTRAL, "done": Tone.GOOD},
    initial="draft",
    moves=(Move("finish", "Finish", frozenset({"draft"}), "done", "things.finish", needs_note=True),),
)


def test_badge_of_state() -> None:
    assert badge_of(TABLE, "done") == Badge("Done", Tone.GOOD)


def test_actions_of_moves() -> None:
    found = actions_of(TABLE.moves_from("draft"), lambda name: f"/things/1/{name}/", primary="finish")
    assert found == [Action("Finish", "/things/1/finish/", tone="primary", needs_note=True)]
    assert found[0].asks
    assert not found[0].is_link
    assert actions_of(TABLE.moves_from("done"), str) == []


def test_link_action() -> None:
    action = Action("Compare", "/x/", method="get")
    assert action.is_link
    assert not action.asks


def test_stations_keep_their_order_and_light_one() -> None:
    found = stations({"task": ("62", "/tasks/")}, current="score")
    assert [place.key for place in found] == [
        "standard",
        "clause",
        "task",
        "evidence",
        "finding",
        "score",
        "settlement",
        "grade",
        "tender",
    ]
    assert [place.key for place in found if place.current] == ["score"]
    assert (found[2].detail, found[2].url) == ("62", "/tasks/")


def test_listing_columns_know_whether_they_sort() -> None:
    heads = (ColumnHead("a", "Name"), ColumnHead("b", "Score", sort_url="?sort=b"))
    page = ListingPage(columns=heads, rows=())
    assert [head.is_sortable for head in page.columns] == [False, True]
