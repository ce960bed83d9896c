from collections import Counter
from datetime import date

import pytest

from duban.inspections.domain.events import FindingReopened, FindingsEscalated, FindingsOpened, PraiseGiven, VisitsDrawn
from duban.inspections.services import praise_give
from duban.inspections.services.notices import tell_drawn, tell_escalated, tell_opened, tell_praised, tell_reopened
from duban.inspections.services.reinspections import reinspections_draw
from duban.platform.notices.models import Notice
from tests.factories.inspections import make_finding, make_line
from tests.inspections.measured import FIRST, LAST, measured


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


def test_each_second_inspector_hears_of_the_own_tasks(actor, world):
    measured(world.ours, estates=1)
    draw = {"start": FIRST, "end": LAST, "count": 8, "due_on": date(2026, 11, 30), "seed": "1"}
    tasks = reinspections_draw(actor=actor("quality_manager"), **draw)
    Notice.objects.all().delete()
    tell_drawn(VisitsDrawn(tasks[0].draw.code))
    counts = Counter(task.inspector_id for task in tasks)
    assert {row.person_id: row.params["count"] for row in Notice.objects.all()} == counts
    assert {row.params["day"] for row in Notice.objects.all()} == {"2026-11-30"}
