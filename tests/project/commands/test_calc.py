import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from duban.project.commands.calc import CORES, calc

THREE_POSTS = {"heads": "4.5"}


def run(core, text, *options):
    return CliRunner().invoke(calc, [core, "-", *options], input=text)


def test_one_case_answers_with_one_document():
    result = run("staffing", json.dumps(THREE_POSTS))
    assert result.exit_code == 0
    assert json.loads(result.output)["level"] == "sound"


def test_one_case_a_line_answers_line_by_line():
    result = run("staffing", '{"heads": 3}\n\n{"heads": "4.5"}\n')
    assert [json.loads(line)["level"] for line in result.output.splitlines()] == ["unlawful", "sound"]


def test_an_unsound_case_says_where_and_ends_with_one():
    result = run("staffing", '{"heads": "-1", "colour": "red"}')
    assert result.exit_code == 1
    assert {error["field"] for error in json.loads(result.output)["errors"]} >= {"heads"}


@pytest.mark.parametrize("text", ["no json", '{"heads": 3}\nno json', ""])
def test_what_is_no_json_is_wrong_use(text):
    assert run("staffing", text).exit_code == 2


def test_a_case_that_is_no_object_is_refused():
    result = run("clock", "[1]")
    assert (result.exit_code, json.loads(result.output)["error"]) == (1, "A case is a JSON object.")


@pytest.mark.parametrize("core", CORES)
def test_every_core_prints_both_schemas(core):
    schemas = json.loads(run(core, "", "--schema").output)
    assert set(schemas) == {"input", "output"}
    assert all(schema["type"] == "object" for schema in schemas.values())


def test_cores_need_no_django():
    code = "import sys; import duban.project.commands.calc; assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
