import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.kernel.actor import system_actor
from duban.standards.models import Checklist, LicenceRule, Standard
from duban.standards.selectors import current_form
from duban.standards.services import install_defaults
from tests.factories.standards import ChecklistFactory, LicenceRuleFactory, StandardFactory, StandardItemFactory
from tests.platform.test_files import picture
from tests.standards.xlsforms import asks, workbook


@pytest.fixture
def standard(world):
    standard = StandardFactory(tenant=world.ours.root, key="cleaning-x")
    StandardItemFactory(standard=standard, key="floors.handrail", is_red_line=True)
    return standard


def test_overview_is_flat(client_as, flat_queries, world):
    client = client_as("finance")

    def add_row():
        StandardItemFactory(standard=StandardFactory(tenant=world.ours.root))

    flat_queries.check("standards.list", visit=lambda: client.get("/standards/"), add_row=add_row)
    flat_queries.check("standards.register", visit=lambda: client.get("/standards/all/"), add_row=add_row)


def test_detail_is_flat(client_as, flat_queries, standard):
    client = client_as("quality_manager")
    flat_queries.check(
        "standards.detail",
        visit=lambda: client.get(f"/standards/{standard.code}/"),
        add_row=lambda: (StandardItemFactory(standard=standard), ChecklistFactory(standard=standard)),
    )


def test_every_page_shows_the_built_in_standards(client_as, world):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    client = client_as("quality_manager")
    page = client.get(f"/standards/{Standard.objects.get(key='security-1').code}/").content.decode()
    assert "Main gate manned" in page
    assert "Around the clock" in page
    for path in (
        "/standards/",
        "/standards/all/",
        "/standards/licences/",
        "/standards/cleaning-levels/",
        "/standards/checklists/",
        f"/standards/vendors/{world.ours.vendor.code}/",
    ):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("quality_manager", 200),
        ("vendor_worker", 200),
        ("panel_expert", 403),
        ("their quality_manager", 404),
        ("stranger", 403),
    ],
)
def test_who_sees_a_standard(client_as, standard, role, status):
    assert client_as(role).get(f"/standards/{standard.code}/").status_code == status


def test_a_new_version_from_draft_to_force(client_as, standard):
    client = client_as("quality_manager")
    response = client.post(f"/standards/{standard.code}/new-version/", {"reason": "提高频次"})
    draft = Standard.objects.get(version=2)
    assert response.url == f"/standards/{draft.code}/"
    entered = {"key": "floors.handrail", "name": "扶手", "frequency": "每日 2 次", "severity": "major"}
    assert client.post(f"/standards/{draft.code}/items/floors.handrail/edit/", entered).status_code == 302
    assert client.post(f"/standards/{draft.code}/items/new/", {**entered, "key": "floors.stairs"}).status_code == 302
    assert client.post(f"/standards/{draft.code}/items/new/", {**entered, "key": "nowhere.stairs"}).status_code == 422
    comparison = client.get(f"/standards/{draft.code}/compare/{standard.code}/").content.decode()
    assert "每日 2 次" in comparison
    assert client.post(f"/standards/{draft.code}/items/floors.stairs/remove/").status_code == 302
    assert client.post(f"/standards/{draft.code}/enact/", {"on": "2026-12-01"}).status_code == 302
    draft.refresh_from_db()
    standard.refresh_from_db()
    assert (draft.state, standard.state) == ("in_force", "superseded")
    assert client.post(f"/standards/{draft.code}/items/new/", {**entered, "key": "floors.x"}).status_code == 409


def test_withdrawing_asks_why(client_as, standard):
    client = client_as("quality_manager")
    assert client.post(f"/standards/{standard.code}/withdraw/").status_code == 422
    assert client.post(f"/standards/{standard.code}/withdraw/", {"note": "不再使用"}).status_code == 302
    standard.refresh_from_db()
    assert standard.state == "withdrawn"


def test_beginning_a_standard(client_as, world):
    client = client_as("quality_manager")
    entered = {"office": world.ours.root.pk, "service_line": "cleaning", "key": "mall", "name": "商场保洁标准"}
    assert client.post("/standards/new/", {**entered, "key": "Mall !"}).status_code == 422
    assert client.post("/standards/new/", entered).status_code == 302
    assert client.post("/standards/new/", entered).status_code == 422
    assert Standard.objects.get().key == "mall"


def test_drawing_changing_and_removing_a_checklist(client_as, standard):
    client = client_as("quality_manager")
    StandardItemFactory(standard=standard, key="floors.stairs")
    assert client.post(f"/standards/{standard.code}/checklists/new/", {"name": "日检"}).status_code == 422
    client.post(f"/standards/{standard.code}/checklists/new/", {"name": "日检", "items": ["floors.handrail"]})
    checklist = Checklist.objects.get()
    path = f"/standards/checklists/{checklist.code}/"
    assert "日检" in client.get(path).content.decode()
    client.post(f"{path}edit/", {"name": "周检", "items": ["floors.handrail", "floors.stairs"]})
    assert (Checklist.objects.get().name, checklist.items.count()) == ("周检", 2)
    assert client.post(f"{path}remove/").status_code == 422
    assert client.post(f"{path}remove/", {"note": "合并"}).status_code == 302
    assert Checklist.objects.count() == 0


