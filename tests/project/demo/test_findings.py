from datetime import date, timedelta
from random import Random

import pytest

from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckPhoto, Finding, FindingReply
from duban.platform.files.models import Attachment
from duban.project.demo import story
from duban.project.demo.findings import ANSWERED_FROM, MENDED_FROM, build_findings, number_repeats
from duban.project.demo.registers import World
from tests.factories.inspections import make_line, make_place, make_result

SPRING, OCTOBER = date(2026, 5, 6), date(2026, 10, 12)
END = date(2026, 10, 31)


@pytest.fixture
def line(world):
    tenant = world.ours
    tenant.vendor.short_name, tenant.vendor.contact_name = "洁达环境", "陆经理"
    tenant.vendor.save()
    return make_line(tenant)


def built(line, *, day, count=12, photos=0, until=END, grade=Grade.MINOR, seed=1):
    failed = [
        make_result(line, item=number % 3, day=day, note="扶手有积灰", severity=grade, photo_count=photos)
        for number in range(count)
    ]
    build_findings(World(random=Random(seed)), failed, on=day.replace(day=1), until=until)
    return list(Finding.objects.order_by("pk"))


def test_of_an_old_month_all_are_closed_some_of_them_late(line, monkeypatch):
    monkeypatch.setitem(story.QUALITY, "洁达环境", 0.5)
    findings = built(line, day=SPRING)
    assert {row.state for row in findings} == {"closed"}
    assert len({row.code for row in findings}) == 12
    for row in findings:
        assert SPRING <= row.rectified_on < row.closed_on
        assert row.rectified_at > row.check_result.at
        assert row.text == "扶手有积灰"
        assert row.due_rule["source"]
    assert 0 < sum(row.rectified_on > row.due_on for row in findings) < 12


def test_of_the_last_days_some_are_still_open_and_some_wait_for_the_re_check(line):
    findings = built(line, day=END - timedelta(days=2), count=30)
    assert {row.state for row in findings} == {"open", "rectified", "closed"}
    for row in findings:
        assert (row.rectified_on is None) == (row.state == "open")
        assert (row.closed_on is not None) == (row.state == "closed")


def test_a_critical_fault_is_due_before_a_minor_one(line):
    critical = built(line, day=SPRING, count=1, grade=Grade.CRITICAL)[0]
    assert critical.due_at < built(line, day=SPRING, count=1)[-1].due_at


def test_lately_there_are_pictures_before_and_after_and_answers(line):
    assert ANSWERED_FROM < MENDED_FROM < OCTOBER
    findings = built(line, day=OCTOBER, count=4, photos=1)
    done = [row for row in findings if row.rectified_at is not None]
    assert CheckPhoto.objects.count() == 4
    assert sorted(Attachment.objects.values_list("target_id", flat=True)) == [row.pk for row in done]
    after = set(Attachment.objects.values_list("file", flat=True))
    assert done
    assert not after & set(CheckPhoto.objects.values_list("file", flat=True))
    answer = FindingReply.objects.order_by("pk")[0]
    assert (answer.finding, answer.at, answer.name) == (done[0], done[0].rectified_at, "陆经理")
    assert answer.cause
    assert answer.action


def test_earlier_there_is_the_picture_of_the_fault_only(line):
    built(line, day=SPRING, count=2, photos=1)
    assert CheckPhoto.objects.count() == 2
    assert not Attachment.objects.exists()
    assert not FindingReply.objects.exists()


def test_the_same_draws_come_out_the_same(line):
    def drawn():
        rows = built(line, day=END - timedelta(days=3))[-12:]
        return [(row.state, row.rectified_at, row.closed_on) for row in rows]

    assert drawn() == drawn()


def test_repeats_are_numbered_within_ninety_days_at_one_place(line, world):
    place = make_place(world.ours.estate, "1 栋")
    days = (date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2), date(2026, 8, 3))
    failed = [make_result(line, day=day, place=place) for day in days]
    build_findings(World(random=Random(1)), [*failed, make_result(line, day=days[1])], on=days[0])
    number_repeats()
    assert list(Finding.objects.order_by("pk").values_list("repeat_number", flat=True)) == [1, 2, 3, 1, 1]
