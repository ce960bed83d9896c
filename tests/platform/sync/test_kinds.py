from duban.platform.sync.kinds import SyncKind, files_of, handler_of, known_kinds, schema_of
from tests.platform.sync import toy


def test_kinds_are_reached_by_their_paths():
    kind = known_kinds()["toy.note"]
    assert handler_of(kind) is toy.note_handler
    assert schema_of(kind) is toy.NotePayload


def test_files_are_named_once():
    payload = toy.NotePayload(text="x", photos=["b", "a", "b"])
    assert files_of(toy.KINDS["toy.note"], payload) == ["b", "a"]
    assert files_of(SyncKind("", ""), payload) == []
