import json

from duban.estates.models import Estate, Place, Post


def send(client, method, path, payload):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(payload), content_type="application/json")


def test_estates_places_and_posts(client_as, world):
    client = client_as("group_admin")
    made = send(
        client, "post", "/estates/", {"office": world.ours.project.code, "name": "三园", "city": "上海", "area_m2": "10"}
    )
    assert made.status_code == 201, made.content
    code = made.json()["code"]
    assert client.get(f"/api/v1/estates/{code}").json()["name"] == "三园"
    assert send(client, "put", f"/estates/{code}", {"name": "四园", "city": "上海"}).json()["name"] == "四园"
    place = send(client, "post", f"/estates/{code}/places", {"kind": "building", "name": "1 栋"}).json()
    post = {"service_line": "security", "name": "东门", "hours_per_week": "84", "place": place["tag"]}
    assert send(client, "post", f"/estates/{code}/posts", post).status_code == 201
    assert send(client, "post", f"/estates/{code}/posts", {**post, "service_line": "magic"}).status_code == 422
    assert [row["name"] for row in client.get(f"/api/v1/estates/{code}/places").json()] == ["1 栋"]
    assert [row["name"] for row in client.get(f"/api/v1/estates/{code}/posts").json()] == ["东门"]
    assert (Estate.objects.filter(name="四园").count(), Place.objects.count(), Post.objects.count()) == (1, 1, 1)
    assert client_as("their group_admin").get(f"/api/v1/estates/{code}").status_code == 404
    assert send(client_as("finance"), "put", f"/estates/{code}", {"name": "五园", "city": "上海"}).status_code == 403


def test_pages_of_the_api_go_on_after_a_code(client_as, world):
    client = client_as("group_admin")
    first = client.get("/api/v1/estates/?limit=1").json()
    second = client.get(f"/api/v1/estates/?limit=5&after={first[0]['code']}").json()
    assert [row["name"] for row in first + second] == [world.ours.estate.name, world.ours.estate_two.name]
