import pytest
from django.utils import timezone

from duban.platform.sync.models import Envelope, Stage
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.services.applying import Outcome, apply_envelopes, rename_record
from duban.platform.sync.services.waking import _opened
from tests.platform.sync.toy import CALLS, DEVICE, key, sent, texts


@pytest.mark.django_db
def test_nothing_to_apply_writes_nothing(actor):
    assert apply_envelopes(actor=actor("quality_inspector"), envelopes=[]) == {}
    assert CALLS["calls"] == 0


def test_the_outcome_is_told_and_written_down(actor):
    inspector = actor("quality_inspector")
    refused = sent("a", at=timezone.now(), trouble="refuse")
    receive_envelopes(actor=inspector, device=DEVICE, sent_at=timezone.now(), envelopes=[refused])
    row = Envelope.objects.get(pk=key("a"))
    outcomes = apply_envelopes(actor=inspector, envelopes=[_opened(row)])
    assert outcomes[row.pk].stage == Stage.REJECTED
    row.refresh_from_db()
    assert (row.stage, row.reason, row.attempts) == (Stage.REJECTED, outcomes[row.pk].reason, 2)
    assert texts() == []


def test_an_outcome_lacks_nothing_unless_said_otherwise():
    assert (Outcome(Stage.APPLIED).missing, Outcome(Stage.APPLIED).record) == (frozenset(), "")


def test_only_what_was_applied_names_another_record(actor):
    now = timezone.now()
    said = [sent("a", at=now), sent("b", at=now, trouble="refuse")]
    receive_envelopes(actor=actor("quality_inspector"), device=DEVICE, sent_at=now, envelopes=said)
    rename_record(keys=[key("a"), key("b")], record="X-1")
    assert dict(Envelope.objects.values_list("pk", "record")) == {key("a"): "X-1", key("b"): ""}
