from click.testing import CliRunner

from duban.project.commands.django import django


def test_arguments_reach_djangos_own_commands_untouched(monkeypatch):
    called = []
    monkeypatch.setattr("duban.project.commands.django.execute_from_command_line", called.append)
    result = CliRunner().invoke(django, ["showmigrations", "--plan", "-v", "2"])
    assert (result.exit_code, called) == (0, [["duban django", "showmigrations", "--plan", "-v", "2"]])
