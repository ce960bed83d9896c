from datetime import date

import pytest

from duban.inspections.domain.events import FindingReopened, FindingsEscalated, FindingsOpened, PraiseGiven
from duban.inspections.services import praise_give
from duban.inspections.services.notices import tell_escalated, tell_opened, tell_praised, tell_reopened
from duban.platform.notices.models import Notice
from tests.factories.inspections import make_finding, make_line


@pytest.fixture
def line(world):
    return make_line(world.ours)


def told():
    return set(Notice.objects.values_list("person", flat=True))


def test_the_vendor_hears_of_new_findings_once_for_each_line(world, line):
    other = make_line(world.ours, vendor=world.ours.rival)
    finding = make_finding(line)
    tell_opened(FindingsOpened(((line.pk, 1),), finding.code))
    assert {row.url for row in Notice.objects.all()} == {f"/inspections/findings/{finding.code}/"}
    assert world.person("vendor_foreman").pk in told()
    assert world.ours.rival_manager.pk not in told()
    tell_opened(FindingsOpened(((line.pk, 2), (other.pk, 3)), ""))
    assert world.ours.rival_manager.pk in told()


def test_the_vendor_hears_what_a_recheck_did_not_accept(world, line):
    finding = make_finding(line)
    tell_reopened(FindingReopened(finding.code, "仍有灰"))
    row = Notice.objects.filter(person=world.person("vendor_foreman")).get()
    assert (row.params["reason"], row.url) == ("仍有灰", f"/inspections/findings/{finding.code}/")
    count = Notice.objects.count()
    tell_reopened(FindingReopened("FD-0", "x"))
    assert Notice.objects.count() == count


def test_each_level_of_the_ladder_hears_of_its_own(world, line):
    first, second, third = make_finding(line), make_finding(line, item=1), make_finding(line, item=2)
    tell_escalated(FindingsEscalated(((first.code, 1), (second.code, 1), (third.code, 3))))
    foreman = Notice.objects.get(person=world.person("vendor_foreman"))
    assert foreman.params["count"] == 2
    assert Notice.objects.get(person=world.person("estate_manager")).params["count"] == 1
    assert world.person("vendor_manager").pk not in told()


def test_the_vendor_hears_praise(actor, world, line):
    praise = praise_give(actor=actor("quality_inspector"), line=line, text="大堂洁净", day=date(2026, 11, 20))
    tell_praised(PraiseGiven(praise.code))
    assert world.person("vendor_manager").pk in told()
    count = Notice.objects.count()
    tell_praised(PraiseGiven("PR-0"))
    assert Notice.objects.count() == count
