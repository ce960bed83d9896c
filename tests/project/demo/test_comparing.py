from datetime import date
from random import Random

import pytest

from duban.inspections.models import Calibration, Reinspection, SecondOpinion, Visit
from duban.project.demo.comparing import DRAWN, OPEN, compare_inspectors
from duban.project.demo.registers import World
from duban.project.demo.story import FAVOURED_VENDOR, FAVOURING_INSPECTOR
from tests.inspections.measured import measured


@pytest.fixture
def played(world):
    """A small company that has the favoured vendor and the inspector who favours it."""
    made = measured(world.ours, favour=0.15)
    kind = made.people["丁"]
    kind.username = FAVOURING_INSPECTOR
    kind.save()
    vendor = world.ours.rival
    vendor.short_name = FAVOURED_VENDOR
    vendor.save()
    people = {"quality": world.person("quality_manager")}
    found = World(random=Random(1), units={"恒远物业集团": world.ours.root}, people=people)
    return found, kind, vendor


def test_the_favouring_inspector_is_found_and_some_tasks_wait(played):
    demo, kind, vendor = played
    assert compare_inspectors(demo) == DRAWN
    states = Reinspection.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["done"] * (DRAWN - OPEN) + ["open"] * OPEN
    report = Calibration.objects.get().report
    marked = [(one["inspector"], one["vendor"]) for one in report["favours"] if one["is_marked"]]
    assert marked == [(str(kind.pk), str(vendor.pk))]
    assert report["agreement"]["pairs"] == SecondOpinion.objects.count()
    assert 0.3 < report["agreement"]["kappa"]["value"] < 1


def test_second_answers_come_out_the_same_every_time(played):
    demo, _kind, _vendor = played

    def answers():
        compare_inspectors(demo)
        found = list(SecondOpinion.objects.order_by("first_id").values_list("first_id", "verdict", "severity"))
        Reinspection.objects.all().delete()
        return found

    assert Visit.objects.filter(day__gte=date(2026, 9, 1)).count() > DRAWN
    assert answers() == answers()
