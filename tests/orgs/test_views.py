import pytest
from django.contrib.auth import authenticate

from duban.orgs.models import Person, RoleGrant, Unit
from duban.platform.tokens.models import ApiToken

PAGES = (
    "/orgs/units/",
    "/orgs/units/new/",
    "/orgs/people/",
    "/orgs/people/new/",
    "/orgs/matrix/",
    "/settings/",
    "/settings/audit/",
    "/settings/jobs/",
    "/settings/parameters/",
    "/settings/parameters/new/",
    "/orgs/me/",
    "/orgs/me/tokens/new/",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_administrator_opens_every_page(world, client_as, address, language):
    client = client_as("group_admin")
    client.cookies["django_language"] = language
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_page_needs_a_sign_in(client, db, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("address", "role", "status"),
    [
        ("/orgs/units/", "finance", 200),
        ("/orgs/units/", "vendor_manager", 403),
        ("/orgs/units/new/", "finance", 403),
        ("/orgs/people/", "vendor_manager", 403),
        ("/orgs/people/new/", "finance", 403),
        ("/orgs/matrix/", "outside_counsel", 403),
        ("/settings/audit/", "finance", 403),
        ("/settings/audit/", "auditor", 200),
        ("/settings/", "vendor_worker", 200),
        ("/orgs/me/", "stranger", 200),
    ],
)
def test_page_opens_for_who_may(world, client_as, address, role, status):
    assert client_as(role).get(address).status_code == status


def test_unit_pages(world, client_as):
    client, code = client_as("group_admin"), world.ours.project.code
    assert "甲一项目部" in client.get(f"/orgs/units/{code}/").text
    assert client.get(f"/orgs/units/{code}/edit/").status_code == 200
    assert client.post(f"/orgs/units/{code}/edit/", {"name": "新名"})["Location"] == f"/orgs/units/{code}/"
    assert client.post(f"/orgs/units/{code}/edit/", {"name": ""}).status_code == 422
    assert client.get(f"/orgs/units/{code}/move/").status_code == 200
    assert client.post(f"/orgs/units/{code}/move/", {"parent": world.ours.root.code}).status_code == 302
    assert Unit.objects.get(code=code).parent == world.ours.root


def test_unit_is_founded_by_page(world, client_as):
    form = {"parent": world.ours.city.code, "kind": "project", "name": "三项目部", "city": "上海"}
    client = client_as("group_admin")
    response = client.post("/orgs/units/new/", form)
    unit = Unit.objects.get(name="三项目部")
    assert response["Location"] == f"/orgs/units/{unit.code}/"
    wrong = client.post("/orgs/units/new/", {**form, "parent": world.ours.project.code, "kind": "city"})
    assert (wrong.status_code, "This kind of unit cannot stand there." in wrong.text) == (422, True)


@pytest.mark.parametrize("role", ["their group_admin", "stranger"])
def test_unit_of_another_company_is_not_found(world, client_as, role):
    code = world.ours.project.code
    client = client_as(role)
    assert client.get(f"/orgs/units/{code}/").status_code == 404
    assert client.post(f"/orgs/units/{code}/edit/", {"name": "x"}).status_code == 404
    assert client.post(f"/orgs/units/{code}/move/", {"parent": "x"}).status_code == 404
    assert Unit.objects.get(code=code).name == "甲一项目部"


def test_account_is_made_by_page(world, client_as):
    form = {
        "username": "li.na",
        "name": "李娜",
        "language": "en",
        "unit": world.ours.project.code,
        "role": "quality_inspector",
        "from_on": "2026-11-23",
    }
    client = client_as("group_admin")
    response = client.post("/orgs/people/new/", form)
    password = response.context["password"]
    assert authenticate(username="li.na", password=password) == Person.objects.get(username="li.na")
    assert password in response.text
    again = client.post("/orgs/people/new/", form)
    assert (again.status_code, "This user name is taken." in again.text) == (422, True)


def test_person_pages(world, client_as):
    person = world.person("finance")
    base = f"/orgs/people/{person.username}/"
    client = client_as("group_admin")
    assert (
        client.get(base).status_code == client.get(f"{base}edit/").status_code == client.get(f"{base}grant/").status_code == 200
    )
    assert client.post(f"{base}edit/", {"name": "王芳", "language": "en"})["Location"] == base
    assert client.post(f"{base}edit/", {"name": ""}).status_code == 422
    assert client.post(f"{base}close/", {"note": "离职"})["Location"] == base
    assert Person.objects.get(pk=person.pk).is_active is False
    assert client.post(f"{base}open/")["Location"] == base
    assert authenticate(username=person.username, password=client.post(f"{base}password/").context["password"]) is not None


def test_role_is_granted_and_ended_by_page(world, client_as):
    person = world.person("finance")
    base = f"/orgs/people/{person.username}/"
    client = client_as("group_admin")
    form = {"unit": world.ours.city.code, "role": "auditor", "from_on": "2026-11-01"}
    assert client.post(f"{base}grant/", form)["Location"] == base
    grant = RoleGrant.objects.get(person=person, role="auditor")
    assert client.post(f"{base}grant/", form).status_code == 422
    assert client.post(f"{base}grant/{grant.pk}/end/", {"note": "调岗"})["Location"] == base
    grant.refresh_from_db()
    assert grant.until_on is not None


@pytest.mark.parametrize(
    ("path", "form"),
    [("edit/", {"name": "x"}), ("close/", {"note": "x"}), ("open/", {}), ("password/", {}), ("grant/", {"role": "auditor"})],
)
@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 403), ("their group_admin", 404), ("vendor_manager", 404), ("stranger", 404)]
)
def test_person_is_changed_only_by_who_may(world, client_as, path, form, role, status):
    person = world.person("finance")
    if path == "edit/":
        form = {"name": "x", "language": "en"}
    assert client_as(role).post(f"/orgs/people/{person.username}/{path}", form).status_code == status
    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.name, fresh.is_active, fresh.grants.count()) == (person.name, True, 1)


