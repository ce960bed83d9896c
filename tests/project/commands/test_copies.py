import pytest
from click.testing import CliRunner
from django.core.management import call_command

from duban.project.commands.copies import backup, restore
from duban.project.commands.ledgers import export
from tests.cast import make_world


@pytest.mark.django_db(transaction=True)
def test_a_restored_installation_exports_the_same(tmp_path, settings, monkeypatch):
    settings.DUBAN_DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    monkeypatch.setattr("duban.project.commands.copies.call_command", lambda *_arguments, **_options: None)
    tenant = make_world().ours.root.code

    def exported():
        return {kind: CliRunner().invoke(export, [kind, "--tenant", tenant]).stdout for kind in ("estates", "vendors")}

    before = exported()
    assert CliRunner().invoke(backup, [str(tmp_path / "all.tar.gz")]).exit_code == 0
    call_command("flush", interactive=False, verbosity=0)
    result = CliRunner().invoke(restore, [str(tmp_path / "all.tar.gz")])
    assert result.exit_code == 0, result.output
    assert exported() == before
    assert before["estates"].count("\n") == 3
