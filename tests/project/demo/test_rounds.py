from datetime import date, timedelta
from random import Random

import pytest

from duban.estates.models import PlaceKind
from duban.inspections.models import CheckResult, InspectionPlan, InspectionTask, LotVerdict, Visit
from duban.project.demo import rounds, story
from duban.project.demo.plan_book import MORNING, NIGHT, SAMPLED, WEEKLY, PlanSpec
from duban.project.demo.registers import World
from duban.project.demo.rounds import build_rounds, plan_today
from tests.factories.inspections import make_line, make_place, make_result

MONDAY = date(2026, 10, 26)
OFFICE, LISTED = "华东区域", "楼道保洁抽查表"


@pytest.fixture
def line(world, monkeypatch):
    tenant = world.ours
    tenant.vendor.short_name, tenant.vendor.contact_name = "洁达环境", "陆经理"
    tenant.vendor.save()
    tenant.estate.short_name, tenant.estate.city = "翠湖", "上海"
    tenant.estate.save()
    tower = make_place(tenant.estate, "1 栋")
    for number in range(1, 31):
        make_place(tenant.estate, f"{number} 层", parent=tower)
        make_place(tenant.estate, f"{number} 号门")
    tenant.estate.places.filter(name__endswith="号门").update(kind=PlaceKind.AREA)
    monkeypatch.setattr(rounds, "FIRST_WEEK", MONDAY)
    monkeypatch.setattr(rounds, "LAST_WEEK", MONDAY + timedelta(days=7))
    weekly = PlanSpec("每周保洁巡检", "cleaning", OFFICE, {**WEEKLY, "starts_on": MONDAY}, weekly=True)
    sampled = {**SAMPLED, "starts_on": MONDAY}
    drawn = PlanSpec("楼道抽样飞检", "cleaning", OFFICE, sampled, checklist=LISTED, estates=("翠湖",))
    monkeypatch.setattr(rounds, "PLANS", (weekly, drawn))
    monkeypatch.setattr(rounds, "LEFT_OUT", 0.0)
    monkeypatch.setitem(story.QUALITY, "洁达环境", 0.5)
    return make_line(tenant)


@pytest.fixture
def demo(world, line, monkeypatch):
    keys = tuple(line.standard.items.values_list("key", flat=True))
    monkeypatch.setattr(rounds, "CHECKLISTS", (("cleaning", LISTED, keys), ("cleaning", MORNING.checklist, keys)))
    inspector = world.person("quality_inspector")
    people = {"quality": world.person("quality_manager"), "inspector": inspector, "inspector2": inspector}
    units = {OFFICE: world.ours.city, MORNING.office: world.ours.city}
    places = {"翠湖": list(world.ours.estate.places.all())}
    return World(random=Random(1), people=people, units=units, places=places)


def told(demo, line):
    visit = Visit(line=line, inspector=demo.people["inspector"], day=MONDAY + timedelta(days=1), is_announced=False)
    visit.save()
    make_result(line, day=visit.day, visit=visit)
    items = {line.standard_id: list(line.standard.items.order_by("pk"))}
    return visit, build_rounds(demo, {"cleaning": line.standard}, items)


def test_visits_of_the_year_become_rounds_and_drawn_ones_are_judged(demo, line):
    visit, count = told(demo, line)
    visit.refresh_from_db()
    assert count == InspectionTask.objects.count() > 2
    assert (visit.task.plan.name, visit.is_announced) == ("每周保洁巡检", True)
    drawn = InspectionTask.objects.filter(plan__name="楼道抽样飞检", state="done")
    assert drawn.exists()
    assert set(LotVerdict.objects.values_list("task", flat=True)) == set(drawn.values_list("pk", flat=True))
    for task in drawn:
        asked = task.places.count() * task.checklist.items.count()
        assert CheckResult.objects.filter(visit__task=task).count() == asked
        assert task.checked_in_at < task.finished_at
        assert list(task.inspectors.all()) == [demo.people["inspector"]]


def test_what_nobody_made_is_marked(demo, line, monkeypatch):
    monkeypatch.setattr(rounds, "LEFT_OUT", 1.0)
    told(demo, line)
    over = InspectionTask.objects.filter(plan__name="楼道抽样飞检", due_on__lt=MONDAY + timedelta(days=14))
    assert set(over.values_list("state", flat=True)) == {"missed"}
    assert not LotVerdict.objects.exists()


def test_today_has_its_rounds_once(demo, line):
    told(demo, line)
    waiting = plan_today(demo)
    plans = InspectionPlan.objects.count()
    assert waiting > 0
    assert InspectionPlan.objects.filter(name__in=(MORNING.name, NIGHT.name)).count() == 2
    assert plan_today(demo) == waiting
    assert InspectionPlan.objects.count() == plans
