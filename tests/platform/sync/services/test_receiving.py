from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duban.kernel.errors import Invalid, NotFound
from duban.platform.files.services import store_file
from duban.platform.sync.models import Envelope, NeededFile, Stage
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.services.applying import MOST_ATTEMPTS
from duban.platform.sync.services.waking import wake_envelopes
from tests.platform.sync import toy
from tests.platform.sync.toy import CALLS, DEVICE, key, sent, texts
from tests.platform.test_files import picture


@pytest.fixture
def send(actor):
    def run(*envelopes, role="quality_inspector"):
        return receive_envelopes(actor=actor(role), device=DEVICE, sent_at=timezone.now(), envelopes=envelopes)

    return run


def now():
    return timezone.now()


def told(answers):
    return [(answer.stage.value, answer.is_new, answer.record, answer.reason.get("code")) for answer in answers]


def test_envelopes_are_stored_and_applied_by_one_call(send, world):
    answers = send(*[sent(number, at=now()) for number in range(20)])
    assert told(answers) == [("applied", True, str(number), None) for number in range(20)]
    assert dict(CALLS) == {"calls": 1, "envelopes": 20}
    row = Envelope.objects.get(pk=key(3))
    assert (row.person, row.scope, row.home) == (
        world.person("quality_inspector"),
        world.ours.root.path,
        world.ours.project.path,
    )
    assert (row.kind, row.payload, row.device, row.stage) == ("toy.note", '{"text":"3"}', DEVICE, Stage.APPLIED)
    assert str(row).startswith("toy.note ")
    assert row.audit_scope() == world.ours.root.path


def test_sending_again_changes_nothing_and_is_answered_the_same(send):
    first = send(sent("a", at=now()), sent("b", at=now(), trouble="refuse"))
    again = send(sent("b", at=now(), trouble="refuse"), sent("a", at=now()))
    assert [answer.is_new for answer in first + again] == [True, True, False, False]
    assert [(a.stage, a.record, a.reason) for a in reversed(again)] == [(a.stage, a.record, a.reason) for a in first]
    assert texts() == ["a"]


def test_the_same_envelope_twice_in_one_delivery_counts_once(send):
    answers = send(sent("a", at=now()), sent("a", at=now()))
    assert told(answers) == [("applied", True, "a", None), ("applied", False, "a", None)]
    assert texts() == ["a"]


def test_another_content_under_a_taken_number_is_kept_beside_it(send):
    send(sent("a", at=now()))
    other = sent("a", at=now(), photos=["x"])
    answers = send(other) + send(other)
    assert told(answers) == [("rejected", False, "", "changed")] * 2
    assert texts() == ["a"]
    assert Envelope.objects.filter(stage=Stage.REJECTED).count() == 1


def test_a_number_taken_by_somebody_else_tells_nothing(send):
    send(sent("a", at=now()))
    assert told(send(sent("a", at=now()), role="their quality_manager")) == [("rejected", False, "", "changed")]
    assert texts() == ["a"]


def test_a_wrong_check_sum_is_refused_and_the_right_one_may_still_come(send):
    whole = sent("a", at=now())
    broken = type(whole)(whole.id, whole.kind, whole.version, whole.captured_at, {"text": "?"}, whole.sha256)
    assert told(send(broken)) == [("rejected", False, "", "damaged")]
    assert Envelope.objects.count() == 0
    assert told(send(whole)) == [("applied", True, "a", None)]


def test_half_a_character_is_damaged(send):
    whole = sent("a", at=now())
    broken = type(whole)(whole.id, whole.kind, whole.version, whole.captured_at, {"text": "\ud800"}, whole.sha256)
    assert told(send(broken)) == [("rejected", False, "", "damaged")]


def test_too_large_a_payload_is_refused(send):
    assert told(send(sent("a", at=now(), photos=["x" * 70_000]))) == [("rejected", False, "", "too_large")]
    assert Envelope.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "version", "payload", "code"),
    [
        ("toy.other", 1, {}, "unknown_kind"),
        ("toy.note", 2, {}, "unknown_version"),
        ("toy.note", 1, {"photos": "none"}, "invalid"),
        ("toy.note", 1, {"photos": [str(number) for number in range(101)]}, "invalid"),
    ],
)
def test_what_does_not_fit_is_kept_with_its_reason(send, kind, version, payload, code):
    answers = send(sent("a", at=now(), kind=kind, version=version, **payload), sent("b", at=now()))
    assert told(answers) == [("rejected", True, "", code), ("applied", True, "b", None)]
    assert Envelope.objects.get(pk=key("a")).reason["code"] == code


