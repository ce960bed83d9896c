import pytest

from duban.estates.models import Estate, Place, Post
from tests.factories.estates import EstateFactory, PlaceFactory, PostFactory

ENTERED = {
    "name": "三号花园",
    "kind": "residential",
    "city": "上海",
    "area_m2": "1000",
    "household_count": "10",
    "grade_scheme": "中物协[2004]1号",
    "grade_level": "二级",
}


def test_list_is_flat_and_shows_only_ours(client_as, flat_queries, world):
    client = client_as("group_admin")
    flat_queries.check(
        "estates.list", visit=lambda: client.get("/estates/"), add_row=lambda: EstateFactory(office=world.ours.project)
    )
    page = client.get("/estates/").content.decode()
    assert world.ours.estate.name in page
    assert world.theirs.estate.name not in page


def test_detail_is_flat(client_as, flat_queries, world):
    client = client_as("group_admin")
    place = PlaceFactory(estate=world.ours.estate)
    flat_queries.check(
        "estates.detail",
        visit=lambda: client.get(f"/estates/{world.ours.estate.code}/"),
        add_row=lambda: (PlaceFactory(estate=world.ours.estate), PostFactory(estate=world.ours.estate, place=place)),
    )


def test_post_list_is_flat(client_as, flat_queries, world):
    client = client_as("group_admin")
    flat_queries.check(
        "estates.post_list", visit=lambda: client.get("/estates/posts/"), add_row=lambda: PostFactory(estate=world.ours.estate)
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [("group_admin", 200), ("finance", 200), ("vendor_manager", 403), ("their group_admin", 404), ("stranger", 403)],
)
def test_who_sees_an_estate(client_as, world, role, status):
    place = PlaceFactory(estate=world.ours.estate)
    client = client_as(role)
    code = world.ours.estate.code
    for path in (
        f"/estates/{code}/",
        f"/estates/{code}/labels/",
        f"/estates/places/{place.tag}/",
        f"/estates/places/{place.tag}/children/",
    ):
        assert client.get(path).status_code == status, path


def test_entering_an_estate(client_as, world):
    response = client_as("group_admin").post("/estates/new/", {**ENTERED, "office": world.ours.project.pk})
    estate = Estate.objects.get(name="三号花园")
    assert (response.status_code, response.url) == (302, f"/estates/{estate.code}/")
    assert (estate.office, estate.grade_rank) == (world.ours.project, 2)


@pytest.mark.parametrize("wrong", [{"grade_level": "九级"}, {"area_m2": "-1"}, {"name": ""}, {"kind": "castle"}])
def test_a_refused_estate_changes_nothing(client_as, world, wrong):
    count = Estate.objects.count()
    response = client_as("group_admin").post("/estates/new/", {**ENTERED, "office": world.ours.project.pk, **wrong})
    assert (response.status_code, Estate.objects.count()) == (422, count)


def test_an_estate_cannot_be_entered_at_a_foreign_office(client_as, world):
    count = Estate.objects.count()
    response = client_as("group_admin").post("/estates/new/", {**ENTERED, "office": world.theirs.project.pk})
    assert (response.status_code, Estate.objects.count()) == (422, count)


def test_a_doubled_name_is_refused_with_the_form(client_as, world):
    response = client_as("group_admin").post(
        "/estates/new/", {**ENTERED, "office": world.ours.project.pk, "name": world.ours.estate.name}
    )
    assert response.status_code == 422


def test_who_may_not_edit_is_refused(client_as, world):
    code = world.ours.estate.code
    client = client_as("finance")
    place = PlaceFactory(estate=world.ours.estate)
    post = PostFactory(estate=world.ours.estate)
    for path in (
        "/estates/new/",
        f"/estates/{code}/edit/",
        f"/estates/{code}/places/new/",
        f"/estates/{code}/posts/new/",
        f"/estates/places/{place.tag}/edit/",
        f"/estates/posts/{post.code}/edit/",
    ):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {}).status_code == 403, path


def test_editing_an_estate_shows_and_saves_its_fields(client_as, world):
    client = client_as("group_admin")
    path = f"/estates/{world.ours.estate.code}/edit/"
    assert world.ours.estate.name in client.get(path).content.decode()
    assert client.post(path, {**ENTERED, "name": "改名花园"}).status_code == 302
    assert Estate.objects.get(pk=world.ours.estate.pk).name == "改名花园"


def test_adding_moving_and_relabelling_a_place(client_as, world):
    client = client_as("group_admin")
    estate = world.ours.estate
    tower = PlaceFactory(estate=estate, name="1 栋")
    client.post(
        f"/estates/{estate.code}/places/new/", {"parent": tower.pk, "kind": "floor", "name": "2 层", "household_count": "4"}
    )
    floor = Place.objects.get(name="2 层")
    assert floor.path == f"{tower.path}{floor.pk}/"
    client.post(f"/estates/places/{floor.tag}/edit/", {"parent": "", "kind": "area", "name": "屋面", "household_count": "0"})
    moved = Place.objects.get(pk=floor.pk)
    assert (moved.name, moved.path, moved.parent) == ("屋面", f"/{floor.pk}/", None)
    response = client.post(f"/estates/places/{floor.tag}/new-code/")
    fresh = Place.objects.get(pk=floor.pk).tag
    assert fresh != floor.tag
    assert response.url == f"/estates/places/{fresh}/"
    assert client.get(f"/estates/places/{floor.tag}/").status_code == 404
    assert b"<svg" in client.get(f"/estates/{estate.code}/labels/?under={fresh}").content


def test_adding_and_changing_a_post(client_as, world):
    client = client_as("group_admin")
    entered = {
        "service_line": "security",
        "name": "东门夜岗",
        "hours_per_week": "84",
        "heads": "1",
        "crew_size": "1",
        "pattern": "1x12",
        "fence": "block",
        "required_credentials": ["guard"],
        "grace_minutes": "5",
        "is_night": "on",
        "is_active": "on",
    }
    client.post(f"/estates/{world.ours.estate.code}/posts/new/", entered)
    post = Post.objects.get(name="东门夜岗")
    assert (post.is_night, post.hours_per_week) == (True, 84)
    assert (post.fence, post.required_credentials, post.grace_minutes) == ("block", ["guard"], 5)
    assert "Below the lawful floor" in client.get(f"/estates/{world.ours.estate.code}/").content.decode()
    client.post(f"/estates/posts/{post.code}/edit/", {**entered, "heads": "2"})
    post.refresh_from_db()
    assert post.heads == 2
    assert client.post(f"/estates/posts/{post.code}/edit/", {**entered, "hours_per_week": "169"}).status_code == 422
