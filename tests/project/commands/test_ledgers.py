import json

import pytest
from click.testing import CliRunner

from duban.estates.models import Estate
from duban.project.commands.ledgers import export, import_ledger, template

HEADINGS = "项目编号,项目名称,所属单位,城市\n"


@pytest.fixture
def ledger(tmp_path, world):
    path = tmp_path / "estates.csv"
    path.write_text(f"{HEADINGS}P001,翠湖花园,{world.ours.project.name},上海\n", encoding="utf-8")
    return path


@pytest.fixture
def run(world):
    return lambda *arguments: CliRunner().invoke(import_ledger, [*map(str, arguments), "--tenant", world.ours.root.code])


def test_a_ledger_is_read(run, ledger):
    result = run("estates", ledger, "--json")
    assert (result.exit_code, json.loads(result.output)["created"]) == (0, 1)
    assert Estate.objects.filter(name="翠湖花园").count() == 1


def test_a_dry_run_changes_nothing(run, ledger):
    before = Estate.objects.count()
    result = run("estates", ledger, "--dry-run")
    assert "1 rows would be created" in result.output
    assert Estate.objects.count() == before


def test_a_refused_ledger_says_where_and_changes_nothing(run, ledger):
    before = Estate.objects.count()
    ledger.write_text(f"{HEADINGS}P001,翠湖花园,不存在的单位,上海\n", encoding="utf-8")
    result = run("estates", ledger)
    assert result.exit_code == 1
    assert "1 problems" in result.output
    assert Estate.objects.count() == before


def test_an_unknown_kind_is_answered_with_the_known_ones(run, ledger):
    result = run("castles", ledger)
    assert result.exit_code == 2
    assert "estates" in result.output


def test_a_template_is_written(tmp_path):
    path = tmp_path / "empty.xlsx"
    assert CliRunner().invoke(template, ["estates", "-o", str(path)]).exit_code == 0
    assert path.read_bytes()[:2] == b"PK"


def test_an_export_holds_our_rows_only(world):
    result = CliRunner().invoke(export, ["estates", "--form", "jsonl", "--tenant", world.ours.root.code])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["name"] for row in rows} == {world.ours.estate.name, world.ours.estate_two.name}


def test_a_workbook_needs_a_file(world):
    assert CliRunner().invoke(export, ["estates", "--form", "xlsx", "--tenant", world.ours.root.code]).exit_code == 2
