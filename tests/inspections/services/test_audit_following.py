from datetime import date

import pytest
import time_machine

from duban.inspections.domain.events import AuditActionsDue, AuditFindingMoved
from duban.inspections.models import Audit, AuditFinding
from duban.inspections.services import audit_actions_remind, audit_close, audit_finding_move
from duban.inspections.tasks import remind_of_audit_actions
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.files.models import Attachment
from tests.factories.audits import answer, make_audit_finding, stored
from tests.factories.inspections import make_line
from tests.inspections.test_services import photo


@pytest.fixture
def announced(monkeypatch):
    events = []
    for module in ("audits", "audit_following"):
        monkeypatch.setattr(f"duban.inspections.services.{module}.announce", events.append)
    return events


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_an_action_is_followed_until_its_effect_is_verified(actor, line, world, announced):
    manager, vendor = actor("quality_manager"), actor("vendor_manager")
    finding = make_audit_finding(world.ours, line)
    answered = answer(vendor, finding, uploads=[photo()])
    assert (answered.state, answered.answered_by_id) == ("answered", vendor.person_id)
    assert AuditFindingMoved(finding.code, "answered") in announced
    back = audit_finding_move(actor=manager, finding=stored(finding), move="send_back", note="原因不清")
    assert back.state == "open"
    answer(vendor, finding)
    audit_finding_move(actor=manager, finding=stored(finding), move="accept")
    done = audit_finding_move(actor=vendor, finding=stored(finding), move="complete", note="完成", uploads=[photo()])
    assert (done.state, done.done_note) == ("done", "完成")
    assert Attachment.objects.filter(target_id=finding.pk, note="answer").count() == 2
    failed = audit_finding_move(actor=manager, finding=stored(finding), move="not_effective", note="复查仍缺")
    assert (failed.state, failed.done_at, failed.verified_note) == ("open", None, "复查仍缺")
    answer(vendor, finding)
    audit_finding_move(actor=manager, finding=stored(finding), move="accept")
    audit_finding_move(actor=vendor, finding=stored(finding), move="complete", note="完成")
    verified = audit_finding_move(actor=manager, finding=stored(finding), move="verify", note="抽查合格")
    assert (verified.state, verified.verified_by_id, verified.verified_note) == ("effective", manager.person_id, "抽查合格")


def test_taking_a_finding_up_again_opens_the_closed_audit(actor, line, world):
    manager = actor("quality_manager")
    finding = make_audit_finding(world.ours, line, state="done")
    audit_finding_move(actor=manager, finding=finding, move="verify", note="合格")
    audit_close(actor=manager, audit=finding.audit)
    again = audit_finding_move(actor=manager, finding=stored(finding), move="reopen", note="又发现")
    assert (again.state, again.verified_at) == ("open", None)
    assert Audit.objects.get().state == "issued"


def test_whoever_answered_does_not_verify(actor, line, world):
    manager = actor("quality_manager")
    finding = make_audit_finding(world.ours, line)
    answer(manager, finding)
    audit_finding_move(actor=manager, finding=stored(finding), move="accept")
    audit_finding_move(actor=manager, finding=stored(finding), move="complete", note="代录")
    with pytest.raises(NotAllowed):
        audit_finding_move(actor=manager, finding=stored(finding), move="verify", note="合格")


def test_an_answer_needs_cause_action_and_day(actor, line, world):
    finding = make_audit_finding(world.ours, line)
    with pytest.raises(Invalid) as error:
        answer(actor("vendor_manager"), finding, cause=" ", action="", planned_on=None)
    assert [problem.field for problem in error.value.errors] == ["cause", "action", "planned_on"]
    for role in ("finance", "rival_manager", "auditor"):
        with pytest.raises(NotAllowed):
            answer(actor(role), finding)
    assert stored(finding).state == "open"


def test_judging_is_for_those_who_run_the_audit(actor, line, world):
    finding = make_audit_finding(world.ours, line, state="answered")
    for role in ("vendor_manager", "estate_manager", "auditor"):
        with pytest.raises(NotAllowed):
            audit_finding_move(actor=actor(role), finding=finding, move="accept")
    with pytest.raises(NotFound):
        audit_finding_move(actor=actor("quality_manager"), finding=finding, move="answer", note="不")
    with pytest.raises(WrongState):
        audit_finding_move(actor=actor("quality_manager"), finding=finding, move="verify", note="早")
    with pytest.raises(Invalid):
        audit_finding_move(actor=actor("quality_manager"), finding=finding, move="withdraw")
    assert (
        audit_finding_move(actor=actor("quality_manager"), finding=finding, move="withdraw", note="重复").state == "withdrawn"
    )


def test_actions_are_reminded_of_once_a_week(line, world, announced):
    finding = make_audit_finding(world.ours, line)
    assert audit_actions_remind() == 0
    with time_machine.travel(date(2026, 12, 13), tick=False):
        assert remind_of_audit_actions.call() == 1
        assert AuditActionsDue((finding.code,)) in announced
        assert audit_actions_remind() == 0
    with time_machine.travel(date(2026, 12, 21), tick=False):
        assert audit_actions_remind() == 1
    AuditFinding.objects.update(state="done")
    with time_machine.travel(date(2026, 12, 30), tick=False):
        assert audit_actions_remind() == 0
