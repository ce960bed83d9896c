import pytest

from duban.inspections.models import FindingReply
from duban.inspections.services import finding_reply
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.files.models import Attachment
from duban.platform.files.services import store_file
from tests.factories.inspections import make_finding, make_line
from tests.inspections.test_services import photo


@pytest.fixture
def finding(world):
    return make_finding(make_line(world.ours))


def test_an_answer_keeps_cause_action_and_pictures(actor, finding):
    foreman = actor("vendor_foreman")
    stored = store_file(actor=foreman, source=photo(colour="blue"))
    reply = finding_reply(actor=foreman, finding=finding, cause="夜班漏扫", action="已补扫", uploads=[photo()], files=[stored])
    assert (reply.finding.state, reply.cause, reply.person_id) == ("rectified", "夜班漏扫", foreman.person_id)
    assert Attachment.objects.filter(target_id=finding.pk).count() == 2
    with pytest.raises(WrongState):
        finding_reply(actor=foreman, finding=finding, cause="a", action="b")
    assert FindingReply.objects.count() == 1


def test_an_answer_says_why_and_what(actor, finding):
    for texts in ({"cause": "", "action": "b"}, {"cause": "a", "action": " "}):
        with pytest.raises(Invalid):
            finding_reply(actor=actor("vendor_foreman"), finding=finding, **texts)
    for role in ("rival_manager", "finance"):
        with pytest.raises(NotAllowed):
            finding_reply(actor=actor(role), finding=finding, cause="a", action="b")
    finding.refresh_from_db()
    assert (finding.state, FindingReply.objects.count()) == ("open", 0)


def test_a_file_that_is_no_picture_leaves_nothing_behind(actor, finding):
    broken = photo()
    broken.file.seek(0)
    broken.file.write(b"no picture at all")
    broken.file.seek(0)
    with pytest.raises(Invalid):
        finding_reply(actor=actor("vendor_foreman"), finding=finding, cause="a", action="b", uploads=[broken])
    finding.refresh_from_db()
    assert finding.state == "open"
