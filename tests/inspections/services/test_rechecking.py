import pytest

from duban.inspections.models import Finding
from duban.inspections.services import finding_recheck, finding_reply, findings_close
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.files.models import Attachment
from duban.platform.files.services import store_file
from tests.factories.inspections import make_finding, make_line
from tests.inspections.test_services import photo


@pytest.fixture
def findings(world, actor):
    line = make_line(world.ours)
    rows = [make_finding(line, item=item, finder=world.person("quality_inspector")) for item in (0, 1)]
    for row in rows:
        finding_reply(actor=actor("vendor_foreman"), finding=row, cause="漏", action="补")
    return list(Finding.objects.select_related("check_result").order_by("pk"))


def test_a_re_check_closes_with_pictures_of_its_own(actor, findings):
    manager = actor("quality_manager")
    stored = store_file(actor=manager, source=photo(colour="blue"))
    done = finding_recheck(actor=manager, finding=findings[0], is_accepted=True, uploads=[photo()], files=[stored])
    assert done.state == "closed"
    assert Attachment.objects.filter(target_id=done.pk, note="recheck").count() == 2


def test_a_re_check_that_fails_says_why(actor, findings):
    with pytest.raises(Invalid):
        finding_recheck(actor=actor("quality_manager"), finding=findings[0], is_accepted=False)
    assert (
        finding_recheck(actor=actor("quality_manager"), finding=findings[0], is_accepted=False, note="仍脏").state == "reopened"
    )


def test_closing_several_is_all_or_none(actor, findings):
    with pytest.raises(NotAllowed):
        findings_close(actor=actor("quality_inspector"), findings=findings)
    with pytest.raises(WrongState):
        findings_close(actor=actor("quality_manager"), findings=[*findings, findings[0]])
    assert set(Finding.objects.values_list("state", flat=True)) == {"rectified"}
    assert findings_close(actor=actor("quality_manager"), findings=findings, note="抽查合格") == 2
    assert set(Finding.objects.values_list("state", flat=True)) == {"closed"}
