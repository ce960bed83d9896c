from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from duban.inspections.models import Praise
from duban.inspections.services import finding_reply
from duban.platform.files.models import Attachment
from duban.platform.files.services import store_file
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from tests.factories.inspections import make_finding, make_line, make_place
from tests.inspections.test_services import photo

DEVICE = "018f4a2e-1111-7000-8000-000000000001"


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def send(actor):
    def run(role, *said):
        now = timezone.now()
        envelopes = []
        for kind, payload in said:
            full = {"at": now.isoformat(), **payload}
            envelopes.append(Sent(uuid4(), f"inspections.{kind}", 1, now, full, digest(canonical(full))))
        answers = receive_envelopes(actor=actor(role), device=DEVICE, sent_at=now, envelopes=envelopes)
        return [(answer.stage.value, answer.record or answer.reason["code"]) for answer in answers]

    return run


def shot(actor, colour="blue"):
    stored = store_file(actor=actor("finance"), source=photo(colour=colour))
    return {"sha256": stored.sha256, "taken_at": timezone.now().isoformat(), "source": "camera"}


def test_a_foreman_answers_several_findings_at_once(actor, send, line):
    one, two = make_finding(line), make_finding(line)
    answers = send(
        "vendor_foreman",
        ("reply", {"finding": one.code, "cause": "漏扫", "action": "已补扫", "photos": [shot(actor)]}),
        ("reply", {"finding": two.code, "cause": "漏扫", "action": ""}),
        ("reply", {"finding": "FD-2026-9999", "cause": "漏扫", "action": "已补扫"}),
    )
    assert answers == [("applied", one.code), ("rejected", "invalid"), ("rejected", "not_found")]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == ("rectified", "open")
    assert Attachment.objects.filter(target_id=one.pk).count() == 1


def test_a_clock_ahead_dates_nothing_into_the_future(send, line):
    finding = make_finding(line)
    ahead = (timezone.now() + timedelta(days=3)).isoformat()
    assert send("vendor_foreman", ("reply", {"finding": finding.code, "cause": "a", "action": "b", "at": ahead})) == [
        ("applied", finding.code)
    ]
    finding.refresh_from_db()
    assert finding.rectified_at <= timezone.now()


def test_somebody_looks_again(actor, send, line):
    one, two = make_finding(line), make_finding(line)
    for finding in (one, two):
        finding_reply(actor=actor("vendor_foreman"), finding=finding, cause="a", action="b")
    answers = send(
        "quality_manager",
        ("recheck", {"finding": one.code, "is_accepted": True, "photos": [shot(actor)]}),
        ("recheck", {"finding": two.code, "is_accepted": False, "note": "仍有污渍"}),
    )
    assert answers == [("applied", one.code), ("applied", two.code)]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state) == ("closed", "reopened")
    assert Attachment.objects.get(target_id=one.pk).note == "recheck"


def test_a_good_find_is_praised(actor, send, line, world):
    place = make_place(world.ours.estate, "大堂")
    name = f"{line.contract.code}/{line.number}"
    answers = send(
        "quality_inspector",
        ("praise", {"line": name, "place": place.tag, "text": "主动清淤", "photos": [shot(actor)]}),
        ("praise", {"line": name, "text": "再好"}),
    )
    assert [answer[0] for answer in answers] == ["applied", "applied"]
    assert set(Praise.objects.values_list("place", flat=True)) == {place.pk, None}


def test_praise_of_what_is_not_there_is_refused_with_a_reason(send, line):
    name = f"{line.contract.code}/{line.number}"
    answers = send(
        "quality_inspector",
        ("praise", {"line": f"{line.contract.code}/99", "text": "好"}),
        ("praise", {"line": name, "place": "NOWHERE", "text": "好"}),
        ("praise", {"line": "x", "text": "好"}),
    )
    assert answers == [("rejected", "invalid")] * 3
    assert not Praise.objects.exists()


def test_a_contract_that_had_ended_takes_nothing_seen_after_its_end(send, line):
    name = f"{line.contract.code}/{line.number}"
    line.ends_on = timezone.localdate() - timedelta(days=2)
    line.save()
    before = (timezone.now() - timedelta(days=3)).isoformat()
    answers = send(
        "quality_inspector", ("praise", {"line": name, "text": "晚"}), ("praise", {"line": name, "text": "早", "at": before})
    )
    assert [answer[0] for answer in answers] == ["rejected", "applied"]
    assert Praise.objects.get().text == "早"
