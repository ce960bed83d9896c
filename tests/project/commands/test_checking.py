import json

from click.testing import CliRunner

from duban.project.commands.checking import check


def test_check_names_what_is_wrong(db):
    result = CliRunner().invoke(check, ["--json"])
    found = json.loads(result.output)
    assert set(found) == {"settings", "database", "migrations", "worker", "storage"}
    assert (found["database"], found["settings"]) == ("", "")
    assert found["worker"] == "no worker was ever seen"
    assert result.exit_code == 1


def test_check_speaks_to_people(db):
    assert "✓ database" in CliRunner().invoke(check).output
