from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from duban.inspections.domain.links import OPENINGS
from duban.inspections.models import Finding, FindingReply, NoticeLink
from duban.inspections.services import (
    TooMany,
    link_find,
    link_make,
    link_open,
    link_reply,
    link_revoke,
    notice_move,
    notices_issue,
)
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.audit.models import AuditEntry
from tests.factories.inspections import make_finding, make_line
from tests.inspections.test_services import photo

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def notice(actor, line):
    return notices_issue(actor=actor("quality_manager"), findings=[make_finding(line)])[0]


@pytest.fixture
def made(actor, notice):
    return link_make(actor=actor("quality_manager"), notice=notice, recipient="王班长", days=3)


def test_the_token_is_shown_once_and_kept_as_a_hash(made, notice):
    link, token = made
    assert token not in {link.digest, str(link)}
    assert len(link.digest) == 64
    assert link_find(token=token, address=ADDRESS) == link
    assert AuditEntry.objects.filter(action="link_make", target_code=notice.code).count() == 1


def test_every_wrong_token_finds_the_same_nothing(made, actor, time_machine):
    link, token = made
    for wrong in ("", "x", token[:-1], f"{token}x", token.replace(".", "", 1)):
        with pytest.raises(NotFound):
            link_find(token=wrong, address=ADDRESS)
    time_machine.move_to(NOW + timedelta(days=3, seconds=1), tick=False)
    with pytest.raises(NotFound):
        link_find(token=token, address=ADDRESS)
    time_machine.move_to(NOW, tick=False)
    link_revoke(actor=actor("quality_manager"), link=link)
    link_revoke(actor=actor("quality_manager"), link=link)
    with pytest.raises(NotFound):
        link_find(token=token, address=ADDRESS)
    assert AuditEntry.objects.filter(action="link_revoke").count() == 1


def test_a_cancelled_notice_cannot_be_opened(made, actor, notice):
    notice_move(actor=actor("quality_manager"), notice=notice, move="withdraw", note="重发")
    NoticeLink.objects.update(revoked_at=None)
    with pytest.raises(NotFound):
        link_find(token=made[1], address=ADDRESS)


def test_every_opening_is_in_the_trail(made, notice):
    for _ in range(2):
        link_open(link=made[0], address=ADDRESS)
    made[0].refresh_from_db()
    assert (made[0].opened_count, made[0].opened_at) == (2, NOW)
    entries = AuditEntry.objects.filter(action="link_open", target_code=notice.code)
    assert set(entries.values_list("actor_name", "address", "channel")) == {("王班长", ADDRESS, "link")}


def test_the_recipient_answers_in_his_own_name(made, notice):
    finding = Finding.objects.get()
    link_reply(link=made[0], address=ADDRESS, finding=finding.code, cause="漏扫", action="已补扫", uploads=[photo()])
    finding.refresh_from_db()
    assert finding.state == "rectified"
    assert FindingReply.objects.get().name == "王班长"
    notice.refresh_from_db()
    assert notice.state == "answered"


def test_a_link_reaches_only_its_own_findings(made, line):
    other = make_finding(line, item=1)
    with pytest.raises(NotFound):
        link_reply(link=made[0], address=ADDRESS, finding=other.code, cause="a", action="b")
    other.refresh_from_db()
    assert other.state == "open"


def test_large_photos_are_refused(made):
    upload = photo()
    upload.size = 9 * 1024 * 1024
    with pytest.raises(Invalid):
        link_reply(link=made[0], address=ADDRESS, finding=Finding.objects.get().code, cause="a", action="b", uploads=[upload])
    assert FindingReply.objects.count() == 0


def test_asking_too_often_is_slowed_down(made):
    for _ in range(OPENINGS.calls):
        link_find(token=made[1], address=ADDRESS)
    with pytest.raises(TooMany):
        link_find(token=made[1], address=ADDRESS)
    assert link_find(token=made[1], address="203.0.113.8")


def test_a_counter_that_the_cache_forgot_starts_anew(made, monkeypatch):
    def forgotten(key):
        raise ValueError(key)

    monkeypatch.setattr(cache, "incr", forgotten)
    assert link_find(token=made[1], address=ADDRESS) == made[0]


def test_only_who_checks_makes_and_revokes_links(actor, notice, made):
    for role in ("vendor_manager", "finance"):
        with pytest.raises(NotAllowed):
            link_make(actor=actor(role), notice=notice, recipient="王班长")
        with pytest.raises(NotAllowed):
            link_revoke(actor=actor(role), link=made[0])
    for bad in ({"recipient": " "}, {"recipient": "王", "days": 31}, {"recipient": "王", "days": 0}):
        with pytest.raises(Invalid):
            link_make(actor=actor("quality_manager"), notice=notice, **bad)
    assert NoticeLink.objects.count() == 1


def test_a_draft_gets_no_link(actor, line):
    draft = notices_issue(actor=actor("quality_manager"), findings=[make_finding(line)], is_sent=False)[0]
    with pytest.raises(Invalid):
        link_make(actor=actor("quality_manager"), notice=draft, recipient="王班长")
