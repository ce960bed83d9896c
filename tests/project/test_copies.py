import json
import tarfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, WrongState
from duban.orgs.models import Person, Unit
from duban.platform.audit.selectors import verify_chains
from duban.platform.audit.services import write_entry
from duban.project.copies import read_backup, write_backup
from tests.cast import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def silent(_step, _done, _total):
    """Nobody watches."""


def everything():
    """All rows of all tables as they come out of a backup of their own."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in {"contenttypes", "sessions", "auth"}:
            rows[model._meta.label] = list(model._base_manager.order_by("pk").values_list())
    return rows


def empty():
    """Make the installation look new."""
    call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def folders(tmp_path, settings):
    """A data folder of this test's own."""
    settings.DUBAN_DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def filled(folders):
    """Two companies, a trail, a file and a secret key."""
    world = make_world()
    write_entry(
        actor=system_actor(world.ours.root.path), record=world.ours.root, action="rename", changes={"name": ["旧", "新"]}
    )
    (folders / "files" / "ab").mkdir(parents=True)
    (folders / "files" / "ab" / "abcd").write_bytes(b"a photo")
    (folders / "secret_key").write_text("the key")
    return world


def test_a_backup_comes_back_as_it_was(filled, folders):
    before = everything()
    report = write_backup(folders / "all.tar.gz", silent)
    empty()
    (folders / "files" / "ab" / "abcd").unlink()
    (folders / "secret_key").write_text("a new key")
    restored = read_backup(folders / "all.tar.gz", silent)
    assert restored == report
    assert everything() == before
    assert verify_chains() == (1, [])
    assert (folders / "files" / "ab" / "abcd").read_bytes() == b"a photo"
    assert (folders / "secret_key").read_text() == "the key"


def test_numbers_go_on_after_a_restore(filled, folders):
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
    write_backup(folders / "all.tar", silent)
    empty()
    (folders / "files" / "ab" / "abcd").unlink()
    read_backup(folders / "all.tar", silent)
    assert Person.objects.create(username="new", name="new").pk > last


def test_an_installation_in_use_is_left_alone(filled, folders):
    write_backup(folders / "all.tar", silent)
    before = everything()
    with pytest.raises(WrongState):
        read_backup(folders / "all.tar", silent)
    assert everything() == before


def test_a_file_that_exists_is_not_overwritten(filled, folders):
    (folders / "all.tar").write_text("precious")
    with pytest.raises(WrongState):
        write_backup(folders / "all.tar", silent)
    assert (folders / "all.tar").read_text() == "precious"


def test_a_damaged_backup_changes_nothing(filled, folders):
    write_backup(folders / "all.tar", silent)
    with tarfile.open(folders / "all.tar") as whole, tarfile.open(folders / "torn.tar", "w") as torn:
        for member in whole:
            content = whole.extractfile(member)
            if member.name == "tables/orgs.rolegrant.jsonl":
                member.size = content.read().index(b"\n") + 1
                content.seek(0)
            torn.addfile(member, content)
    empty()
    (folders / "files" / "ab" / "abcd").unlink()
    with pytest.raises(Invalid):
        read_backup(folders / "torn.tar", silent)
    assert Unit.objects.count() == 0


def test_what_is_no_backup_is_refused(folders, db):
    with tarfile.open(folders / "other.tar", "w"):
        pass
    with pytest.raises(Invalid):
        read_backup(folders / "other.tar", silent)


def test_the_manifest_says_what_is_inside(filled, folders):
    write_backup(folders / "all.tar", silent)
    with tarfile.open(folders / "all.tar") as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    assert manifest["tables"]["orgs.unit"] == Unit.objects.count()
    assert (manifest["engine"], manifest["files"]) == (connection.vendor, 1)
