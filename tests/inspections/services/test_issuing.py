from datetime import UTC, date, datetime, timedelta

import pytest

from duban.inspections.domain.events import NoticeAnswered, NoticeSent
from duban.inspections.models import RectificationNotice
from duban.inspections.services import finding_recheck, finding_reply, link_make, notice_move, notices_issue
from duban.inspections.services.notices import tell_answered, tell_sent
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.notices.models import Notice
from tests.factories.inspections import make_finding, make_line

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def findings(world):
    line, other = make_line(world.ours), make_line(world.ours, service_line="security")
    due = NOW + timedelta(days=2)
    return [make_finding(line, due_at=due), make_finding(line, item=1, due_at=NOW), make_finding(other)]


def state(notice):
    notice.refresh_from_db()
    return notice.state


def test_one_notice_for_each_contract_line(actor, findings):
    notices = notices_issue(actor=actor("quality_manager"), findings=findings, text="请按期整改")
    assert [(notice.code, notice.state, notice.entries.count()) for notice in notices] == [
        ("RN-2026-0001", "sent", 2),
        ("RN-2026-0002", "sent", 1),
    ]
    assert [notice.reply_by for notice in notices] == [NOW + timedelta(days=2), None]
    assert notices[0].sent_at == NOW


def test_a_draft_is_not_seen_by_the_vendor(actor, findings):
    draft = notices_issue(actor=actor("quality_manager"), findings=findings[:1], is_sent=False)[0]
    vendor = actor("vendor_manager")
    assert not RectificationNotice.objects.for_actor(vendor).exists()
    notice_move(actor=actor("quality_manager"), notice=draft, move="send")
    assert RectificationNotice.objects.for_actor(vendor).count() == 1
    assert not RectificationNotice.objects.for_actor(actor("rival_manager")).exists()


def test_a_finding_stands_on_one_running_notice(actor, findings):
    manager = actor("quality_manager")
    first = notices_issue(actor=manager, findings=findings[:1])[0]
    with pytest.raises(Invalid):
        notices_issue(actor=manager, findings=findings[:2])
    notice_move(actor=manager, notice=first, move="withdraw", note="重发")
    assert len(notices_issue(actor=manager, findings=findings[:2])) == 1
    finding_reply(actor=actor("vendor_foreman"), finding=findings[2], cause="漏", action="补")
    findings[2].refresh_from_db()
    for wrong in ([findings[2]], []):
        with pytest.raises(Invalid):
            notices_issue(actor=manager, findings=wrong)
    assert RectificationNotice.objects.count() == 2


def test_a_notice_follows_its_findings(actor, findings):
    manager, foreman = actor("quality_manager"), actor("vendor_foreman")
    notice = notices_issue(actor=manager, findings=findings[:2])[0]
    finding_reply(actor=foreman, finding=findings[0], cause="漏扫", action="已补扫")
    assert state(notice) == "sent"
    finding_reply(actor=foreman, finding=findings[1], cause="灯坏", action="已换灯")
    assert (state(notice), notice.answered_at) == ("answered", NOW)
    finding_recheck(actor=manager, finding=findings[0], is_accepted=False, note="仍脏")
    assert state(notice) == "sent"
    finding_reply(actor=foreman, finding=findings[0], cause="漏扫", action="再扫")
    for finding in findings[:2]:
        finding_recheck(actor=manager, finding=finding, is_accepted=True)
    assert state(notice) == "settled"


def test_who_may_not_check_sends_nothing(actor, findings):
    for role in ("vendor_manager", "finance"):
        with pytest.raises(NotAllowed):
            notices_issue(actor=actor(role), findings=findings[:1])
    assert RectificationNotice.objects.count() == 0


def test_only_sending_and_cancelling_are_moves_of_people(actor, findings):
    notice = notices_issue(actor=actor("quality_manager"), findings=findings[:1])[0]
    with pytest.raises(NotFound):
        notice_move(actor=actor("quality_manager"), notice=notice, move="settle")
    link, _ = link_make(actor=actor("quality_manager"), notice=notice, recipient="王班长")
    notice_move(actor=actor("quality_manager"), notice=notice, move="withdraw", note="重发")
    link.refresh_from_db()
    assert link.revoked_at == NOW


def test_both_sides_are_told(actor, findings, world):
    notice = notices_issue(actor=actor("quality_manager"), findings=findings[:1])[0]
    tell_sent(NoticeSent(notice.code))
    told = set(Notice.objects.values_list("person", flat=True))
    assert told >= {world.person("vendor_manager").pk, world.person("vendor_foreman").pk}
    assert world.person("rival_manager").pk not in told
    tell_answered(NoticeAnswered(notice.code))
    assert world.person("estate_manager").pk in set(Notice.objects.values_list("person", flat=True))
    count = Notice.objects.count()
    tell_sent(NoticeSent("RN-0"))
    tell_answered(NoticeAnswered("RN-0"))
    assert Notice.objects.count() == count
    assert notice.line.starts_on == date(2026, 1, 1)