def test_people_list_is_filtered_and_exported(world, client_as):
    client = client_as("group_admin")
    text = client.get("/orgs/people/?role=finance").text
    assert world.person("finance").username in text
    assert world.person("auditor").username not in text
    exported = client.get("/orgs/people/?export=csv")
    content = b"".join(exported.streaming_content).decode("utf-8-sig") if exported.streaming else exported.text
    assert world.person("finance").username in content
    assert world.person("their finance").username not in content


def test_people_cost_the_same_however_many(world, client_as, flat_queries):
    from tests.factories.orgs import RoleGrantFactory

    client = client_as("group_admin")
    flat_queries.check(
        "orgs.people", visit=lambda: client.get("/orgs/people/"), add_row=lambda: RoleGrantFactory(unit=world.ours.city)
    )


def test_tree_costs_the_same_however_large(world, client_as, flat_queries):
    from tests.factories.orgs import UnitFactory

    client = client_as("group_admin")
    flat_queries.check(
        "orgs.tree", visit=lambda: client.get("/orgs/units/"), add_row=lambda: UnitFactory(parent=world.ours.city)
    )


def test_own_profile(world, client_as):
    client = client_as("vendor_worker")
    response = client.post("/orgs/me/", {"email": "w@example.com", "language": "zh-hans"})
    assert (response.status_code, response.cookies["django_language"].value) == (302, "zh-hans")
    assert client.post("/orgs/me/", {"email": "nonsense", "language": "en"}).status_code == 422
    assert Person.objects.get(pk=world.person("vendor_worker").pk).email == "w@example.com"


def test_token_of_ones_own(world, client_as):
    client = client_as("finance")
    form = {"name": "ledger", "expires_on": "2027-01-01", "codes": ["settlement.view"]}
    response = client.post("/orgs/me/tokens/new/", form)
    token = ApiToken.objects.get()
    assert response.context["secret"] in response.text
    assert (token.person, token.codes) == (world.person("finance"), ["settlement.view"])
    assert client.post("/orgs/me/tokens/new/", form).status_code == 422
    assert client.post("/orgs/me/tokens/new/", {**form, "codes": ["scorecards.close"]}).status_code == 422
    assert client_as("auditor").post(f"/orgs/me/tokens/{token.hint}/end/").status_code == 404
    assert client.post(f"/orgs/me/tokens/{token.hint}/end/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_language_is_remembered(world, client_as, client):
    response = client_as("finance").post("/language/", {"language": "zh-hans", "next": "/settings/"})
    assert (response["Location"], response.cookies["django_language"].value) == ("/settings/", "zh-hans")
    assert Person.objects.get(pk=world.person("finance").pk).language == "zh-hans"
    assert client_as("finance").post("/language/", {"language": "fr"}).status_code == 302
    assert Person.objects.get(pk=world.person("finance").pk).language == "zh-hans"
    assert client.post("/language/", {"language": "en", "next": "/accounts/login/"}).cookies["django_language"].value == "en"
