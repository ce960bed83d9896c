from random import Random

from duban.project.demo.counting import PRICE_LIST, count_work, price_list
from duban.project.demo.registers import World
from duban.settlement.models import WorkCount
from tests.factories.counts import make_counted_contract


def test_eleven_months_are_agreed_and_the_last_is_open(world):
    line = make_counted_contract(world.ours).lines.get(number=1)
    line.price_list = price_list()
    line.save()
    people = {"estate": world.person("estate_manager"), "lvye": world.person("vendor_manager")}
    demo = World(random=Random(1), people=people)
    plain = world.ours.vendor.contracts.get().lines.get(number=2)
    assert count_work(demo, [plain, line]) == WorkCount.objects.count()
    assert set(WorkCount.objects.exclude(period_code="2026-10").values_list("state", flat=True)) == {"confirmed"}
    october = WorkCount.objects.filter(period_code="2026-10").order_by("pk").values_list("name", "state")
    assert list(october) == [
        ("草坪修剪", "confirmed"),
        ("绿篱修剪", "entered"),
        ("乔木修剪", "entered"),
        ("病虫害防治", "disputed"),
    ]
    assert not WorkCount.objects.filter(period_code="2026-01", name="草坪修剪").exists()
    assert {name for name, *_ in PRICE_LIST} == set(WorkCount.objects.values_list("name", flat=True))
