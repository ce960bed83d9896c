"""What goes out comes in again, unchanged and in the same order."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.exports.services import write_export
from duban.platform.imports.models import Stage
from duban.platform.imports.services import run_import
from tests.cast import World
from tests.platform.imports.estates import ESTATES_EXPORT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _estates(world: World) -> None:
    for number, name in (("P3", "=1+1"), ("P1", "'-5"), ("P2", '逗号,引号"新行')):
        Estate.objects.create(
            office=world.ours.project,
            external_number=number,
            name=name,
            city="上海",
            area_m2="1234.56",
            kind="mall",
            household_count=7,
        )
    Estate.objects.create(office=world.theirs.project, external_number="P9", name="他人", city="上海")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_export_is_imported_again_without_change(tmp_path: Path, admin: Actor, form: str, language: str) -> None:
    path = tmp_path / f"estates.{form}"
    assert write_export("estates", path, actor=admin, form=form, language=language) == 3
    run = run_import(path, kind="estates", actor=admin)
    assert (run.stage, run.problems, run.unchanged_count) == (Stage.DONE, [], 3)


def test_export_rebuilds_an_empty_register(tmp_path: Path, admin: Actor) -> None:
    path = tmp_path / "estates.csv"
    write_export("estates", path, actor=admin, form="csv")
    before = path.read_bytes()
    Estate.objects.filter(office__path__startswith=admin.tenant_path).delete()
    assert run_import(path, kind="estates", actor=admin).created_count == 3
    write_export("estates", path, actor=admin, form="csv")
    assert path.read_bytes() == before


def test_json_lines_hold_keys_and_bare_values(admin: Actor) -> None:
    stream = BytesIO()
    assert write_export("estates", stream, actor=admin, form="jsonl") == 3
    first = json.loads(stream.getvalue().decode().splitlines()[0])
    assert first == {
        "external_number": "P1",
        "name": "'-5",
        "office": "甲一项目部",
        "kind": "mall",
        "city": "上海",
        "address": "",
        "area_m2": "1234.56",
        "household_count": 7,
    }


def test_unknown_kind_and_form_are_refused(admin: Actor) -> None:
    with pytest.raises(NotFound, match="Known are: estates"):
        write_export("nothing", BytesIO(), actor=admin)
    with pytest.raises(Invalid, match="xlsx, csv, jsonl"):
        write_export("estates", BytesIO(), actor=admin, form="pdf")


def test_an_export_may_need_a_right_of_its_own(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = replace(ESTATES_EXPORT, permission="estates.edit")
    monkeypatch.setattr("tests.platform.imports.estates.ESTATES_EXPORT", guarded)
    path = tmp_path / "estates.csv"
    with pytest.raises(NotAllowed):
        write_export("estates", path, actor=world.ours.actor("finance"), form="csv")
    assert not path.exists()
    assert write_export("estates", path, actor=world.ours.actor("group_admin"), form="csv") == 3