def test_a_handler_that_names_no_record_is_fine(send):
    assert told(send(sent("a", at=now(), kind="toy.silent", version=2))) == [("applied", True, "", None)]


def test_a_refused_envelope_does_not_hold_up_its_neighbours(send):
    answers = send(*[sent(number, at=now(), trouble="refuse" if number == 5 else "") for number in range(16)])
    assert [answer.stage for answer in answers].count(Stage.APPLIED) == 15
    assert answers[5].reason["title"] == "No “{text}” here."
    assert sorted(texts(), key=int) == [str(number) for number in range(16) if number != 5]
    assert CALLS["calls"] <= 2 * 4 + 1


def test_a_handler_that_breaks_leaves_its_envelope_waiting_and_gives_up_in_the_end(send):
    answers = send(sent("a", at=now(), trouble="break"), sent("b", at=now()))
    assert told(answers) == [("waiting", True, "", "failed"), ("applied", True, "b", None)]
    assert wake_envelopes() == 1
    assert Envelope.objects.get(pk=key("a")).attempts == 2
    Envelope.objects.update(attempts=MOST_ATTEMPTS - 1)
    wake_envelopes()
    row = Envelope.objects.get(pk=key("a"))
    assert (row.stage, row.reason["code"]) == (Stage.REJECTED, "given_up")
    assert wake_envelopes() == 0
    assert texts() == ["b"]


def test_trouble_of_the_database_undoes_the_whole_delivery(send, monkeypatch):
    from django.db import OperationalError

    def locked(actor, envelopes):
        raise OperationalError

    monkeypatch.setattr(toy, "note_handler", locked)
    with pytest.raises(OperationalError):
        send(sent("a", at=now()))
    assert Envelope.objects.count() == 0


def test_an_envelope_waits_for_its_files(send, actor):
    content = picture()
    stored = store_file(actor=actor("quality_inspector"), source=content)
    answers = send(sent("a", at=now(), photos=[stored.sha256]), sent("b", at=now(), photos=["0" * 64, stored.sha256]))
    assert told(answers) == [("applied", True, "a", None), ("waiting", True, "", "files")]
    assert list(NeededFile.objects.values_list("envelope_id", "sha256")) == [(key("b"), "0" * 64)]
    assert wake_envelopes() == 0


def test_a_file_that_came_between_the_check_and_the_commit_is_seen(send, actor, monkeypatch):
    from duban.platform.sync.services import receiving

    content = picture((11, 13))
    known = store_file(actor=actor("quality_inspector"), source=content)
    sha256 = known.sha256
    known.delete()
    wake = receiving.wake

    def arrive_then_wake(*, keys, topics):
        store_file(actor=actor("quality_inspector"), source=content)
        return wake(keys=keys, topics=topics)

    monkeypatch.setattr(receiving, "wake", arrive_then_wake)
    assert told(send(sent("a", at=now(), photos=[sha256]))) == [("applied", True, "a", None)]
    assert NeededFile.objects.count() == 0


def test_the_oldest_is_applied_first(send):
    send(sent("young", at=now()), sent("old", at=now() - timedelta(hours=1)))
    assert texts() == ["old", "young"]


def test_too_many_at_once_are_refused(send):
    with pytest.raises(Invalid):
        send(*[sent(number, at=now()) for number in range(201)])
    assert Envelope.objects.count() == 0


def test_whoever_holds_no_role_sends_nothing(send):
    with pytest.raises(NotFound):
        send(sent("a", at=now()), role="stranger")


def test_the_cost_does_not_grow_with_the_envelopes(send):
    counts = []
    for size in (2, 60):
        with CaptureQueriesContext(connection) as captured:
            send(*[sent(f"{size}-{number}", at=now(), photos=["1" * 64][: number % 2]) for number in range(size)])
        counts.append(len(captured))
    assert counts[0] == counts[1]
