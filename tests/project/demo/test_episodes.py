from dataclasses import replace
from random import Random

import pytest

from duban.inspections.models import Finding, FindingReply, NoticeLink, Praise, RectificationNotice
from duban.project.demo import episodes
from duban.project.demo.episode_plans import EPISODES, PRAISES
from duban.project.demo.episodes import play_episodes
from duban.project.demo.registers import World
from duban.standards.models import StandardItem
from tests.factories.inspections import make_line, make_place
from tests.inspections.measured import make_inspector

VENDOR, ESTATE = "洁达环境", "翠湖"
ROLES = {
    "quality": "quality_manager",
    "estate": "estate_manager",
    "foreman": "vendor_foreman",
    "jieda": "vendor_manager",
    "andun": "vendor_manager",
}


@pytest.fixture
def demo(world, monkeypatch):
    """A small company whose one vendor and one estate play all the parts."""
    tenant = world.ours
    tenant.vendor.short_name, tenant.estate.short_name = VENDOR, ESTATE
    tenant.vendor.save()
    tenant.estate.save()
    standard = make_line(tenant).standard
    told = {fault.item for episode in EPISODES for fault in episode.faults}
    missing = told - set(standard.items.values_list("key", flat=True))
    StandardItem.objects.bulk_create(
        [StandardItem(standard=standard, key=key, block=key.split(".")[0], number="9", name=key) for key in sorted(missing)]
    )
    _places(tenant.estate)
    monkeypatch.setattr(episodes, "EPISODES", tuple(replace(plan, vendor=VENDOR, estate=ESTATE) for plan in EPISODES))
    monkeypatch.setattr(episodes, "PRAISES", tuple(replace(plan, vendor=VENDOR, estate=ESTATE) for plan in PRAISES))
    people = {name: world.person(role) for name, role in ROLES.items()}
    people |= {name: make_inspector(tenant.city, name) for name in ("inspector", "inspector2", "inspector3", "inspector4")}
    return World(random=Random(1), people=people)


def _places(estate):
    tops = {}
    for path in sorted({fault.place for plan in EPISODES for fault in plan.faults} | {plan.place for plan in PRAISES}):
        top, _, floor = path.partition("/")
        tops[top] = tops.get(top) or make_place(estate, top)
        if floor:
            make_place(estate, floor, tops[top])


def test_every_notice_stands_where_its_answers_left_it(demo):
    assert play_episodes(demo) == len(EPISODES)
    states = list(RectificationNotice.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["sent", "sent", "answered", "settled", "draft", "withdrawn"]
    found = [
        list(Finding.objects.filter(rectification_notices=notice).order_by("pk").values_list("state", flat=True))
        for notice in RectificationNotice.objects.order_by("pk")
    ]
    assert found[0] == ["closed", "closed", "reopened", "rectified", "open"]
    assert found[1] == ["open", "open", "reopened"]
    assert found[2:4] == [["rectified", "rectified"], ["closed", "closed"]]


def test_answers_come_from_people_or_through_the_link(demo):
    play_episodes(demo)
    by_link = FindingReply.objects.filter(person=None).values_list("name", flat=True)
    assert set(by_link) == {"刘师傅（悦府驻场）", "沈卫东"}
    signed_in = FindingReply.objects.exclude(person=None).count()
    assert signed_in == sum(len(plan.answers) for plan in EPISODES if not plan.recipient)
    assert set(NoticeLink.objects.values_list("recipient", flat=True)) == set(by_link)


def test_the_ladder_was_climbed_by_what_is_overdue_and_what_was_reopened_twice(demo):
    play_episodes(demo)
    worst = Finding.objects.order_by("-reopened_count").first()
    assert (worst.reopened_count, worst.item.key) == (2, "discipline.phone")
    assert worst.escalation_level > 1
    assert set(Finding.objects.filter(state="closed").values_list("escalation_level", flat=True)) == {0}


def test_praise_is_given_and_one_is_taken_back(demo):
    play_episodes(demo)
    assert list(Praise.objects.order_by("pk").values_list("state", flat=True)) == ["given"] * 4 + ["taken_back"]
    assert set(Praise.objects.values_list("place__name", flat=True)) == {plan.place for plan in PRAISES}


def test_the_tale_is_told_once(demo):
    assert play_episodes(demo) == play_episodes(demo) == len(EPISODES)
    assert Praise.objects.count() == len(PRAISES)
