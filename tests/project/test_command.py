import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from duban.kernel.errors import FieldError, Invalid
from duban.project.command import COMMANDS, main, refusal_text


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "django"])
def test_every_command_has_help(name, monkeypatch):
    monkeypatch.setenv("DUBAN_DEMO", "0")
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_help_lists_every_command_without_loading_django():
    lines = (
        "import sys",
        "from duban.project.command import main",
        "main(['--help'], standalone_mode=False)",
        "assert 'django' not in sys.modules",
    )
    result = subprocess.run([sys.executable, "-c", "; ".join(lines)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert all(name in result.stdout for name in COMMANDS)


def test_an_unknown_command_is_wrong_use():
    assert CliRunner().invoke(main, ["conquer"]).exit_code == 2


def test_a_wrong_environment_ends_with_the_name_of_the_variable(tmp_path):
    environment = {**os.environ, "DUBAN_DATA_DIR": str(tmp_path), "DATABASE_URL": "mysql://x", "DJANGO_SETTINGS_MODULE": ""}
    del environment["DJANGO_SETTINGS_MODULE"]
    result = subprocess.run(
        [sys.executable, "-m", "duban", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 3
    assert result.stderr.startswith("DATABASE_URL")


def test_a_refusal_names_the_inputs_at_fault():
    error = Invalid("{count} rows are wrong.", errors=(FieldError("name", "“{name}” is taken.", {"name": "A"}),), count=2)
    assert refusal_text(error) == "2 rows are wrong.\n  name: “A” is taken."
