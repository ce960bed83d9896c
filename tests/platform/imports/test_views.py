"""The pages: upload, check, confirm."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.platform.imports import uploads
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.tasks import carry_on_import
from duban.platform.imports.uploads import ProgressNote, carry_on, pack_actor, progress_of, progress_path
from tests.cast import World
from tests.flat_queries import FlatQueries
from tests.platform.imports.files import write_xlsx
from tests.platform.imports.test_services import GOOD, HEADINGS, _rows

pytestmark = pytest.mark.django_db
HOME = "/settings/imports/"


@pytest.fixture
def client(client_as: Callable[[str], Client]) -> Client:
    return client_as("group_admin")


@pytest.fixture
def send(client: Client, tmp_path: Path) -> Callable[..., ImportRun]:
    def do(*changes: tuple[int, int, object]) -> ImportRun:
        path = write_xlsx(tmp_path / "estates.xlsx", HEADINGS, _rows(*changes))
        file = SimpleUploadedFile("estates.xlsx", path.read_bytes())
        response = client.post(HOME, {"kind": "estates", "file": file})
        run = ImportRun.objects.get()
        assert response["Location"] == f"{HOME}{run.code}/"
        return run

    return do


def _stored() -> int:
    return Estate.objects.exclude(external_number="").count()


def test_upload_checks_and_only_the_confirmation_saves(client: Client, send: Callable[..., ImportRun]) -> None:
    run = send()
    assert (run.stage, run.created_count, _stored()) == (Stage.CHECKED, 2, 0)
    page = client.get(f"{HOME}{run.code}/").content.decode()
    assert "Import all rows" in page
    assert client.post(f"{HOME}{run.code}/confirm/").status_code == 302
    run.refresh_from_db()
    assert (run.stage, run.created_count, _stored(), run.stored_name) == (Stage.DONE, 2, 2, "")
    assert client.post(f"{HOME}{run.code}/confirm/").status_code == 409
    assert "Import all rows" not in client.get(f"{HOME}{run.code}/").content.decode()


def test_refused_file_shows_its_problems_and_gives_them_as_workbook(client: Client, send: Callable[..., ImportRun]) -> None:
    run = send((1, 3, "别墅"), (0, 1, ""))
    assert (run.stage, run.problem_count, _stored()) == (Stage.REFUSED, 2, 0)
    page = client.get(f"{HOME}{run.code}/").content.decode()
    assert "2 problems; nothing was changed" in page
    assert "Write one of: 住宅 / Residential, 商场 / Mall." in page
    assert client.post(f"{HOME}{run.code}/confirm/").status_code == 409
    content = b"".join(client.get(f"{HOME}{run.code}/problems/").streaming_content)  # type: ignore[arg-type]  # a sync stream
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    listed, rows = (book.get_sheet_by_name(name).to_python() for name in ("Problems", "Rows at fault"))
    assert [line[1:5] for line in listed[1:]] == [[2.0, "B", "项目名称", ""], [3.0, "D", "业态", "别墅"]]
    assert [line[0] for line in rows] == ["Row", 1.0, 2.0, 3.0]
    assert rows[3][4] == "别墅"


def test_large_file_is_left_to_a_job(
    client: Client, send: Callable[..., ImportRun], admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE_UP_TO", 0)
    run = send()
    assert run.stage == Stage.UPLOADED
    path = progress_path(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"done": 4000, "total": 100000, "step": "check"}')
    assert progress_of(run) == ProgressNote(4000, 100_000, "check")
    page = client.get(f"{HOME}{run.code}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "4,000 / 100,000" in page
    assert carry_on_import.call(run.pk, pack_actor(admin)) == Stage.CHECKED
    assert not path.exists()
    client.post(f"{HOME}{run.code}/confirm/")
    assert ImportRun.objects.get().stage == Stage.IMPORTING
    assert carry_on_import.call(run.pk, pack_actor(admin)) == Stage.DONE
    assert carry_on_import.call(run.pk, pack_actor(admin)) == Stage.DONE
    assert _stored() == 2


def test_fault_in_the_program_changes_nothing_and_can_be_tried_again(
    client: Client, send: Callable[..., ImportRun], admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE_UP_TO", 0)
    run = send()
    with monkeypatch.context() as broken:
        broken.setattr("duban.platform.imports.services.read_rows", lambda *_args, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            carry_on(run.pk, admin)
    run.refresh_from_db()
    assert (run.stage, run.found_problems[0].why) == (
        Stage.FAILED,
        "The import stopped because of a fault in the program. Nothing was changed.",
    )
    assert "Try again" in client.get(f"{HOME}{run.code}/").content.decode()
    client.post(f"{HOME}{run.code}/retry/")
    assert carry_on(run.pk, admin).stage == Stage.CHECKED
    assert client.post(f"{HOME}{run.code}/retry/").status_code == 409


def test_register_that_changed_meanwhile_refuses_at_the_end(
    client: Client, send: Callable[..., ImportRun], world: World
) -> None:
    run = send()
    world.ours.project.name = "改名项目部"
    world.ours.project.save()
    client.post(f"{HOME}{run.code}/confirm/")
    run.refresh_from_db()
    assert (run.stage, run.problem_count, run.created_count, _stored()) == (Stage.REFUSED, 1, 0, 0)


def test_only_those_with_the_right_get_in(client_as: Callable[[str], Client], send: Callable[..., ImportRun]) -> None:
    run = send()
    for role, answer in (("finance", 403), ("vendor_manager", 200), ("stranger", 403)):
        visitor = client_as(role)
        assert visitor.get(HOME).status_code == answer
        assert run.code not in visitor.get(HOME).content.decode()
        assert visitor.get(f"{HOME}{run.code}/").status_code == 404
        assert visitor.post(f"{HOME}{run.code}/confirm/").status_code == 404
        assert visitor.get(f"{HOME}template/estates/").status_code == 403
    assert client_as("their group_admin").get(f"{HOME}{run.code}/").status_code == 404
    assert client_as("procurement").post(f"{HOME}{run.code}/confirm/").status_code == 403
    assert ImportRun.objects.get().stage == Stage.CHECKED


@pytest.mark.parametrize("sent", [{}, {"kind": "estates"}, {"kind": "nothing", "file": SimpleUploadedFile("a.csv", b"a")}])
def test_incomplete_form_is_answered_with_its_errors(client: Client, sent: dict[str, Any]) -> None:
    assert client.post(HOME, sent).status_code == 422
    assert ImportRun.objects.count() == 0


def test_too_large_upload_is_refused(client: Client, settings: Any) -> None:
    settings.DUBAN_IMPORT_LIMIT = 10
    response = client.post(HOME, {"kind": "estates", "file": SimpleUploadedFile("a.csv", b"a" * 11)})
    assert response.status_code == 422
    assert ImportRun.objects.count() == 0


def test_template_offers_the_actors_offices(client: Client) -> None:
    content = b"".join(client.get(f"{HOME}template/estates/").streaming_content)  # type: ignore[arg-type]  # a sync stream
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.get_sheet_by_index(0).to_python()[0][:3] == ["Estate number*", "Estate name*", "Office*"]
    offered = {cell for line in book.get_sheet_by_name("Options").to_python() for cell in line}
    assert {"甲一项目部", "Residential"} <= offered
    assert "乙一项目部" not in offered


def test_list_is_flat(client: Client, flat_queries: FlatQueries, world: World) -> None:
    flat_queries.check(
        "imports.list",
        visit=lambda: client.get(HOME),
        add_row=lambda: ImportRun.objects.create(
            scope=world.ours.root.path, kind="estates", file_name="a.csv", sha256="0" * 64
        ),
    )


def test_detail_in_both_languages(client: Client, send: Callable[..., ImportRun]) -> None:
    run = send()
    client.cookies["django_language"] = "zh-hans"
    assert client.get(f"{HOME}{run.code}/").status_code == 200
    assert GOOD[0][0] == "P001"