def test_licence_rules_are_edited_by_quality_only(client_as, world):
    rule = LicenceRuleFactory(tenant=world.ours.root)
    entered = {
        "service_line": "greening",
        "certificate_kind": "height_work",
        "holder": "worker",
        "is_mandatory": "on",
        "source": "L13 §30",
    }
    assert client_as("finance").post("/standards/licences/new/", entered).status_code == 403
    client = client_as("quality_manager")
    assert client.post("/standards/licences/new/", entered).status_code == 302
    assert client.post("/standards/licences/new/", entered).status_code == 422
    assert client.post(f"/standards/licences/{rule.pk}/edit/", {**entered, "work": "height"}).status_code == 302
    assert client.post(f"/standards/licences/{rule.pk}/remove/").status_code == 422
    assert client.post(f"/standards/licences/{rule.pk}/remove/", {"note": "重复"}).status_code == 302
    assert LicenceRule.objects.count() == 1
    assert client_as("their quality_manager").get(f"/standards/licences/{rule.pk}/edit/").status_code == 404


def test_who_may_not_edit_is_refused(client_as, standard):
    client = client_as("finance")
    checklist = ChecklistFactory(standard=standard)
    for path in (
        "/standards/new/",
        f"/standards/{standard.code}/new-version/",
        f"/standards/{standard.code}/enact/",
        f"/standards/{standard.code}/items/new/",
        f"/standards/{standard.code}/items/floors.handrail/edit/",
        f"/standards/{standard.code}/checklists/new/",
        f"/standards/checklists/{checklist.code}/edit/",
        "/standards/licences/new/",
    ):
        assert client.get(path).status_code == 403, path


@pytest.fixture
def checklist(standard):
    checklist = ChecklistFactory(standard=standard)
    checklist.items.set(standard.items.all())
    return checklist


def upload(*rows):
    return {"file": SimpleUploadedFile("form.xlsx", workbook(*rows))}


def test_a_form_is_tried_out_then_imported_then_given_up(client_as, checklist):
    client = client_as("quality_manager")
    address = f"/standards/checklists/{checklist.code}/form/"
    assert client.get(f"/standards/checklists/{checklist.code}/").status_code == 200
    assert "floors.handrail.photo" in client.get(address).content.decode()
    tried = client.post(address, upload(asks("floors.handrail", "扶手无尘")))
    assert tried.status_code == 200
    assert "扶手无尘" in tried.content.decode()
    assert current_form(checklist) is None
    token = tried.context["token"]
    assert client.post(f"{address}import/", {"token": "x"}).status_code == 404
    assert client.post(f"{address}import/", {"token": token}).url == address
    assert current_form(checklist).version == 1
    assert client.get(f"{address}export/").headers["Content-Disposition"].endswith(f'"{checklist.code}.xlsx"')
    page = client.get(address).content.decode()
    assert "扶手无尘" in page
    assert "v1" in page
    other = ChecklistFactory(standard=checklist.standard)
    assert client.post(f"/standards/checklists/{other.code}/form/import/", {"token": token}).status_code == 404
    assert client.post(f"{address}give-up/", {"note": "改回清单"}).url == address
    assert current_form(checklist) is None


def test_a_faulty_form_shows_each_cell(client_as, checklist):
    client = client_as("quality_manager")
    address = f"/standards/checklists/{checklist.code}/form/"
    refused = client.post(address, upload(["date", "when", "日期"], asks("floors.handrail")))
    assert refused.status_code == 422
    assert [(fault.place, fault.value) for fault, _ in refused.context["faults"]] == [("A2", "date")]
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"file": SimpleUploadedFile("a.png", b"not a sheet")}).status_code == 422
    assert client_as("finance").post(address, upload(asks("floors.handrail"))).status_code == 403
    assert client_as("their quality_manager").get(address).status_code == 404


def test_reference_pictures_are_uploaded_seen_and_taken_away(client_as, world):
    standard = StandardFactory(tenant=world.ours.root, state="in_force")
    item = StandardItemFactory(standard=standard, key="floors.handrail", is_red_line=True)
    page = f"/standards/{standard.code}/items/floors.handrail/"
    manager, vendor = client_as("quality_manager"), client_as("vendor_manager")
    assert "No picture yet." in manager.get(page).content.decode()
    upload = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    assert manager.post(f"{page}pictures/good_picture/", {"file": upload}).status_code == 302
    text = manager.get(page).content.decode()
    assert "Replace the picture" in text
    address = text.split('class="picture-wide" src="')[1].split('"')[0]
    shown = vendor.get(address)
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert client_as("their quality_manager").get(address).status_code == 404
    seen = vendor.get(page).content.decode()
    assert "picture-wide" in seen
    assert "Replace the picture" not in seen
    wrong = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    assert manager.post(f"{page}pictures/bad_picture/", {"file": wrong}).status_code == 422
    assert manager.post(f"{page}pictures/bad_picture/", {}).status_code == 422
    checklist = ChecklistFactory(standard=standard)
    checklist.items.set([item])
    for address in (f"/standards/{standard.code}/", f"/standards/checklists/{checklist.code}/"):
        assert "with pictures" in manager.get(address).content.decode()
    assert manager.post(f"{page}pictures/good_picture/drop/").status_code == 302
    item.refresh_from_db()
    assert item.good_picture is None
    Standard.objects.update(state="draft")
    assert "/edit/" in manager.get(page).content.decode()
