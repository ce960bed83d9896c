from random import Random

import pytest
from pyxform.xls2xform import convert

from duban.inspections.models import CheckResult, FormAnswer, InspectionTask
from duban.project.demo.form_round import ITEMS, play_form_round
from duban.project.demo.registers import World
from duban.standards.models import Checklist, StandardItem
from duban.standards.selectors import xlsform_of
from tests.factories.inspections import make_line, make_place


@pytest.fixture
def demo(world):
    """A small company with the vendor, the estate and the items of the form."""
    tenant = world.ours
    standard = make_line(tenant).standard
    missing = set(ITEMS) - set(standard.items.values_list("key", flat=True))
    StandardItem.objects.bulk_create(
        [StandardItem(standard=standard, key=key, block=key.split(".")[0], number="9", name=key) for key in sorted(missing)]
    )
    tenant.vendor.short_name, tenant.estate.short_name = "洁达环境", "翠湖"
    tenant.vendor.save()
    tenant.estate.save()
    for name in ("11 栋", "12 栋", "13 栋"):
        make_place(tenant.estate, name)
    people = {
        "director": world.person("quality_manager"),
        "quality": world.person("quality_manager"),
        "inspector": world.person("quality_inspector"),
    }
    return World(random=Random(1), people=people)


def test_one_place_is_filled_in_and_one_waits(demo):
    assert play_form_round(demo) == play_form_round(demo) == 1
    task = InspectionTask.objects.order_by("planned_on").first()
    assert task.places.count() == 2
    kept = FormAnswer.objects.get()
    assert (kept.task, kept.values["low"]) == (task, "0.8")
    assert CheckResult.objects.filter(visit__task=task).count() == len(ITEMS)


def test_other_tools_take_the_form(demo):
    play_form_round(demo)
    assert "extinguishers" in convert(xlsform_of(Checklist.objects.get(name__contains="表单"))).xform
