import json
import re
from datetime import date
from pathlib import Path

import pytest

from duban.orgs.models import RoleGrant
from duban.platform.requests import CONTENT_POLICY
from duban.platform.ui import assets
from duban.platform.ui.navigation import address
from duban.project.field import precache, texts
from duban.project.field.places import pack_places
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line, make_place, make_task

FRONTEND = Path(__file__).resolve().parents[2] / "frontend" / "src" / "field"
ASKED = re.compile(r'\bt\(\s*"((?:[^"\\]|\\.)*)"')


def page_json(content, name):
    """What the page hands to the client code under an element id."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', content)
    return json.loads(found[1])


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A built app of known files: entry, shared code, code that is loaded later, style, reader."""
    manifest = {
        "src/field/main.ts": {
            "file": "assets/field-1.js",
            "imports": ["_shared.js"],
            "dynamicImports": ["reader.js"],
            "css": ["assets/field-1.css"],
            "assets": ["assets/reader.wasm"],
        },
        "_shared.js": {"file": "assets/shared-1.js"},
        "reader.js": {"file": "assets/reader-1.js", "imports": ["_shared.js"]},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(assets, "MANIFEST", tmp_path / "manifest.json")
    worker = tmp_path / "field-worker.js"
    worker.write_text("let worker;", encoding="utf-8")
    for module in ("duban.project.field.precache", "duban.project.field.views"):
        monkeypatch.setattr(f"{module}.WORKER", worker)
    return worker


def test_client_code_asks_for_exactly_the_texts_that_are_translated():
    asked = {text for path in FRONTEND.rglob("*.ts") for text in ASKED.findall(path.read_text(encoding="utf-8"))}
    assert asked == set(texts.TEXTS)
    assert len(texts.TEXTS) == len(set(texts.TEXTS))


def test_every_text_is_there_in_chinese_and_keeps_its_placeholders():
    chinese = texts.catalogues()["zh-hans"]
    assert set(chinese) == set(texts.TEXTS)
    for source, text in chinese.items():
        assert set(re.findall(r"{\w+}", source)) == set(re.findall(r"{\w+}", text)), source


def test_page_allows_compiled_code_only_there(client_as):
    client = client_as("quality_inspector")
    page = client.get("/field/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "wasm" not in CONTENT_POLICY
    assert client.get("/inspections/")["Content-Security-Policy"] == CONTENT_POLICY
    content = page.content.decode()
    assert page_json(content, "field-texts")["zh-hans"]["Pass"] == "合格"
    assert page_json(content, "field-facts") == {"demo": False, "version": precache.version()}
    assert "csrftoken" in page.cookies


def test_page_is_the_same_for_everybody(client_as):
    first, second = (client_as(role).get("/field/").content for role in ("quality_inspector", "vendor_foreman"))
    assert first == second


@pytest.mark.parametrize(("role", "status"), [("vendor_foreman", 200), ("finance", 403), ("stranger", 403)])
def test_only_people_with_work_on_site_get_in(client_as, role, status):
    client = client_as(role)
    for path in ("/field/", "/field/session", "/field/manifest.webmanifest"):
        assert client.get(path).status_code == status


def test_session_says_whose_it_is(client_as, world):
    answer = client_as("quality_inspector").get("/field/session")
    assert answer.json() == {
        "person": world.person("quality_inspector").get_username(),
        "sync": bool(address("api:field_pack")),
    }
    assert "no-store" in answer["Cache-Control"]


def test_session_of_a_phone_outlives_its_browser(client_as):
    client = client_as("quality_inspector")
    session = client.session
    session.set_expiry(0)
    session.save()
    assert client.get("/field/session").cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert "sessionid" not in client.get("/field/session").cookies


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client):
    assert client.get("/field/session").status_code == 302
    assert client.get("/field/sw.js").status_code == 302


def test_menu_shows_the_app_to_people_with_work_on_site(client_as):
    assert b'href="/field/"' in client_as("quality_inspector").get("/settings/").content
    assert b'href="/field/"' not in client_as("finance").get("/settings/").content


def test_manifest_makes_it_installable(client_as):
    manifest = client_as("quality_inspector").get("/field/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/field/", "/field/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_worker_keeps_everything_the_app_is_made_of(client_as, built):
    source = client_as("quality_inspector").get("/field/sw.js").content.decode()
    first, rest = source.split("\n", 1)
    assert rest == "let worker;"
    files = {item["url"]: item["revision"] for item in json.loads(first.removeprefix("self.DUBAN_FILES = ").removesuffix(";"))}
    code = ("field-1.js", "shared-1.js", "reader-1.js", "field-1.css", "reader.wasm")
    assert {url for url, revision in files.items() if revision is None} == {f"/static/dist/assets/{name}" for name in code}
    assert files["/field/"] == precache.version()
    assert "/static/field/icon-192.png" in files


def test_version_changes_with_the_worker(built):
    before = precache.version()
    built.write_text("let worker = 2;", encoding="utf-8")
    assert precache.version() != before


def test_without_built_code_there_is_no_worker(client_as, built):
    built.unlink()
    assert client_as("quality_inspector").get("/field/sw.js").status_code == 404
    assert len(precache.version()) == 12


def test_a_place_is_carried_once_whatever_it_is_needed_for(world, actor):
    line = make_line(world.ours, service_line="security")
    hall, gate = make_place(world.ours.estate, "大堂"), make_place(world.ours.estate, "东门")
    make_task(line, places=[hall, gate])
    make_post(world.ours.estate, place=gate)
    RoleGrant.objects.filter(person=world.person("estate_manager")).update(unit=world.ours.estate.office)
    carried = pack_places(world.actor("estate_manager"), date(2026, 11, 23))
    assert sorted(place["tag"] for place in carried) == sorted([hall.tag, gate.tag])
