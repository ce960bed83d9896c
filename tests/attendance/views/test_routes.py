import pytest

from duban.attendance.models import Route
from tests.factories.attendance import make_route
from tests.factories.inspections import make_line, make_place


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


def sent(*points, do="save", **more):
    form = {
        "name": "夜间巡更",
        "starts": "22:00，02：00",
        "order": "strict",
        "is_active": "on",
        "gap": "12",
        "window": "30",
        **more,
    }
    form |= {"points-TOTAL_FORMS": str(len(points)), "points-INITIAL_FORMS": "0"}
    for number, (place, opens, closes, metres) in enumerate(points):
        row = {"place": place, "opens": opens, "closes": closes, "metres": metres}
        form |= {f"points-{number}-{name}": str(value) for name, value in row.items()}
    return {**form, "do": do}


def test_the_office_draws_a_route_and_changes_it(client_as, line):
    client = client_as("quality_manager")
    assert "Draw a route" in client.get("/attendance/routes/").content.decode()
    chosen = client.post("/attendance/routes/new/", {"line": line.pk})
    assert chosen.headers["Location"] == f"/attendance/routes/new/?line={line.pk}"
    gate, wall = make_place(line.estate, "东门"), make_place(line.estate, "西门")
    page = client.get(chosen.headers["Location"])
    assert (page.status_code, page.content.decode().count("data-point=")) == (200, 3)
    made = client.post(chosen.headers["Location"], sent((gate.pk, 0, 30, ""), (wall.pk, 12, 42, 150)))
    route = Route.objects.get()
    assert (made.headers["Location"], route.starts) == (f"/attendance/routes/{route.code}/", ["22:00", "02:00"])
    detail = client.get(made.headers["Location"]).content.decode()
    assert "12–42 min" in detail
    assert "150 m" in detail
    edit = f"{made.headers['Location']}edit/"
    assert client.get(edit).content.decode().count("data-point=") == 2
    client.post(edit, sent((wall.pk, 0, 30, ""), order="free"))
    route.refresh_from_db()
    assert (route.points.count(), route.is_ordered) == (1, False)


@pytest.mark.parametrize(
    ("do", "order", "opens"),
    [
        ("up.1", [1, 0], ["0", "40"]),
        ("down.0", [1, 0], ["0", "40"]),
        ("up.0", [0, 1], ["0", "40"]),
        ("down.9", [0, 1], ["0", "40"]),
        ("drop.0", [1], ["40"]),
        ("space", [0, 1], ["0", "12"]),
        ("nonsense", [0, 1], ["0", "40"]),
    ],
)
def test_buttons_change_the_points_and_save_nothing(client_as, line, do, order, opens):
    places = [make_place(line.estate, name).pk for name in ("东门", "西门")]
    form = sent((places[0], 0, 30, ""), (places[1], 40, 70, ""), do=do)
    page = client_as("quality_manager").post(f"/attendance/routes/new/?line={line.pk}", form)
    assert page.status_code == 200
    rows = page.context["editor"].points.initial
    assert [int(row["place"]) for row in rows] == [places[number] for number in order]
    assert [str(row["opens"]) for row in rows] == opens
    assert not Route.objects.exists()


def test_a_point_is_added_and_what_cannot_be_spaced_stays(client_as, line):
    client, place = client_as("quality_manager"), make_place(line.estate, "东门").pk
    address = f"/attendance/routes/new/?line={line.pk}"
    added = client.post(address, sent((place, 0, 30, ""), do="add")).context["editor"].points.initial
    assert added[1:] == [{}]
    kept = client.post(address, sent((place, "x", 30, ""), do="space")).context["editor"].points.initial
    assert kept[0]["opens"] == "x"
    odd = client.post(address, {**sent(do="add"), "points-TOTAL_FORMS": "many"})
    assert odd.context["editor"].points.initial == [{}]


def test_a_faulty_route_is_shown_again_with_its_faults(client_as, line):
    client, place = client_as("quality_manager"), make_place(line.estate, "东门").pk
    address = f"/attendance/routes/new/?line={line.pk}"
    for form, words in (
        (sent((place, 0, 30, ""), (place, 30, 60, "")), "A place may stand on a route only once."),
        (sent((place, "", 30, "")), "This field is required."),
        (sent((place, 0, 30, ""), starts="25:00"), "Write when the rounds begin"),
    ):
        page = client.post(address, form)
        assert (page.status_code, words in page.content.decode()) == (422, True)
    assert client.post("/attendance/routes/new/", {"line": "999999"}).status_code == 422
    assert not Route.objects.exists()


def test_vendors_read_their_routes_and_draw_none(client_as, line):
    route = make_route(line)
    vendor = client_as("vendor_manager")
    page = vendor.get(f"/attendance/routes/{route.code}/").content.decode()
    assert "/edit/" not in page
    assert vendor.get(f"/attendance/routes/{route.code}/edit/").status_code == 403
    assert vendor.get("/attendance/routes/new/").status_code == 403
    assert "Draw a route" not in vendor.get("/attendance/routes/").content.decode().replace("Draw a route:", "")
    assert client_as("rival_manager").get(f"/attendance/routes/{route.code}/").status_code == 404


def test_a_route_without_points_can_be_read(client_as, line):
    route = Route.objects.create(line=line, name="空", is_active=False)
    page = client_as("auditor").get(f"/attendance/routes/{route.code}/").content.decode()
    assert "Out of use" in page


def test_routes_are_flat(client_as, line, flat_queries):
    client, names = client_as("auditor"), iter(range(20))
    flat_queries.check(
        "attendance.routes",
        visit=lambda: client.get("/attendance/routes/"),
        add_row=lambda: make_route(line, name=f"路 {next(names)}"),
    )
