import hashlib
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from duban.kernel.errors import Invalid, NotFound
from duban.platform.files.models import StoredFile
from duban.platform.files.storage import file_store, original_key
from duban.platform.sync.models import Upload
from duban.platform.sync.selectors import progress_of
from duban.platform.sync.services import WrongOffset, forget_uploads, receive_envelopes, take_chunk, uploads
from duban.platform.sync.shapes import CHUNK_BYTES
from tests.platform.sync.toy import DEVICE, sent, texts
from tests.platform.test_files import picture

PIECE = 300


@pytest.fixture
def content():
    return picture((90, 70), kind="PNG") + b"\0" * 900


def name_of(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def put(actor):
    def run(content, offset, length=PIECE, *, role="quality_inspector", sha256="", size=0):
        return take_chunk(
            actor=actor(role),
            sha256=sha256 or name_of(content),
            offset=offset,
            size=size or len(content),
            content=content[offset : offset + length],
        )

    return run


def parts():
    return sorted(path.name for path in file_store().workspace().glob("part-*"))


def test_a_file_comes_in_pieces_and_is_kept_whole(put, content, actor):
    for offset in range(0, len(content), PIECE):
        progress = put(content, offset)
        assert progress.received == min(offset + PIECE, len(content))
    assert progress.is_complete
    stored = StoredFile.objects.get(sha256=name_of(content))
    assert (stored.media_type, stored.size) == ("image/png", len(content))
    with file_store().open(original_key(stored.sha256)) as kept:
        assert kept.read() == content
    assert (parts(), Upload.objects.count()) == ([], 0)
    assert progress_of(actor("quality_inspector"), stored.sha256).is_complete
    assert put(content, 0).is_complete


def test_an_upload_goes_on_where_it_stopped(put, content, actor):
    put(content, 0)
    put(content, PIECE)
    assert progress_of(actor("quality_inspector"), name_of(content)).received == 2 * PIECE
    with pytest.raises(WrongOffset) as refused:
        put(content, PIECE)
    assert refused.value.received == 2 * PIECE
    assert progress_of(actor("vendor_foreman"), name_of(content)).received == 0
    assert put(content, 2 * PIECE, len(content)).is_complete


def test_beginning_again_at_the_start_is_allowed(put, content):
    put(content, 0)
    assert put(content, 0, 100).received == 100
    assert put(content, 100, len(content)).is_complete


def test_what_a_killed_server_wrote_but_did_not_count_is_written_again(put, content, actor):
    put(content, 0)
    Upload.objects.update(received=100)
    assert progress_of(actor("quality_inspector"), name_of(content)).received == 100
    put(content, 100)
    assert put(content, 400, len(content)).is_complete


def test_bytes_that_were_counted_but_are_gone_are_asked_for_again(put, content):
    put(content, 0)
    os.truncate(file_store().workspace() / parts()[0], 50)
    with pytest.raises(WrongOffset) as refused:
        put(content, PIECE)
    assert refused.value.received == 50
    assert put(content, 50, len(content)).is_complete


def test_a_server_killed_while_it_kept_the_file_has_lost_only_the_last_piece(put, content, monkeypatch, actor):
    put(content, 0)

    def killed(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "store_file", killed)
        with pytest.raises(KeyboardInterrupt):
            put(content, PIECE, len(content))
    assert progress_of(actor("quality_inspector"), name_of(content)).received == PIECE
    assert put(content, PIECE, len(content)).is_complete


def test_a_wrong_hash_is_refused_and_the_upload_begins_anew(put, content):
    other = "a" * 64
    put(content, 0, sha256=other)
    with pytest.raises(Invalid):
        put(content, PIECE, len(content), sha256=other)
    assert (parts(), Upload.objects.count(), StoredFile.objects.count()) == ([], 0, 0)


def test_what_is_no_picture_is_refused(put):
    with pytest.raises(Invalid):
        put(b"%PDF-1.7\n1 0 obj\n", 0)
    assert (parts(), StoredFile.objects.count()) == ([], 0)


def test_another_connection_that_was_quicker_has_done_it(put, content, monkeypatch):
    put(content, 0)
    finish = uploads.store_file

    def twice(**arguments):
        finish(**arguments)
        arguments["source"].unlink()
        raise FileNotFoundError

    monkeypatch.setattr(uploads, "store_file", twice)
    assert put(content, PIECE, len(content)).is_complete


def test_a_part_that_vanished_begins_anew(put, content, monkeypatch):
    def gone(**_):
        raise FileNotFoundError

    monkeypatch.setattr(uploads, "store_file", gone)
    with pytest.raises(WrongOffset) as refused:
        put(content, 0, len(content))
    assert refused.value.received == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sha256": "A" * 64}, "sha256"),
        ({"size": 21 * 1024 * 1024}, "size"),
        ({"content": b""}, "body"),
        ({"content": b"x" * (CHUNK_BYTES + 1), "size": CHUNK_BYTES * 2}, "body"),
        ({"offset": 90}, "offset"),
        ({"offset": -1}, "offset"),
    ],
)
def test_what_cannot_be_a_piece_is_refused(actor, changed, field):
    arguments = {"sha256": "a" * 64, "offset": 0, "size": 100, "content": b"x" * 20} | changed
    with pytest.raises(Invalid) as refused:
        take_chunk(actor=actor("finance"), **arguments)
    assert [error.field for error in refused.value.errors] == [field]
    assert Upload.objects.count() == 0


def test_whoever_holds_no_role_uploads_nothing(put, content):
    with pytest.raises(NotFound):
        put(content, 0, role="stranger")


def test_the_last_file_wakes_the_envelopes(put, content, actor):
    receive_envelopes(
        actor=actor("quality_inspector"),
        device=DEVICE,
        sent_at=timezone.now(),
        envelopes=[sent("a", at=timezone.now(), photos=[name_of(content)])],
    )
    assert texts() == []
    put(content, 0)
    assert texts() == []
    put(content, PIECE, len(content))
    assert texts() == ["a"]


def test_uploads_nobody_continued_are_forgotten(put, content):
    put(content, 0)
    stray = file_store().workspace() / "part-9-none"
    stray.write_bytes(b"x")
    os.utime(stray, (0, timezone.now().timestamp()))
    assert forget_uploads() == 0
    later = timezone.now() + timedelta(days=8)
    assert forget_uploads(now=later) == 2
    assert (parts(), Upload.objects.count()) == ([], 0)
    assert str(Upload(sha256="a" * 64, size=9)) == "aaaaaaaaaaaa 0/9"
